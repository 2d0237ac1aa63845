/** The user's own files: compared, then set; inside the project only. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import {
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
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { digestOf } from "../../src/adapters/shared/digest.ts";
import { withFileLock } from "../../src/adapters/shared/file-lock.ts";
import { createProjectFiles } from "../../src/adapters/artifacts/project-files.ts";
import { compileChildren } from "./artifacts-children/compile.ts";

let programs: string;
let child: (name: string) => string;
beforeAll(() => {
  programs = mkdtempSync(path.join(tmpdir(), "wavegate-programs-"));
  child = compileChildren(programs);
});
afterAll(() => rmSync(programs, { recursive: true, force: true }));

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "wavegate-files-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));
const at = (...parts: string[]) => path.join(root, ...parts);
const files = () => createProjectFiles({ root });

test("a new file, its change, and the same content again", async () => {
  expect(await files().read("specs/1/plan.md")).toBeUndefined();
  expect(await files().write("specs/1/plan.md", "one", undefined)).toEqual({
    ok: true,
    value: undefined,
  });
  expect(await files().read(at("specs/1/plan.md"))).toEqual({
    content: "one",
    digest: digestOf("one"),
  });
  chmodSync(at("specs/1/plan.md"), 0o640);
  expect(await files().write("specs/1/plan.md", "two", digestOf("one"))).toMatchObject({
    ok: true,
  });
  expect(statSync(at("specs/1/plan.md")).mode & 0o777).toBe(0o640);
  const before = statSync(at("specs/1/plan.md"));
  expect(await files().write("specs/1/plan.md", "two", undefined)).toMatchObject({ ok: true });
  expect(statSync(at("specs/1/plan.md")).ino).toBe(before.ino);
});

test.each([
  ["there, expected missing", "old", undefined],
  ["changed since", "old", digestOf("older")],
  ["gone since", undefined, digestOf("old")],
])("a file that is %s is not touched", async (_, content, expected) => {
  if (content !== undefined) writeFileSync(at("plan.md"), content);
  const written = await files().write("plan.md", "new", expected);
  expect(written).toMatchObject({
    ok: false,
    error: { code: "ARTIFACT_WOULD_OVERWRITE", place: { file: at("plan.md") } },
  });
  expect(existsSync(at("plan.md")) ? readFileSync(at("plan.md"), "utf8") : undefined).toBe(content);
});

test("nothing outside the project is written, by path or by link", async () => {
  const outside = mkdtempSync(path.join(tmpdir(), "wavegate-outside-"));
  try {
    writeFileSync(path.join(outside, "victim"), "mine");
    symlinkSync(outside, at("folder"));
    symlinkSync(path.join(outside, "victim"), at("file"));
    symlinkSync(path.join(outside, "missing"), at("dangling"));
    const victim = digestOf("mine");
    for (const [file, expected] of [
      ["folder/new", undefined],
      ["folder/victim", victim],
      ["file", victim],
      ["dangling", undefined],
      ["../escape", undefined],
      [path.join(outside, "new"), undefined],
      [".", undefined],
    ] as const) {
      const written = await files().write(file, "x", expected);
      expect([file, written.ok || written.error.code]).toEqual([file, "PROJECT_NOT_WRITABLE"]);
    }
    expect(readdirSync(outside)).toEqual(["victim"]);
    expect(readFileSync(path.join(outside, "victim"), "utf8")).toBe("mine");
  } finally {
    rmSync(outside, { recursive: true });
  }
});

test("a link inside the project stays a link, and its target is changed", async () => {
  writeFileSync(at("real.md"), "one");
  symlinkSync("real.md", at("plan.md"));
  expect(await files().write("plan.md", "two", digestOf("one"))).toMatchObject({ ok: true });
  expect(lstatSync(at("plan.md")).isSymbolicLink()).toBe(true);
  expect(readFileSync(at("real.md"), "utf8")).toBe("two");
});

test("a folder in the place of a file is told", async () => {
  mkdirSync(at("plan.md"));
  await expect(files().read("plan.md")).rejects.toMatchObject({ code: "FILE_UNREADABLE" });
  expect(await files().write("plan.md", "x", undefined)).toMatchObject({
    ok: false,
    error: { code: "FILE_UNREADABLE" },
  });
});

test("what a killed writer left behind is cleared by the next", async () => {
  writeFileSync(at(".wavegate-0123456789abcdef.tmp"), "half");
  writeFileSync(at(".wavegate-notes.tmp"), "the user's");
  await files().write("plan.md", "x", undefined);
  expect(readdirSync(root).toSorted()).toEqual([".wavegate", ".wavegate-notes.tmp", "plan.md"]);
});

test("8 processes with 50 edits each of one file keep all 400", async () => {
  const names = Array.from({ length: 8 }, (_, n) => `p${n}`);
  const refused = await Promise.all(
    names.map(async (name) => {
      const editor = spawn(process.execPath, [child("edit-often"), root, "shared.md", name, "50"], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      const [out] = await Promise.all([text(editor.stdout), once(editor, "exit")]);
      expect(editor.exitCode).toBe(0);
      return Number(out);
    }),
  );
  const lines = readFileSync(at("shared.md"), "utf8").trimEnd().split("\n");
  expect(lines).toHaveLength(400);
  expect(new Set(lines).size).toBe(400);
  expect(refused.reduce((a, b) => a + b)).toBeGreaterThan(0);
  if (process.platform !== "win32")
    expect(existsSync(at(".wavegate/locks/project-files"))).toBe(false);
});

test("a lock whose holder was killed is taken over, by one at a time", async () => {
  const editor = spawn(process.execPath, [child("edit-often"), root, "shared.md", "k", "100000"], {
    stdio: "inherit",
  });
  const folder = at(".wavegate/locks/project-files");
  const claims = () => (existsSync(folder) ? readdirSync(folder) : []);
  while (claims().length === 0) await new Promise(setImmediate);
  editor.kill("SIGKILL");
  await once(editor, "exit");
  mkdirSync(folder, { recursive: true });
  const dead = claims()[0] ?? `00000000-${editor.pid}-1-0123456789abcdef`;
  writeFileSync(path.join(folder, dead.replace(/[0-9a-f]{16}$/, "0123456789abcdef")), "");
  let inside = 0;
  let most = 0;
  await Promise.all(
    Array.from({ length: 6 }, () =>
      withFileLock(folder, async () => {
        inside += 1;
        most = Math.max(most, inside);
        await new Promise(setImmediate);
        inside -= 1;
      }),
    ),
  );
  expect(most).toBe(1);
  expect(claims()).toEqual([]);
});
