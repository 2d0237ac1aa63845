/** The repository adapter on a real disk with a real git: what is listed, what is never followed, that nothing of the project runs. */
import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createCommitLog } from "../../src/adapters/repository/commit-log.ts";
import { createRepository } from "../../src/adapters/repository/repository.ts";

let base = "";
let root = "";

beforeEach(() => {
  base = realpathSync(mkdtempSync(path.join(tmpdir(), "wavegate-repository-")));
  root = path.join(base, "project");
  mkdirSync(root);
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

function write(relative: string, content: string | Buffer): void {
  const target = path.join(root, relative);
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, content);
}

const git = (...args: readonly string[]) =>
  execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.org", ...args], {
    cwd: root,
    stdio: "pipe",
    env: { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1" },
  });

const paths = (listing: { files: readonly { path: string }[] }) =>
  listing.files.map((one) => one.path);

test("git says what belongs to the project: tracked and new files, without ignored ones; coverage is looked for besides", async () => {
  git("init", "-q");
  write(".gitignore", "ignored/\ncoverage/\n.wavegate/\n");
  write("src/ä b.ts", "x\n");
  write("gone.ts", "x\n");
  git("add", ".");
  git("commit", "-qm", "one");
  rmSync(path.join(root, "gone.ts"));
  write("new.ts", "y\n");
  write("ignored/z.ts", "z\n");
  write("coverage/lcov.info", "SF:a\nend_of_record\n");
  const listing = await createRepository({ root }).read();
  expect(listing).toMatchObject({ source: "git", note: null, complete: true, leftOut: [] });
  expect(paths(listing)).toEqual([".gitignore", "coverage/lcov.info", "new.ts", "src/ä b.ts"]);
  expect(listing.files.at(-1)).toEqual({ path: "src/ä b.ts", bytes: 2, text: "x\n" });
});

test("nothing that the project configures is run, and git's files stay as they are", async () => {
  git("init", "-q");
  write("a.ts", "x\n");
  git("add", ".");
  git("commit", "-qm", "one");
  const ran = path.join(base, "ran");
  const program = path.join(root, ".git", "evil.sh");
  writeFileSync(program, `#!/bin/sh\necho ran >> "${ran}"\necho /\n`);
  chmodSync(program, 0o755);
  const hooks = path.join(root, ".git", "hooks");
  mkdirSync(hooks, { recursive: true });
  for (const hook of ["post-index-change", "fsmonitor-watchman", "post-checkout", "pre-commit"]) {
    writeFileSync(path.join(hooks, hook), `#!/bin/sh\necho ${hook} >> "${ran}"\n`);
    chmodSync(path.join(hooks, hook), 0o755);
  }
  git("config", "core.fsmonitor", program);
  git("config", "core.hooksPath", hooks);
  git("config", "filter.x.clean", program);
  git("config", "alias.ls-files", `!${program}`);
  write(".gitattributes", "*.ts filter=x\n");
  write("a.ts", "changed\n");
  rmSync(ran, { force: true });
  const before = statSync(path.join(root, ".git", "index"));
  // git itself would run it: the trap works
  execFileSync("git", ["status", "--short"], { cwd: root, stdio: "pipe" });
  expect(existsSync(ran)).toBe(true);
  rmSync(ran);
  const index = statSync(path.join(root, ".git", "index"));
  const listing = await createRepository({ root }).read();
  expect(paths(listing)).toEqual([".gitattributes", "a.ts"]);
  expect(existsSync(ran)).toBe(false);
  expect(statSync(path.join(root, ".git", "index")).mtimeMs).toBe(index.mtimeMs);
  expect(before.size).toBeGreaterThan(0);
  expect(readdirSync(path.join(root, ".git")).filter((name) => name.endsWith(".lock"))).toEqual([]);
});

test("variables that point git elsewhere do not", async () => {
  git("init", "-q");
  write("a.ts", "x\n");
  const other = path.join(base, "other");
  mkdirSync(other);
  execFileSync("git", ["init", "-q"], { cwd: other });
  writeFileSync(path.join(other, "other.ts"), "x");
  const saved = { dir: process.env["GIT_DIR"], tree: process.env["GIT_WORK_TREE"] };
  process.env["GIT_DIR"] = path.join(other, ".git");
  process.env["GIT_WORK_TREE"] = other;
  try {
    expect(paths(await createRepository({ root }).read())).toEqual(["a.ts"]);
  } finally {
    for (const [name, value] of [
      ["GIT_DIR", saved.dir],
      ["GIT_WORK_TREE", saved.tree],
    ] as const)
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
  }
});

test("links are counted and never followed, also where a tracked folder became one", async () => {
  git("init", "-q");
  writeFileSync(path.join(base, "secret.txt"), "outside");
  mkdirSync(path.join(base, "outside"));
  writeFileSync(path.join(base, "outside", "b.ts"), "outside");
  write("folder/b.ts", "inside\n");
  symlinkSync(path.join(base, "secret.txt"), path.join(root, "link.txt"));
  git("add", ".");
  git("commit", "-qm", "one");
  renameSync(path.join(root, "folder"), path.join(base, "moved"));
  symlinkSync(path.join(base, "outside"), path.join(root, "folder"));
  const listing = await createRepository({ root }).read();
  expect(JSON.stringify(listing)).not.toContain('"outside"');
  expect(paths(listing)).toEqual([]);
  expect(listing.leftOut).toEqual([
    { reason: "a link", count: 3, examples: expect.arrayContaining(["link.txt", "folder/b.ts"]) },
  ]);
});

test("without git the folders are walked, without build output, and it says so", async () => {
  write("src/a.ts", "a\n");
  write("node_modules/x/index.js", "x\n");
  write("dist/a.js", "x\n");
  write(".wavegate/log", "x\n");
  symlinkSync("/", path.join(root, "everything"));
  const listing = await createRepository({ root }).read();
  expect(listing).toMatchObject({ source: "walk", complete: true });
  expect(listing.note).toMatch(/not a git repository/);
  expect(paths(listing)).toEqual(["src/a.ts"]);
  expect(listing.leftOut.map(({ reason, count }) => [reason, count])).toEqual([
    ["build output or other people's code", 3],
    ["a link", 1],
  ]);
});

test("binary files only count; what is too large or too much is said", async () => {
  write("logo.png", Buffer.from([1, 0, 2]));
  write("latin1.txt", Buffer.from([0xe9, 0x20]));
  write("big.ts", "x".repeat(5_000));
  write("a.ts", "y".repeat(900));
  write("b.ts", "z".repeat(900));
  const repository = createRepository({ root });
  const listing = await repository.read({ maxFileBytes: 1_000, maxBytes: 1_000 });
  expect(listing.files.map(({ path: name, bytes, text }) => [name, bytes, text?.length])).toEqual([
    ["a.ts", 900, 900],
    ["b.ts", 900, undefined],
    ["big.ts", 5_000, undefined],
    ["latin1.txt", 2, undefined],
    ["logo.png", 3, undefined],
  ]);
  expect(listing.leftOut.map(({ reason, examples }) => [reason, ...examples])).toEqual([
    ["no room left for its text", "b.ts"],
    ["too large to read", "big.ts"],
  ]);
  const few = await repository.read({ maxFiles: 2 });
  expect(few.complete).toBe(false);
  expect(few.files).toHaveLength(2);
});

const isLinux = process.platform === "linux";

test.skipIf(!isLinux).each(["git", "walk"])(
  "names that are not UTF-8, loops of links and files nobody may read are said, and end (%s)",
  async (source) => {
    if (source === "git") git("init", "-q");
    write("src/a.ts", "a\n");
    writeFileSync(
      Buffer.concat([Buffer.from(`${root}/src/caf`), Buffer.from([0xe9, 0x2e, 0x74, 0x73])]),
      "x\n",
    );
    symlinkSync("..", path.join(root, "src/up"));
    symlinkSync("there", path.join(root, "here"));
    symlinkSync("here", path.join(root, "there"));
    const listing = await createRepository({ root }).read();
    expect(listing.source).toBe(source);
    expect(paths(listing)).toEqual(["src/a.ts"]);
    expect(listing.leftOut.map(({ reason, count }) => `${count} ${reason}`).toSorted()).toEqual([
      "1 a name that is not UTF-8",
      "3 a link",
    ]);
  },
);

test("the log tells what was changed together, without merges, inside the project only; nothing of its configuration runs", async () => {
  git("init", "-q", "-b", "main");
  write("app/a.ts", "1\n");
  write("app/ä b.ts", "1\n");
  write("outside.ts", "1\n");
  git("add", ".");
  git("commit", "-qm", "one\u0001commit\u0001");
  git("switch", "-qc", "side");
  write("app/side.ts", "1\n");
  git("add", ".");
  git("commit", "-qm", "side");
  git("switch", "-q", "main");
  git("mv", "app/a.ts", "app/c.ts");
  git("commit", "-qm", "two");
  git("merge", "-q", "--no-edit", "side");
  write("outside.ts", "2\n");
  git("commit", "-qam", "three");
  const ran = path.join(base, "ran");
  const program = path.join(root, ".git", "evil.sh");
  writeFileSync(program, `#!/bin/sh\necho ran >> "${ran}"\n`);
  chmodSync(program, 0o755);
  git("config", "diff.external", program);
  git("config", "core.pager", program);
  git("config", "log.showSignature", "true");
  git("config", "gpg.program", program);
  git("config", "log.showRoot", "true");
  git("config", "diff.x.textconv", program);
  write(".gitattributes", "*.ts diff=x\n");
  const log = await createCommitLog({ root: path.join(root, "app") }).changedFiles({ commits: 10 });
  expect(log).toEqual({ ok: true, value: expect.any(Array) });
  const commits = log.ok ? log.value.map((files) => files.toSorted()) : [];
  expect(commits.toSorted((a, b) => a.length - b.length || (a.join() < b.join() ? -1 : 1))).toEqual(
    [["side.ts"], ["a.ts", "c.ts"], ["a.ts", "ä b.ts"]],
  );
  const one = await createCommitLog({ root }).changedFiles({ commits: 1 });
  expect(one).toEqual({ ok: true, value: [["outside.ts"]] });
  expect(existsSync(ran)).toBe(false);
});

test("no commits and no git are said, not thrown", async () => {
  const bare = await createCommitLog({ root }).changedFiles({ commits: 10 });
  expect(bare).toMatchObject({ ok: false, error: expect.stringContaining("not a git repository") });
  git("init", "-q");
  expect(await createCommitLog({ root }).changedFiles({ commits: 10 })).toMatchObject({
    ok: false,
  });
});
