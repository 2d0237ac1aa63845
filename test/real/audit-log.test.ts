/** The audit log on disk: what is added stays, and what is changed is named. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createAuditLog } from "../../src/adapters/artifacts/audit-log.ts";
import type { AuditAnchor, AuditEntry } from "../../src/ports/audit.ts";
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

function anchorInMemory(): AuditAnchor {
  let kept: Awaited<ReturnType<AuditAnchor["load"]>>;
  return {
    load: async () => kept,
    store: async (anchor) => {
      kept = anchor;
    },
  };
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
    value: { entries: 3, head: expect.stringMatching(/^[0-9a-f]{64}$/) },
  });
});

test("an empty log verifies", async () => {
  expect(await createAuditLog({ file, anchor: anchorInMemory() }).verify()).toMatchObject({
    ok: true,
    value: { entries: 0 },
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
  test("an entry on disk that the anchor doesn't know counts, and the anchor catches up", async () => {
    const { log, anchor } = await logOf(2);
    const behind = await anchor.load();
    await log.append(entry(3));
    const head = await anchor.load();
    await anchor.store(behind!);
    expect(await log.verify()).toMatchObject({ ok: true, value: { entries: 3 } });
    await log.append(entry(3));
    expect(await anchor.load()).toEqual(head);
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
  const log = createAuditLog({
    file,
    anchor: { load: async () => anchor, store: async () => undefined },
  });
  expect(await log.verify()).toEqual({ ok: true, value: { entries: 60, head: anchor.head } });
});
