/** The store on a real disk: modes, hashes, crashes, a full disk, a folder that may not be written. */
import { spawn, spawnSync } from "node:child_process";
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
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { setTimeout as wait } from "node:timers/promises";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createArtifacts } from "../../src/adapters/artifacts/artifacts.ts";
import type { RecordedEvent } from "../../src/core/event.ts";
import { compileChildren } from "./artifacts-children/compile.ts";

const isRoot = process.getuid?.() === 0;

let programs: string;
let child: (name: string) => string;
beforeAll(() => {
  programs = mkdtempSync(path.join(tmpdir(), "wavegate-programs-"));
  chmodSync(programs, 0o755);
  child = compileChildren(programs);
});
afterAll(() => rmSync(programs, { recursive: true, force: true }));

let root: string;
let state: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "wavegate-store-"));
  state = path.join(root, ".wavegate");
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const store = (redact = (text: string) => text) => createArtifacts({ stateFolder: state, redact });
const event = (seq: number, by = "a"): RecordedEvent => ({
  runId: "run-1",
  seq,
  at: "2026-01-01T00:00:00.000Z",
  event: { type: "stage-resumed", stage: "planning", by },
});
const writeBoth = async () => {
  await store().put("a", "b");
  await store().writeRunFile("run-1", "a", "b");
};
const all = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => path.join(folder, name));
const log = () => readFileSync(path.join(state, "runs/run-1/log.jsonl"), "utf8");

test("content comes back by its digest, is kept once, and only its owner can read it", async () => {
  const ref = await store().put("plan.md", "# Plan ü\n");
  expect(ref).toEqual({
    name: "plan.md",
    digest: expect.stringMatching(/^[0-9a-f]{64}$/),
    bytes: 10,
  });
  expect(await store().put("other.md", "# Plan ü\n")).toMatchObject({ digest: ref.digest });
  expect(await store().get(ref.digest)).toEqual({ ok: true, value: "# Plan ü\n" });
  await store().writeRunFile("run-1", "attempts/a-1/prompt.md", "hello");
  await store().appendLog(event(1));
  for (const file of [state, ...all(state)]) {
    expect([file, statSync(file).mode & 0o777]).toEqual([
      file,
      statSync(file).isDirectory() ? 0o700 : 0o600,
    ]);
  }
  expect(all(path.join(state, "objects")).filter((file) => statSync(file).isFile())).toHaveLength(
    1,
  );
  expect(readFileSync(path.join(state, ".gitignore"), "utf8")).toBe("*\n");
});

test("what a killed process left behind is removed when it is old, and what another one writes now is not", async () => {
  await store().put("a", "b");
  const names = ["old", "new"].map((_, n) => `.wavegate-000000000000000${n}.tmp`);
  const [old = "", fresh = ""] = names;
  for (const folder of [state, path.join(state, "tmp")])
    for (const name of [old, fresh, "notes.tmp"]) writeFileSync(path.join(folder, name), "half");
  const yesterday = new Date(Date.now() - 86_400_000);
  for (const folder of [state, path.join(state, "tmp")])
    for (const name of [old, "notes.tmp"])
      utimesSync(path.join(folder, name), yesterday, yesterday);
  await store().writeRunFile("run-1", "a", "b");
  for (const folder of [state, path.join(state, "tmp")])
    expect(readdirSync(folder).filter((name) => name.endsWith(".tmp"))).toEqual([
      fresh,
      "notes.tmp",
    ]);
});

test("a killed writer leaves its half file where the next process looks for it", async () => {
  const writer = spawn(process.execPath, [child("write-loop"), state, "300000"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(writer.stdout, "data");
  const tmp = path.join(state, "tmp");
  while (readdirSync(tmp).length === 0) await new Promise(setImmediate);
  writer.kill("SIGKILL");
  await once(writer, "exit");
  const left = all(state).filter((file) => file.endsWith(".tmp"));
  expect(left.every((file) => path.dirname(file) === tmp)).toBe(true);
});

test("git sees nothing of the state folder", async () => {
  await store().writeRunFile("run-1", "x", "y");
  expect(spawnSync("git", ["init", "-q", root]).status).toBe(0);
  expect(spawnSync("git", ["-C", root, "status", "--porcelain"], { encoding: "utf8" }).stdout).toBe(
    "",
  );
});

test("damaged content is told, kept, and replaced by the right content when that is put again", async () => {
  const { digest } = await store().put("plan.md", "right");
  const file = path.join(state, "objects", digest.slice(0, 2), digest.slice(2));
  writeFileSync(file, "wrong");
  expect(await store().get(digest)).toMatchObject({
    ok: false,
    error: { code: "ARTIFACT_CORRUPT", place: { file } },
  });
  expect(readFileSync(file, "utf8")).toBe("wrong");
  await store().put("plan.md", "right");
  expect(await store().get(digest)).toEqual({ ok: true, value: "right" });
  const aside = readdirSync(path.dirname(file)).filter((name) => name.includes(".corrupt-"));
  expect(aside.map((name) => readFileSync(path.join(path.dirname(file), name), "utf8"))).toEqual([
    "wrong",
  ]);
  expect(await store().get("0".repeat(64))).toMatchObject({
    ok: false,
    error: { code: "ARTIFACT_CORRUPT" },
  });
  expect(await store().get("../../etc/passwd")).toMatchObject({
    ok: false,
    error: { code: "ARTIFACT_CORRUPT" },
  });
});

test("run files and the log are redacted, objects are not: their digest is what was decided on", async () => {
  const artifacts = store((text) => text.replaceAll("hunter22", "[redacted]"));
  const file = await artifacts.writeRunFile("run-1", "raw.txt", "pw hunter22");
  await artifacts.appendLog(event(1, 'x "hunter22" y'));
  expect(readFileSync(file, "utf8")).toBe("pw [redacted]");
  expect(JSON.parse(log())).toMatchObject({ seq: 1, event: { by: 'x "[redacted]" y' } });
  const { digest } = await artifacts.put("a", "hunter22");
  expect(await artifacts.get(digest)).toEqual({ ok: true, value: "hunter22" });
});

describe("names and links don't lead out", () => {
  test("a file name that climbs stays in the run's folder", async () => {
    const file = await store().writeRunFile("run-1", "../../../escape.md", "x");
    expect(file.startsWith(path.join(state, "runs/run-1/"))).toBe(true);
    expect(existsSync(path.join(root, "escape.md"))).toBe(false);
  });

  test.each([".wavegate", ".wavegate/runs", ".wavegate/runs/run-1", ".wavegate/objects"])(
    "%s as a link elsewhere is refused",
    async (link) => {
      const elsewhere = path.join(root, "elsewhere");
      mkdirSync(elsewhere);
      mkdirSync(path.dirname(path.join(root, link)), { recursive: true });
      symlinkSync(elsewhere, path.join(root, link));
      await expect(writeBoth()).rejects.toMatchObject({ code: "PROJECT_NOT_WRITABLE" });
      expect(readdirSync(elsewhere)).toEqual([]);
    },
  );

  test("a link in the place of a file is replaced, one in the place of the log refused; what they point to is untouched", async () => {
    const victim = path.join(root, "victim");
    writeFileSync(victim, "mine");
    await store().runFolder("run-1", "deep");
    symlinkSync(victim, path.join(state, "runs/run-1/deep/a"));
    symlinkSync(victim, path.join(state, "runs/run-1/log.jsonl"));
    const file = await store().writeRunFile("run-1", "deep/a", "x");
    expect(lstatSync(file).isSymbolicLink()).toBe(false);
    await expect(store().appendLog(event(1))).rejects.toThrow("symbolic link");
    expect(readFileSync(victim, "utf8")).toBe("mine");
  });
});

describe("the log", () => {
  test("holds each event once, whoever adds it", async () => {
    const [a, b] = [store(), store()];
    for (const seq of [1, 2]) await a.appendLog(event(seq));
    for (const seq of [1, 2, 3]) await b.appendLog(event(seq));
    for (const seq of [3, 4, 2]) await a.appendLog(event(seq));
    expect(
      log()
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line).seq),
    ).toEqual([1, 2, 3, 4]);
  });

  test("is written by many at once without a line lost or doubled", async () => {
    await Promise.all(
      [store(), store(), store()].map(async (artifacts) => {
        for (let seq = 1; seq <= 15; seq += 1) await artifacts.appendLog(event(seq));
      }),
    );
    expect(
      log()
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line).seq),
    ).toEqual(Array.from({ length: 15 }, (_, i) => i + 1));
  });

  test("cut anywhere in its last line goes on, with the rest set aside", async () => {
    const artifacts = store();
    await artifacts.appendLog(event(1));
    const whole = Buffer.byteLength(log());
    for (let cut = 1; cut < whole; cut += 7) {
      const file = path.join(state, "runs/run-1/log.jsonl");
      rmSync(`${file}.torn`, { force: true });
      writeFileSync(file, `${JSON.stringify(event(1))}\n`);
      appendFileSync(file, JSON.stringify(event(2)).slice(0, cut));
      await store().appendLog(event(2));
      expect(log()).toBe(`${JSON.stringify(event(1))}\n${JSON.stringify(event(2))}\n`);
      expect(readFileSync(`${file}.torn`, "utf8")).toBe(
        `${JSON.stringify(event(2)).slice(0, cut)}\n`,
      );
    }
  });

  test("with a bad line in the middle is an error with the place, and not touched", async () => {
    await store().appendLog(event(1));
    const file = path.join(state, "runs/run-1/log.jsonl");
    appendFileSync(file, "garbage\n");
    const before = log();
    await expect(store().appendLog(event(2))).rejects.toMatchObject({
      code: "ARTIFACT_CORRUPT",
      place: { file, line: 2 },
    });
    expect(log()).toBe(before);
  });

  test("removed or cut by somebody while running is begun again", async () => {
    const artifacts = store();
    for (const seq of [1, 2]) await artifacts.appendLog(event(seq));
    truncateSync(path.join(state, "runs/run-1/log.jsonl"), 0);
    await artifacts.appendLog(event(3));
    expect(JSON.parse(log())).toMatchObject({ seq: 3 });
    rmSync(state, { recursive: true });
    await artifacts.appendLog(event(4));
    expect(JSON.parse(log())).toMatchObject({ seq: 4 });
  });
});

test("a writer killed at any moment leaves the old content or the new, never a part", async () => {
  const size = 300_000;
  for (let round = 0; round < 12; round += 1) {
    const writer = spawn(process.execPath, [child("write-loop"), state, String(size)], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    await once(writer.stdout, "data");
    await wait(round * 3);
    writer.kill("SIGKILL");
    await once(writer, "exit");
    const text = readFileSync(path.join(state, "runs/run-1/out.txt"), "utf8");
    expect(text.length).toBe(size);
    expect(new Set(text).size).toBe(1);
  }
});

test.skipIf(!isRoot)(
  "a full disk (needs root): a clear error, the old content intact, nothing left behind",
  async () => {
    const mount = path.join(root, "small");
    mkdirSync(mount);
    if (spawnSync("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", mount]).status !== 0) {
      console.warn("skipped: mounting a tmpfs is not allowed here");
      return;
    }
    try {
      const artifacts = createArtifacts({
        stateFolder: path.join(mount, ".wavegate"),
        redact: (text) => text,
      });
      const file = await artifacts.writeRunFile("run-1", "out.txt", "old");
      await artifacts.appendLog(event(1));
      const full = {
        code: "DISK_FULL",
        message: expect.stringContaining(mount),
        hint: expect.stringContaining("Free some space"),
      };
      await expect(
        artifacts.writeRunFile("run-1", "out.txt", "x".repeat(2_000_000)),
      ).rejects.toMatchObject(full);
      await expect(artifacts.put("a", "x".repeat(2_000_000))).rejects.toMatchObject(full);
      await expect(artifacts.appendLog(event(2, "x".repeat(2_000_000)))).rejects.toMatchObject(
        full,
      );
      expect(readFileSync(file, "utf8")).toBe("old");
      expect(all(mount).filter((name) => name.endsWith(".tmp"))).toEqual([]);
      await artifacts.appendLog(event(2));
      expect(
        readFileSync(path.join(path.dirname(file), "log.jsonl"), "utf8").split("\n"),
      ).toHaveLength(3);
      await artifacts.writeRunFile("run-1", "out.txt", "new");
      expect(readFileSync(file, "utf8")).toBe("new");
    } finally {
      spawnSync("umount", [mount]);
    }
  },
);

test("a folder that may not be written: a clear error", () => {
  chmodSync(root, 0o755);
  const run = spawnSync(process.execPath, [child("put-once"), isRoot ? root : "/"], {
    encoding: "utf8",
    ...(isRoot && { uid: 65_534, gid: 65_534 }),
  });
  expect(run.stderr).toBe("");
  expect(run.stdout).toContain("PROJECT_NOT_WRITABLE");
});
