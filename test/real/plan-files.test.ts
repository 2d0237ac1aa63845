/** Plans on disk: what is no plan is refused, and no edit of many processes is lost. */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import {
  appendFileSync,
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { open, type FileHandle } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { text as textOf } from "node:stream/consumers";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createPlanFiles } from "../../src/adapters/plan-files/plan-files.ts";
import { readBounded } from "../../src/adapters/plan-files/read-bounded.ts";
import { ok } from "../../src/core/result.ts";
import type { PlanChange } from "../../src/ports/plan-files.ts";
import { readStatus } from "../../src/plan/status/read-status.ts";
import { planFilesContract } from "../../src/testing/plan-files-contract.ts";
import { compileChildren } from "./artifacts-children/compile.ts";

let programs: string;
let child: (name: string) => string;
beforeAll(() => {
  programs = mkdtempSync(path.join(tmpdir(), "wavegate-programs-"));
  child = compileChildren(programs, ["plan-children/mark-often", "plan-children/hold-for-ever"]);
});
afterAll(() => rmSync(programs, { recursive: true, force: true }));

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "wavegate-plans-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));
const at = (...parts: readonly string[]) => path.join(root, ...parts);
const put = (file: string, text: string | Uint8Array) => {
  mkdirSync(path.dirname(at(file)), { recursive: true });
  writeFileSync(at(file), text);
};
const plans = (patienceMs = 30_000) => createPlanFiles({ root, cwd: root, patienceMs });
const digestOf = (text: string) => createHash("sha256").update(text).digest("hex");

/** A change that puts a text behind what is there. */
const adding = (more: string, ...files: readonly string[]): PlanChange => ({
  files: files.map((file) => ({ path: file })),
  edit: (now) =>
    ok(files.map((file) => ({ path: file, text: (now.get(file)?.text ?? "") + more }))),
});

describe("plans on disk", () => {
  planFilesContract(test, async () => ({
    files: plans(),
    put: async (file, text) => put(file, text),
    text: async (file) => (existsSync(at(file)) ? readFileSync(at(file), "utf8") : undefined),
    close: async () => {},
  }));
});

describe("a change", () => {
  test("keeps mode, goes through a link that stays inside, and leaves the link", async () => {
    put("real/p.md", "a");
    chmodSync(at("real/p.md"), 0o640);
    symlinkSync("real/p.md", at("p.md"));
    expect((await plans().change(adding("b", "p.md"))).ok).toBe(true);
    expect(readFileSync(at("real/p.md"), "utf8")).toBe("ab");
    expect(lstatSync(at("p.md")).isSymbolicLink()).toBe(true);
    expect(statSync(at("real/p.md")).mode & 0o777).toBe(0o640);
  });

  test("nothing is left beside the files, also of a writer that was killed", async () => {
    put("docs/p.md", "a");
    put("docs/.wavegate-0123456789abcdef.tmp", "half");
    await plans().change(adding("b", "docs/p.md", "docs/q.md"));
    expect(readdirSync(at("docs")).toSorted()).toEqual(["p.md", "q.md"]);
    expect(readdirSync(at(".wavegate/locks"))).toEqual([]);
  });

  test("is made anew when an editor saved meanwhile, and given up when that never ends", async () => {
    put("p.md", "a");
    let calls = 0;
    const saving = (times: number): PlanChange => ({
      files: [{ path: "p.md" }],
      edit: (now) => {
        calls += 1;
        if (calls <= times) put("p.md", `editor ${calls};`);
        return ok([{ path: "p.md", text: `${now.get("p.md")?.text}+` }]);
      },
    });
    expect((await plans().change(saving(2))).ok).toBe(true);
    expect([calls, readFileSync(at("p.md"), "utf8")]).toEqual([3, "editor 2;+"]);
    calls = 0;
    expect(await plans().change(saving(Infinity))).toMatchObject({
      error: { code: "PLAN_CHANGED", place: { file: "p.md" } },
    });
    expect(readFileSync(at("p.md"), "utf8")).toBe(`editor ${calls};`);
  });

  test("of a file that the caller read before is refused at once when it is another now", async () => {
    put("p.md", "b");
    const { edit } = adding("c", "p.md");
    const files = [{ path: "p.md", expected: digestOf("a") }];
    expect(await plans().change({ files, edit })).toMatchObject({
      error: { code: "PLAN_CHANGED" },
    });
    expect(readFileSync(at("p.md"), "utf8")).toBe("b");
  });

  test("of several files writes none where one can't be written", async () => {
    put("a/p.md", "a");
    put("b", "no folder");
    const changed = await plans().change(adding("x", "a/p.md", "b/q.md"));
    expect(changed).toMatchObject({ error: { code: "PROJECT_NOT_WRITABLE" } });
    expect(readFileSync(at("a/p.md"), "utf8")).toBe("a");
    expect(readdirSync(at("a"))).toEqual(["p.md"]);
  });
});

describe("the lock of the tool that S4's plans were made for", () => {
  const STATUS = "docs/plan-outputs/a/status.json";
  const LOCK = `${STATUS}.lock`;

  test("is held while a status file is changed, and gone afterwards", async () => {
    put(STATUS, "{}");
    let held: boolean | undefined;
    const changed = await plans().change({
      files: [{ path: STATUS }],
      edit: () => {
        held = lstatSync(at(LOCK)).isDirectory();
        return ok([{ path: STATUS, text: "{ }" }]);
      },
    });
    expect([changed.ok, held, existsSync(at(LOCK))]).toEqual([true, true, false]);
  });

  test("is waited for while it is fresh, and taken when it was left for more than ten seconds", async () => {
    put(STATUS, "{}");
    mkdirSync(at(LOCK));
    expect(await plans(150).change(adding(" ", STATUS))).toMatchObject({
      error: { code: "PROJECT_NOT_WRITABLE", message: expect.stringContaining("status.json.lock") },
    });
    expect(readFileSync(at(STATUS), "utf8")).toBe("{}");
    const waiting = plans().change(adding(" ", STATUS));
    rmSync(at(LOCK), { recursive: true });
    expect((await waiting).ok).toBe(true);
    mkdirSync(at(LOCK));
    const old = Date.now() / 1000 - 11;
    utimesSync(at(LOCK), old, old);
    expect((await plans().change(adding(" ", STATUS))).ok).toBe(true);
    expect(existsSync(at(LOCK))).toBe(false);
  });

  test("that another process put in the place of ours, because ours seemed left, is not removed by us", async () => {
    put(STATUS, "{}");
    const replaced = await plans().change({
      files: [{ path: STATUS }],
      edit: () => {
        rmSync(at(LOCK), { recursive: true });
        mkdirSync(at(LOCK));
        return ok([{ path: STATUS, text: "{ }" }]);
      },
    });
    expect([replaced.ok, existsSync(at(LOCK))]).toEqual([true, true]);
    // It is the other's: waited for as any lock.
    expect(await plans(100).change(adding(" ", STATUS))).toMatchObject({
      error: { code: "PROJECT_NOT_WRITABLE" },
    });
  });
});

test("a file that grows as fast as it is read is given up, with as much as may be read", async () => {
  put("log.md", "x".repeat(1_000));
  const handle = await open(at("log.md"), "r");
  let reads = 0;
  const growing = {
    read: async (buffer: Buffer, offset: number, length: number) => {
      reads += 1;
      appendFileSync(at("log.md"), Buffer.alloc(length));
      return handle.read(buffer, offset, length, null);
    },
  } as Pick<FileHandle, "read">;
  try {
    expect(await readBounded(growing, { expected: 1_000, most: 500_000 })).toBeUndefined();
    expect(reads).toBeLessThan(12);
  } finally {
    await handle.close();
  }
  const again = await open(at("log.md"), "r");
  try {
    const { length } = readFileSync(at("log.md"));
    for (const expected of [0, 10, length, length * 2])
      expect(await readBounded(again, { expected, most: length })).toHaveLength(
        expected === 0 ? length : 0,
      );
  } finally {
    await again.close();
  }
});

const start = (name: string, ...args: readonly string[]) =>
  spawn(process.execPath, [child(name), root, ...args], { stdio: ["ignore", "pipe", "pipe"] });
const taskLine = (phase: number, task: number) => `- [ ] ${phase + 1}.${task + 1} task`;

describe("several processes", () => {
  const PLAN = "docs/plans/a.md";
  const STATUS = "docs/plan-outputs/a/status.json";
  const PHASES = 8;
  const TASKS = 20;

  test("8 processes tick 20 tasks each, in status file and boxes: 160 are kept, each told by who did it", async () => {
    const all = Array.from({ length: PHASES }, (_phase, phase) => [
      `## Phase ${phase + 1}: P`,
      ...Array.from({ length: TASKS }, (_task, task) => taskLine(phase, task)),
    ]).flat();
    const before = `\uFEFF# Plan\r\n${all.join("\r\n")}\r\n## Risks\n- [ ] none  `;
    put(PLAN, before);
    const children = Array.from({ length: PHASES }, (_each, phase) =>
      start("mark-often", PLAN, `${phase + 1}`, `${TASKS}`),
    );
    const ends = await Promise.all(
      children.map(async (each) => {
        const [[code], said] = await Promise.all([once(each, "exit"), textOf(each.stderr)]);
        return [code, said];
      }),
    );
    expect(ends).toEqual(children.map(() => [0, ""]));
    expect(readFileSync(at(PLAN), "utf8")).toBe(before.replaceAll(/\[ \](?= \d)/g, "[x]"));
    const status = readStatus({ file: STATUS, text: readFileSync(at(STATUS), "utf8") });
    if (!status.ok) throw status.error;
    expect(status.value.tasks.filter(({ state }) => state === "completed")).toHaveLength(160);
    expect(status.value.summary).toMatchObject({ totalTasks: 160, completed: 160, pending: 0 });
    expect(readdirSync(at("docs/plan-outputs/a"))).toEqual(["status.json"]);
    expect(readdirSync(at(".wavegate/locks"))).toEqual([]);
  }, 120_000);

  test("what a killed process held is taken over at once", async () => {
    put(PLAN, "a");
    put(STATUS, "{}");
    const holder = start("hold-for-ever", STATUS, PLAN);
    await once(holder.stdout, "data");
    expect(existsSync(at(`${STATUS}.lock`))).toBe(true);
    expect(await plans(100).change(adding(" ", STATUS))).toMatchObject({
      error: {
        code: "PROJECT_NOT_WRITABLE",
        message: expect.stringContaining(`process ${holder.pid}`),
      },
    });
    holder.kill("SIGKILL");
    await once(holder, "exit");
    // With less patience than the ten seconds after which any lock counts as left.
    expect((await plans(5_000).change(adding(" ", STATUS, PLAN))).ok).toBe(true);
    expect(existsSync(at(`${STATUS}.lock`))).toBe(false);
  }, 30_000);
});
