/**
 * What no test can see from outside: that bytes are forced to the disk, and in which order; and what happens when the
 * system fails, or somebody else writes, between two steps. The file system is real; its calls are noted on the way.
 */
import {
  chownSync,
  mkdirSync,
  statSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import type * as Fs from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { digestOf } from "../../src/adapters/shared/digest.ts";
import { withFileLock } from "../../src/adapters/shared/file-lock.ts";
import { appendLine } from "../../src/adapters/artifacts/line-file.ts";
import { createProjectFiles } from "../../src/adapters/artifacts/project-files.ts";
import { createPlanFiles } from "../../src/adapters/plan-files/plan-files.ts";
import { ok } from "../../src/core/result.ts";
import { writeAtomic } from "../../src/adapters/shared/write-atomic.ts";

/** Calls as `what name`, temporary files as `tmp`; `before` is told each one before it is made. */
const disk = vi.hoisted(() => ({
  calls: [] as string[],
  before: (_call: string): void => {},
}));

function note(what: string, file: unknown, more = ""): void {
  const name = path.basename(String(file));
  const call = `${what} ${name.endsWith(".tmp") ? "tmp" : name}${more}`;
  disk.before(call);
  disk.calls.push(call);
}

function noting(handle: Fs.FileHandle, file: unknown): Fs.FileHandle {
  return new Proxy(handle, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key, target);
      if (typeof value !== "function") return value;
      return (...args: readonly unknown[]) => {
        if (key === "chown") note("chown", file, ` ${args.join(":")}`);
        else if (["write", "sync", "truncate"].includes(String(key))) note(String(key), file);
        return Reflect.apply(value, target, args);
      };
    },
  });
}

vi.mock("node:fs/promises", async (original) => {
  const real = await original<typeof Fs>();
  return {
    ...real,
    open: async (...args: Parameters<typeof real.open>) =>
      noting(await real.open(...args), args[0]),
    rename: async (from: string, to: string) => {
      note("rename", to);
      return real.rename(from, to);
    },
    readdir: async (...args: Parameters<typeof real.readdir>) => {
      note("readdir", args[0]);
      return real.readdir(...args);
    },
  };
});

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "wavegate-faults-"));
  disk.calls = [];
});
afterEach(() => {
  disk.before = () => {};
  rmSync(root, { recursive: true, force: true });
});
const at = (name: string) => path.join(root, name);
const inRoot = (call: string) => call.replace(path.basename(root), "folder");
const calls = () => disk.calls.map(inRoot);

/** Do something once, just before the call. */
function justBefore(call: string, action: () => void): void {
  disk.before = (next) => {
    if (inRoot(next) !== call) return;
    disk.before = () => {};
    action();
  };
}
const failing = (code: string) => () => {
  throw Object.assign(new Error(code), { code });
};

describe("on disk when it returns", () => {
  test("a file that is replaced: the new one first, then its name", async () => {
    await writeAtomic(at("a"), Buffer.from("x"), { mode: 0o600 });
    expect(calls()).toEqual(["write tmp", "sync tmp", "rename a", "sync folder"]);
  });

  test("a line that is added, and the file's name with the first", async () => {
    await appendLine(at("log"), "one", Buffer.alloc(0));
    expect(calls()).toEqual(["write log", "sync log", "sync folder"]);
    disk.calls = [];
    await appendLine(at("log"), "two", Buffer.alloc(0));
    expect(calls()).toEqual(["write log", "sync log"]);
  });

  test("a torn line set aside: there before it is gone here", async () => {
    writeFileSync(at("log"), "one\ntw");
    await appendLine(at("log"), "two", Buffer.from("tw"));
    expect(calls()).toEqual([
      "write log.torn",
      "sync log.torn",
      "sync folder",
      "truncate log",
      "sync log",
      "write log",
      "sync log",
    ]);
  });
});

describe("when the disk fails", () => {
  test("a line that was not forced to the disk is taken back", async () => {
    writeFileSync(at("log"), "one\n");
    justBefore("sync log", failing("EIO"));
    const added = appendLine(at("log"), "two", Buffer.alloc(0));
    await expect(added).rejects.toMatchObject({ code: "PROJECT_NOT_WRITABLE" });
    expect(readFileSync(at("log"), "utf8")).toBe("one\n");
  });

  test("a file that was not is not put in place", async () => {
    writeFileSync(at("a"), "old");
    justBefore("sync tmp", failing("ENOSPC"));
    const written = writeAtomic(at("a"), Buffer.from("new"), { mode: 0o600 });
    await expect(written).rejects.toMatchObject({ code: "DISK_FULL" });
    expect([readFileSync(at("a"), "utf8"), readdirSync(root)]).toEqual(["old", ["a"]]);
  });

  test("a lock whose folder can't be looked at after the claim was placed is not held for ever", async () => {
    let looks = 0;
    disk.before = (call) => {
      looks += call === "readdir lock" ? 1 : 0;
      if (looks === 2) failing("EMFILE")();
    };
    await expect(withFileLock(at("lock"), async () => "in")).rejects.toThrow("EMFILE");
    disk.before = () => {};
    expect(readdirSync(at("lock"))).toEqual([]);
    expect(await withFileLock(at("lock"), async () => "in")).toBe("in");
  });
});

describe("files of a plan", () => {
  const [STATUS, PLAN] = ["status.json", "plan.md"];
  const change = () =>
    createPlanFiles({ root, cwd: root }).change({
      files: [{ path: STATUS }, { path: PLAN }],
      edit: () => ok([STATUS, PLAN].map((file) => ({ path: file, text: "new" }))),
    });
  beforeEach(() => {
    for (const file of [STATUS, PLAN]) writeFileSync(at(file), "old");
  });

  test("are all on disk before the first takes its place, the status file", async () => {
    expect((await change()).ok).toBe(true);
    const own = calls().filter((call) => !/readdir|chown|gitignore|\.wavegate|locks/.test(call));
    expect(own.slice(-8)).toEqual([
      "write tmp",
      "sync tmp",
      "write tmp",
      "sync tmp",
      "rename status.json",
      "sync folder",
      "rename plan.md",
      "sync folder",
    ]);
  });

  test("stay as they were, all of them, when there is no room for one", async () => {
    let written = 0;
    disk.before = (call) => {
      written += call === "write tmp" ? 1 : 0;
      // The first is the state folder's own.
      if (written === 3) failing("ENOSPC")();
    };
    expect(await change()).toMatchObject({ ok: false, error: { code: "DISK_FULL" } });
    disk.before = () => {};
    expect([STATUS, PLAN].map((file) => readFileSync(at(file), "utf8"))).toEqual(["old", "old"]);
    expect(readdirSync(root).toSorted()).toEqual([".wavegate", "plan.md", "status.json"]);
  });

  test("that an editor saves just before are read again", async () => {
    let saved = false;
    disk.before = (call) => {
      if (call !== "sync tmp" || saved) return;
      saved = true;
      writeFileSync(at(PLAN), "the editor's");
    };
    const read: (string | undefined)[] = [];
    const changed = await createPlanFiles({ root, cwd: root }).change({
      files: [{ path: PLAN }],
      edit(now) {
        read.push(now.get(PLAN)?.text);
        return ok([{ path: PLAN, text: `${now.get(PLAN)?.text}, changed` }]);
      },
    });
    expect([changed.ok, read.at(-1)]).toEqual([true, "the editor's"]);
    expect(readFileSync(at(PLAN), "utf8")).toBe("the editor's, changed");
  });
});

describe("a file of the user's", () => {
  test("that an editor saves while its new content is written is left to the editor", async () => {
    writeFileSync(at("plan.md"), "old");
    justBefore("sync tmp", () => writeFileSync(at("plan.md"), "the editor's"));
    mkdirSync(at(".wavegate"));
    writeFileSync(at(".wavegate/.gitignore"), "*\n");
    const written = await createProjectFiles({ root }).write("plan.md", "new", digestOf("old"));
    expect(written).toMatchObject({ ok: false, error: { code: "ARTIFACT_WOULD_OVERWRITE" } });
    expect(readFileSync(at("plan.md"), "utf8")).toBe("the editor's");
    expect(readdirSync(root).toSorted()).toEqual([".wavegate", "plan.md"]);
  });

  test("keeps its owner", async () => {
    writeFileSync(at("plan.md"), "old");
    if (process.getuid?.() === 0) chownSync(at("plan.md"), 1_234, 2_345);
    const { uid, gid } = statSync(at("plan.md"));
    await createProjectFiles({ root }).write("plan.md", "new", digestOf("old"));
    expect(calls()).toContain(`chown tmp ${uid}:${gid}`);
    expect(statSync(at("plan.md"))).toMatchObject({ uid, gid });
  });
});
