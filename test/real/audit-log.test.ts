/** The audit log on disk: what is added stays, and what is changed is named. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createAuditLog } from "../../src/adapters/artifacts/audit-log.ts";
import { chainLine } from "../../src/adapters/artifacts/audit-chain.ts";
import type { AnchoredHead, AuditAnchor, AuditEntry } from "../../src/ports/audit.ts";
import { compileChildren } from "./artifacts-children/compile.ts";

let root: string;
let file: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "wavegate-audit-"));
  file = path.join(root, ".wavegate/audit.jsonl");
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const entry = (n: number): AuditEntry => ({
  id: `run-1/gate/${n}`,
  at: "2026-01-01T00:00:00.000Z",
  actor: "ada",
  action: "approve",
  runId: "run-1",
  digest: "d".repeat(64),
  details: { reason: `looks "good" ü ${n}`, nested: { b: [1, 2.5], a: null } },
});

/** `stopAfter` makes the next append end there, as a kill would. */
function anchorInMemory(): AuditAnchor & { stopAfter: "announce" | "write" | undefined } {
  let kept: AnchoredHead | undefined;
  return {
    stopAfter: undefined,
    load: async () => kept,
    async announce({ entries, head }, pending) {
      if (kept && (kept.entries !== entries || kept.head !== head)) return false;
      kept = { entries, head, pending, adopted: kept?.adopted ?? entries };
      if (this.stopAfter === "announce") throw new Error("killed");
      return true;
    },
    async settle({ entries, head }) {
      if (kept?.entries !== entries - 1 || kept.pending !== head) return;
      if (this.stopAfter === "write") throw new Error("killed");
      kept = { entries, head, pending: undefined, adopted: kept.adopted };
    },
  };
}
/** A line that fits: what anybody who knows the format can write. */
function forgedLine(after: string, n: number): string {
  const { seq, hash } = JSON.parse(after) as { seq: number; hash: string };
  return chainLine({ ...entry(n), actor: "eve" }, { entries: seq, head: hash });
}

async function logOf(count: number, anchor = anchorInMemory()) {
  const log = createAuditLog({ file, anchor });
  for (let n = 1; n <= count; n += 1) await log.append(entry(n));
  return { log, anchor };
}
const lines = () => readFileSync(file, "utf8").trimEnd().split("\n");
const put = (content: readonly string[]) => writeFileSync(file, `${content.join("\n")}\n`);

test("entries come back in order, each once, and verify", async () => {
  const { log } = await logOf(3);
  await log.append(entry(2));
  expect(await log.entries()).toEqual([entry(1), entry(2), entry(3)]);
  expect(await log.verify()).toEqual({
    ok: true,
    value: {
      entries: 3,
      head: expect.stringMatching(/^[0-9a-f]{64}$/),
      unanchored: 0,
      anchored: true,
    },
  });
});

test("an empty log verifies, and that nothing vouches for it is said", async () => {
  expect(await createAuditLog({ file, anchor: anchorInMemory() }).verify()).toMatchObject({
    ok: true,
    value: { entries: 0, unanchored: 0, anchored: false },
  });
});

test("an old log with a fresh anchor: what was there before is told apart for good", async () => {
  await logOf(2);
  const log = createAuditLog({ file, anchor: anchorInMemory() });
  expect(await log.verify()).toMatchObject({ value: { unanchored: 2, anchored: false } });
  await log.append(entry(3));
  expect(await log.verify()).toMatchObject({
    value: { entries: 3, unanchored: 2, anchored: true },
  });
});

type Tamper = (all: string[]) => readonly string[];
const tampering: readonly (readonly [string, Tamper, number])[] = [
  ["an edited field", (all) => all.with(2, all[2]!.replace('"ada"', '"eve"')), 3],
  ["an edited detail", (all) => all.with(0, all[0]!.replace("good", "fine")), 1],
  ["an edited hash", (all) => all.with(1, all[1]!.replace(/"hash":"./, '"hash":"x')), 2],
  ["added space", (all) => all.with(3, all[3]!.replace(":", ": ")), 4],
  ["an added key", (all) => all.with(3, all[3]!.replace("{", '{"aaa":1,')), 4],
  ["a removed line", (all) => all.toSpliced(1, 1), 2],
  ["a removed first line", (all) => all.slice(1), 1],
  ["two lines swapped", (all) => [all[0]!, all[2]!, all[1]!, all[3]!, all[4]!], 2],
  ["a doubled line", (all) => all.toSpliced(2, 0, all[1]!), 3],
  ["garbage in the middle", (all) => all.toSpliced(2, 0, "garbage"), 3],
  ["an empty line", (all) => all.toSpliced(2, 0, ""), 3],
  ["a cut end", (all) => all.slice(0, 3), 4],
  ["an emptied file", () => [], 1],
  ["an added entry that fits", (all) => [...all, forgedLine(all[4]!, 6)], 6],
];

describe("tampering is named with its line, and nothing is added after it", () => {
  test.each(tampering)("%s", async (_, tamper, line) => {
    const { log } = await logOf(5);
    const changed = tamper(lines());
    writeFileSync(file, changed.map((text) => `${text}\n`).join(""));
    const broken = { code: "AUDIT_BROKEN", place: { file, line } };
    expect(await log.verify()).toMatchObject({ ok: false, error: broken });
    const before = readFileSync(file);
    await expect(log.append(entry(9))).rejects.toMatchObject(broken);
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  test("a history that was written anew, with right hashes", async () => {
    const { log } = await logOf(3);
    const real = lines();
    rmSync(file);
    const forged = createAuditLog({ file, anchor: anchorInMemory() });
    for (const n of [1, 2, 3]) await forged.append({ ...entry(n), actor: "eve" });
    expect(await forged.verify()).toMatchObject({ ok: true });
    expect(await log.verify()).toMatchObject({
      ok: false,
      error: { code: "AUDIT_BROKEN", place: { line: 3 } },
    });
    put(real);
    expect(await log.verify()).toMatchObject({ ok: true });
  });

  test("a removed file", async () => {
    const { log } = await logOf(2);
    rmSync(file);
    expect(await log.verify()).toMatchObject({
      ok: false,
      error: { code: "AUDIT_BROKEN", place: { line: 1 } },
    });
  });

  test("every single changed byte", async () => {
    const { log } = await logOf(2);
    const right = readFileSync(file);
    for (let at = 0; at < right.length; at += 1) {
      const wrong = Buffer.from(right);
      wrong[at]! ^= 1;
      writeFileSync(file, wrong);
      const verified = await log.verify();
      expect([at, verified.ok]).toEqual([at, false]);
    }
  });
});

describe("after a crash", () => {
  test("an entry that was announced and written, but not settled, counts; the anchor catches up", async () => {
    const { log, anchor } = await logOf(2);
    anchor.stopAfter = "write";
    await expect(log.append(entry(3))).rejects.toThrow("killed");
    anchor.stopAfter = undefined;
    expect(await anchor.load()).toMatchObject({ entries: 2 });
    expect(await log.verify()).toMatchObject({ ok: true, value: { entries: 3 } });
    await log.append(entry(3));
    expect(await anchor.load()).toMatchObject({ entries: 3, pending: undefined });
    await log.append(entry(4));
    expect(await log.verify()).toMatchObject({ ok: true, value: { entries: 4 } });
  });

  test("an entry that was announced and never written leaves room for no other, until the next one", async () => {
    const { log, anchor } = await logOf(2);
    anchor.stopAfter = "announce";
    await expect(log.append(entry(3))).rejects.toThrow("killed");
    anchor.stopAfter = undefined;
    expect(await log.verify()).toMatchObject({ ok: true, value: { entries: 2 } });
    const whole = lines();
    put([...whole, forgedLine(whole[1]!, 3)]);
    expect(await log.verify()).toMatchObject({ ok: false, error: { place: { line: 3 } } });
    put(whole);
    await log.append(entry(4));
    expect((await log.entries()).map(({ id }) => id)).toEqual([1, 2, 4].map((n) => entry(n).id));
  });

  test("a line cut off while it was written is set aside, and written again", async () => {
    const { log } = await logOf(3);
    const whole = readFileSync(file, "utf8");
    const [a, b, c] = lines();
    for (let cut = 0; cut <= c!.length; cut += 13) {
      const anchor = anchorInMemory();
      writeFileSync(file, `${a}\n${b}\n`);
      const torn = createAuditLog({ file, anchor });
      await torn.append(entry(2));
      appendFileSync(file, c!.slice(0, cut));
      expect(await torn.verify()).toMatchObject({ ok: true, value: { entries: 2 } });
      await torn.append(entry(3));
      expect(readFileSync(file, "utf8")).toBe(whole);
    }
    writeFileSync(file, whole.slice(0, -20));
    expect(await log.verify()).toMatchObject({ ok: false, error: { place: { line: 3 } } });
  });

  test("garbage at the end is no crash", async () => {
    const { log } = await logOf(1);
    appendFileSync(file, "garbage");
    expect(await log.verify()).toMatchObject({
      ok: false,
      error: { code: "AUDIT_BROKEN", place: { line: 2 } },
    });
  });
});

test("four processes append to one chain, and it verifies", async () => {
  const child = compileChildren(path.join(root, "programs"));
  const anchorFile = path.join(root, "anchor.json");
  await Promise.all(
    ["a", "b", "c", "d"].map(async (name) => {
      const writer = spawn(
        process.execPath,
        [child("append-audit"), file, anchorFile, name, "15"],
        { stdio: "inherit" },
      );
      await once(writer, "exit");
      expect(writer.exitCode).toBe(0);
    }),
  );
  const anchor = JSON.parse(readFileSync(anchorFile, "utf8"));
  const log = createAuditLog({ file, anchor: { ...anchorInMemory(), load: async () => anchor } });
  expect(await log.verify()).toMatchObject({ ok: true, value: { entries: 60, unanchored: 0 } });
});
