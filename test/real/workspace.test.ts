/** Workspaces with real git: made, found again, collected (PX-06, RELIABILITY I-34 to I-36, F-12, F-20). The user's tree is compared every time. */
import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { WavegateError } from "../../src/core/error.ts";
import { PLAIN_RECIPE } from "../../src/stage/workspace/workspace-settings.ts";
import { gitIn, never, put, workspaceFixture } from "./workspace-fixture.ts";

const fixture = workspaceFixture();
const { project, root, base, git } = fixture;
const canary = path.join(fixture.folder, "canary");

beforeAll(() => {
  // Whatever the user's configuration starts must not start for us.
  for (const hook of ["post-checkout", "reference-transaction", "post-index-change"]) {
    writeFileSync(path.join(project, ".git/hooks", hook), `#!/bin/sh\ntouch ${canary}\n`);
    chmodSync(path.join(project, ".git/hooks", hook), 0o755);
  }
  put(project, { "a.txt": "changed and not committed\n", "untracked.txt": "u\n", ".env": "K=v\n" });
});
afterAll(fixture.remove);

test("24 at once are made without a failure, each for its owner only and found again by a replay", async () => {
  await fixture.untouched(async () => {
    const requests = Array.from({ length: 24 }, (_, index) =>
      fixture.request({ task: `p${index}` }),
    );
    const opened = await Promise.all(
      requests.map((request) => fixture.workspaces().open(request, never)),
    );
    expect(opened.filter(({ ok }) => !ok)).toEqual([]);
    const spaces = opened.flatMap((one) => (one.ok ? [one.value] : []));
    expect(new Set(spaces.map(({ folder }) => folder)).size).toBe(24);
    const [first] = spaces;
    if (!first) throw new Error("none was made");
    expect(first.folder.startsWith(root)).toBe(true);
    expect(statSync(first.folder).mode & 0o777).toBe(0o700);
    expect(readFileSync(path.join(first.folder, "a.txt"), "utf8")).toBe("a\n");
    expect(existsSync(path.join(first.folder, "untracked.txt"))).toBe(false);
    expect(gitIn(first.folder, "status", "--porcelain")).toBe("");
    expect(gitIn(first.folder, "rev-parse", "HEAD")).toBe(base);
    expect(gitIn(first.folder, "remote")).toBe("");
    expect(git("rev-parse", `refs/wavegate/bases/${base}`)).toBe(base);
    writeFileSync(path.join(first.folder, "kept.txt"), "k");
    expect(await fixture.open(first)).toEqual(first);
    expect(existsSync(path.join(first.folder, "kept.txt"))).toBe(true);
    expect((await fixture.open({ ...first, attempt: 2 })).folder).not.toBe(first.folder);
  });
});

test("all that was left is one commit on the base, with the facts of each path", async () => {
  const space = await fixture.open({ task: "T 1/ü" });
  const { folder } = space;
  put(folder, { "new.txt": "12345", "with space/ü.txt": "x", "skip.log": "l", "src/b.txt": "B\n" });
  gitIn(folder, "add", "new.txt");
  gitIn(folder, "commit", "-q", "-m", "by the agent");
  put(folder, { "forced.log": "f", "new.txt": "123456" });
  gitIn(folder, "add", "-f", "forced.log");
  gitIn(folder, "commit", "-q", "-m", "ignored file");
  rmSync(path.join(folder, "a.txt"));
  mkdirSync(path.join(folder, "a.txt"));
  put(folder, { "a.txt/inside": "i" });
  symlinkSync("../../etc/passwd", path.join(folder, "out"));
  put(folder, { "run.sh": "#!/bin/sh\n" });
  chmodSync(path.join(folder, "run.sh"), 0o755);
  execFileSync("mkfifo", [path.join(folder, "pipe")]);
  gitIn(folder, "init", "-q", "app");
  put(folder, { "app/x.txt": "x", "app/y.log": "y", "app/.gitignore": "z\n", "app/z": "z" });
  // What hides changes from git's own commands hides nothing here.
  gitIn(folder, "update-index", "--assume-unchanged", "src/b.txt");
  const work = await fixture.untouched(() => fixture.collect(space));
  expect(work.changes).toEqual([
    { path: "a.txt", before: "100644", after: null, size: null },
    { path: "a.txt/inside", before: null, after: "100644", size: 1 },
    { path: "app/.gitignore", before: null, after: "100644", size: 2 },
    { path: "app/x.txt", before: null, after: "100644", size: 1 },
    { path: "app/y.log", before: null, after: "100644", size: 1 },
    { path: "forced.log", before: null, after: "100644", size: 1 },
    { path: "new.txt", before: null, after: "100644", size: 6 },
    { path: "out", before: null, after: "120000", size: 16, target: "../../etc/passwd" },
    { path: "run.sh", before: null, after: "100755", size: 10 },
    { path: "src/b.txt", before: "100644", after: "100644", size: 2 },
    { path: "with space/ü.txt", before: null, after: "100644", size: 1 },
  ]);
  expect(work).toMatchObject({ base, nested: ["app"], tampered: [] });
  expect(work.agentCommit).toBe(gitIn(folder, "rev-parse", "HEAD"));
  expect(work.ref).toMatch(/^refs\/wavegate\/run-1\/t-1-[0-9a-f]{16}$/);
  expect(git("rev-parse", work.ref, `${work.ref}^`)).toBe(`${work.commit}\n${base}`);
  expect(git("show", `${work.ref}:new.txt`)).toBe("123456");
  expect(git("show", "-s", "--format=%an %cn", work.ref)).toBe("Wavegate Wavegate");
  const files = ["src/b.txt", "a.txt", "./new.txt", "src//c.txt", "*.txt", "skip.log"];
  const asked = await fixture.workspaces().collect(space, files);
  expect(asked).toMatchObject({ value: { absent: ["src//c.txt", "*.txt", "skip.log"] } });
  const outside = await fixture.workspaces().collect(space, ["../a.txt", "no.txt"]);
  expect(outside).toEqual({ ok: true, value: work });
  // The same again is the same; another attempt takes the ref, and what it held stays reachable.
  expect(await fixture.collect(space)).toEqual(work);
  const second = await fixture.open({ task: "T 1/ü", attempt: 2 });
  expect(await fixture.collect(second)).toMatchObject({ commit: base, changes: [] });
  expect(git("for-each-ref", "--contains", work.commit, "refs/wavegate/rescue")).not.toBe("");
});

test("more files or bytes than allowed is a failure with a name, and nothing is taken in", async () => {
  const limits = { maxFiles: 50, maxBytes: 1_000 };
  const many = await fixture.open();
  put(many.folder, Object.fromEntries(Array.from({ length: 60 }, (_, n) => [`f${n}`, "x"])));
  const large = await fixture.open();
  put(large.folder, { large: "x".repeat(1_001) });
  for (const space of [many, large]) {
    const work = await fixture.untouched(() => fixture.workspaces({ limits }).collect(space));
    expect(work).toMatchObject({ ok: false, error: { kind: "output-limit" } });
    expect(git("for-each-ref", `refs/wavegate/run-1/${space.task}`)).toBe("");
    expect(await fixture.workspaces({ limits }).discard(space)).toMatchObject({ kind: "kept" });
    expect(existsSync(space.folder)).toBe(true);
  }
});

test("an agent that deletes or replaces its folder fails, and nothing else takes its place", async () => {
  const gone = await fixture.open();
  rmSync(gone.folder, { recursive: true });
  const swapped = await fixture.open();
  renameSync(swapped.folder, `${swapped.folder}-away`);
  symlinkSync(project, swapped.folder);
  await fixture.untouched(async () => {
    const spaces = fixture.workspaces();
    for (const [space, kind] of [
      [gone, "workspace-gone"],
      [swapped, "workspace-replaced"],
    ] as const) {
      expect(await spaces.check(space)).toMatchObject({ ok: false, error: { kind } });
      expect(await spaces.collect(space)).toMatchObject({ ok: false, error: { kind } });
    }
    expect(await spaces.open(swapped, never)).toMatchObject({ ok: false });
    expect(await spaces.open(gone, never)).toEqual({ ok: true, value: gone });
    expect(await spaces.check(gone)).toMatchObject({ ok: true });
    expect(await fixture.collect(gone)).toMatchObject({ changes: [] });
  });
});

test("a recipe copies files, installs and assigns ports; none of it is taken for an agent's work", async () => {
  const recipe = {
    ...PLAIN_RECIPE,
    copy: [".env*", "missing", "a.txt"],
    install: [
      "sh",
      "-c",
      "echo $WAVEGATE_PORT_2 > port.txt; echo z >> a.txt; mkdir node_modules; env > node_modules/env",
    ],
    ports: 2,
    passEnv: ["PASSED"],
  };
  const env = { ...process.env, PASSED: "yes", SECRET: "no" };
  const [one, other] = await fixture.untouched(() =>
    Promise.all([fixture.open({}, { recipe, env }), fixture.open({}, { recipe, env })]),
  );
  expect(new Set([...one.ports, ...other.ports]).size).toBe(4);
  const text = (name: string) => readFileSync(path.join(one.folder, name), "utf8");
  expect(text(".env")).toBe("K=v\n");
  expect(text("a.txt")).toBe("a\n");
  expect(text("port.txt")).toBe(`${one.ports[1]}\n`);
  expect(text("node_modules/env")).toContain("PASSED=yes");
  expect(text("node_modules/env")).not.toContain("SECRET");
  expect(gitIn(one.folder, "status", "--porcelain")).toBe("");
  put(one.folder, { ".env": "leak\n", "mine.txt": "m" });
  gitIn(one.folder, "add", "-f", ".env");
  gitIn(one.folder, "commit", "-q", "-m", "env");
  expect(
    (await fixture.collect(one, { recipe, env })).changes.map((change) => change.path),
  ).toEqual(["mine.txt"]);
  const failing = { ...PLAIN_RECIPE, install: ["sh", "-c", "echo no such package >&2; exit 3"] };
  const slow = { ...PLAIN_RECIPE, install: ["sh", "-c", "sleep 60 & wait"], timeoutMs: 200 };
  for (const [broken, error] of [
    [failing, { kind: "bootstrap-failed", message: expect.stringContaining("no such package") }],
    [slow, { kind: "timeout" }],
    [{ ...PLAIN_RECIPE, install: ["no-such-program"] }, { kind: "bootstrap-failed" }],
    [{ ...PLAIN_RECIPE, copy: ["../secret"] }, { kind: "bootstrap-failed" }],
  ] as const) {
    const request = fixture.request();
    const opened = await fixture.workspaces({ recipe: broken }).open(request, never);
    expect(opened).toMatchObject({ ok: false, error });
    expect(await fixture.workspaces().open(request, never)).toMatchObject({ ok: true });
  }
});

test("those that read share a folder until the last one leaves", async () => {
  const [one, other] = [await fixture.open({ mode: "read" }), await fixture.open({ mode: "read" })];
  expect(one.folder).toBe(other.folder);
  const spaces = fixture.workspaces();
  expect(await spaces.discard(one)).toEqual({ kind: "shared" });
  expect(await spaces.discard(one)).toMatchObject({ kind: "kept" });
  expect(await spaces.discard(other)).toEqual({ kind: "discarded", rescue: null });
  expect(existsSync(one.folder)).toBe(false);
});

test("a workspace that was half made when its maker died is made anew", async () => {
  const space = await fixture.open();
  const file = path.join(path.dirname(space.folder), "../registry", `${space.id}.json`);
  const entry: unknown = JSON.parse(readFileSync(file, "utf8"));
  writeFileSync(file, JSON.stringify({ ...(entry as object), made: null }));
  put(space.folder, { "half.txt": "h" });
  rmSync(path.join(space.folder, "a.txt"));
  expect(await fixture.open(space)).toEqual(space);
  expect(existsSync(path.join(space.folder, "half.txt"))).toBe(false);
  expect(existsSync(path.join(space.folder, "a.txt"))).toBe(true);
  const stopped = new AbortController();
  stopped.abort();
  const request = fixture.request();
  expect(await fixture.workspaces().open(request, stopped.signal)).toMatchObject({
    error: { kind: "canceled" },
  });
  expect(
    await fixture.workspaces().open({ ...request, base: "f".repeat(40) }, never),
  ).toMatchObject({ error: { kind: "git-failed" } });
});

test("a folder for workspaces inside of the repository is refused", async () => {
  const inside = fixture.workspaces({ root: path.join(project, ".git/inside") });
  const refused: WavegateError = await inside.open(fixture.request(), never).then(
    () => expect.unreachable(),
    (error: unknown) => error as WavegateError,
  );
  expect(refused.code).toBe("WORKSPACE_FOLDER_UNSAFE");
  rmSync(path.join(project, ".git/inside"), { recursive: true });
});

test("none of the user's hooks ran", () => {
  expect(existsSync(canary)).toBe(false);
});
