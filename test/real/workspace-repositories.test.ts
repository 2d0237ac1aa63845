/** Repositories of every kind: each works, or is refused with a code and what to do, and is as it was afterwards (RELIABILITY C7). */
import { execFileSync } from "node:child_process";
import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterEach, expect, test } from "vitest";
import { WavegateError } from "../../src/core/error.ts";
import type { RepositoryState } from "../../src/ports/workspaces.ts";
import { gitIn, never, put, workspaceFixture } from "./workspace-fixture.ts";

type Fixture = ReturnType<typeof workspaceFixture>;
let fixture: Fixture | undefined;
afterEach(() => fixture?.remove());

const WORK: readonly (readonly [
  string,
  (fixture: Fixture) => string | undefined,
  Partial<RepositoryState>,
])[] = [
  ["clean", () => undefined, { branch: "refs/heads/main", dirty: false, shallow: false }],
  [
    "dirty, staged and untracked",
    ({ project, git }) => {
      put(project, { "a.txt": "x", staged: "s", untracked: "u" });
      git("add", "staged");
      return undefined;
    },
    { dirty: true },
  ],
  [
    "detached",
    ({ git }) => {
      git("checkout", "-q", "--detach");
      return undefined;
    },
    { branch: null },
  ],
  [
    "shallow",
    ({ project, git, folder }) => {
      git("commit", "-q", "--allow-empty", "-m", "second");
      gitIn(folder, "clone", "-q", "--depth=1", `file://${project}`, "shallow");
      return path.join(folder, "shallow");
    },
    { shallow: true },
  ],
  [
    "a linked working tree",
    ({ git, folder }) => {
      git("worktree", "add", "-q", path.join(folder, "linked"), "-b", "side");
      return path.join(folder, "linked");
    },
    { branch: "refs/heads/side" },
  ],
  [
    "with a submodule",
    ({ git, folder }) => {
      gitIn(folder, "clone", "-q", path.join(folder, "project"), "inner");
      git(
        "-c",
        "protocol.file.allow=always",
        "submodule",
        "--quiet",
        "add",
        path.join(folder, "inner"),
        "sub",
      );
      git("commit", "-q", "-m", "submodule");
      return undefined;
    },
    { submodules: ["sub"], dirty: false },
  ],
  [
    "with files kept by LFS",
    ({ project, git }) => {
      put(project, { ".gitattributes": "*.bin filter=lfs diff=lfs merge=lfs -text\n" });
      put(project, {
        "big.bin": "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n",
      });
      git("add", "-A");
      git("commit", "-q", "-m", "lfs");
      git("config", "filter.lfs.smudge", "false");
      git("config", "filter.lfs.required", "true");
      return undefined;
    },
    { lfs: true },
  ],
  [
    "with another format of ids",
    ({ folder }) => {
      gitIn(folder, "init", "-q", "--object-format=sha256", "long");
      const long = path.join(folder, "long");
      put(long, { "a.txt": "a\n" });
      gitIn(long, "add", "-A");
      gitIn(long, "-c", "user.name=u", "-c", "user.email=u", "commit", "-q", "-m", "long");
      return long;
    },
    {},
  ],
  [
    "a project in a part of its repository",
    ({ project }) => path.join(project, "src"),
    { dirty: false },
  ],
];

test.each(WORK)("%s: works", async (_name, prepare, state) => {
  fixture = workspaceFixture();
  const project = prepare(fixture) ?? fixture.project;
  const spaces = fixture.workspaces({ project });
  await fixture.untouched(async () => {
    const found = await spaces.state();
    expect(found).toMatchObject(state);
    const opened = await spaces.open(fixture!.request({ base: found.commit }), never);
    if (!opened.ok) return expect.unreachable(opened.error.message);
    const { folder } = opened.value;
    expect(existsSync(opened.value.project)).toBe(true);
    expect(gitIn(folder, "status", "--porcelain")).toBe("");
    expect(gitIn(folder, "log", "-1", "--format=%H")).toBe(found.commit);
    expect(readFileSync(path.join(folder, "a.txt"), "utf8")).toBe("a\n");
    put(folder, { "done.txt": "d" });
    const work = await spaces.collect(opened.value);
    expect(work).toMatchObject({ ok: true, value: { changes: [{ path: "done.txt" }] } });
    const ref = work.ok ? work.value.ref : "";
    expect(gitIn(project, "show", `${ref}:done.txt`)).toBe("d");
    expect(await spaces.discard(opened.value)).toEqual({ kind: "discarded", rescue: null });
  });
});

const REFUSED: readonly (readonly [
  string,
  (fixture: Fixture) => string | undefined,
  string,
  RegExp,
])[] = [
  [
    "no repository",
    ({ folder }) => {
      mkdirSync(path.join(folder, "plain"));
      return path.join(folder, "plain");
    },
    "REPOSITORY_MISSING",
    /git init/,
  ],
  [
    "bare",
    ({ folder }) => {
      gitIn(folder, "clone", "-q", "--bare", "project", "bare.git");
      return path.join(folder, "bare.git");
    },
    "REPOSITORY_UNFIT",
    /bare/,
  ],
  [
    "unborn",
    ({ folder }) => {
      gitIn(folder, "init", "-q", "unborn");
      return path.join(folder, "unborn");
    },
    "REPOSITORY_UNFIT",
    /no commit/,
  ],
  [
    "in the middle of a merge",
    ({ project, git }) => {
      git("checkout", "-q", "-b", "other");
      put(project, { "a.txt": "other\n" });
      git("commit", "-q", "-am", "other");
      git("checkout", "-q", "main");
      put(project, { "a.txt": "main\n" });
      git("commit", "-q", "-am", "main");
      try {
        git("merge", "-q", "other");
      } catch {
        // The conflict is what is wanted.
      }
      return undefined;
    },
    "REPOSITORY_UNFIT",
    /merge/,
  ],
  [
    "a partial clone",
    ({ project }) => {
      appendFileSync(path.join(project, ".git/config"), '[remote "origin"]\n\tpromisor = true\n');
      return undefined;
    },
    "REPOSITORY_UNFIT",
    /partial/,
  ],
  [
    "of another user",
    ({ project }) => {
      if (process.getuid?.() === 0) execFileSync("chown", ["-R", "65534", project]);
      return undefined;
    },
    "REPOSITORY_UNFIT",
    /dubious/,
  ],
];

test.each(REFUSED)("%s: refused", async (name, prepare, code, words) => {
  if (name === "of another user" && process.getuid?.() !== 0) return;
  fixture = workspaceFixture();
  const project = prepare(fixture) ?? fixture.project;
  const refused: unknown = await fixture
    .workspaces({ project })
    .state()
    .catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(WavegateError);
  if (!(refused instanceof WavegateError)) return;
  expect(refused.code).toBe(code);
  expect(`${refused.message} ${refused.hint}`).toMatch(words);
});
