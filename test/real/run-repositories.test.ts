/** `wavegate run --dry-run` in repositories as people have them: each is told, or refused with a code and what to do; nothing is written. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { openApp } from "../../src/bootstrap/open-app.ts";
import type { RunPreview } from "../../src/execution/preview/run-preview.ts";
import { runInProcess } from "../unit/cli/harness.ts";
import { usersTree } from "./users-tree.ts";
import { gitIn, put } from "./workspace-fixture.ts";

const root = realpathSync(mkdtempSync(path.join(tmpdir(), "wavegate-run-repositories-")));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const PLAN = "# Implementation Plan: X\n\n## Phase 1: A\n\n- [ ] 1.1 Do it in `src/a.ts` [1h]\n";
const git = gitIn;

/** A folder with the plan; whatever else is there, `make` says. */
function folder(name: string, make: (at: string) => void = () => {}): string {
  const at = path.join(root, name);
  mkdirSync(at);
  put(at, { "docs/plans/x.md": PLAN, "wavegate.config.yaml": "{}\n" });
  make(at);
  return at;
}

/** A repository with one commit. */
function repository(name: string, make: (at: string) => void = () => {}): string {
  return folder(name, (at) => {
    git(at, "init", "-q", "-b", "main");
    git(at, "config", "user.name", "User");
    git(at, "config", "user.email", "user@localhost");
    git(at, "add", "-A");
    git(at, "commit", "-q", "-m", "first");
    make(at);
  });
}

async function dryRun(cwd: string, ...more: readonly string[]) {
  const env = { ...process.env, WAVEGATE_HOME: path.join(root, "home") };
  const open = async () => openApp({ cwd, env });
  return runInProcess(["run", "docs/plans/x.md", "--dry-run", ...more], open, { cwd });
}

const unborn = (at: string) => git(at, "init", "-q");

function conflicting(at: string): void {
  git(at, "checkout", "-q", "-b", "other");
  put(at, { "a.txt": "one\n" });
  git(at, "add", "-A");
  git(at, "commit", "-q", "-m", "one");
  git(at, "checkout", "-q", "main");
  put(at, { "a.txt": "two\n" });
  git(at, "add", "-A");
  git(at, "commit", "-q", "-m", "two");
  try {
    execFileSync("git", ["merge", "-q", "other"], { cwd: at, stdio: "ignore" });
  } catch {
    // the conflict is what is wanted
  }
}

test.each([
  ["no-git", () => folder("no-git"), "REPOSITORY_MISSING", "git init"],
  ["unborn", () => folder("unborn", unborn), "REPOSITORY_UNFIT", "Commit what is"],
  ["mid-merge", () => repository("mid-merge", conflicting), "REPOSITORY_UNFIT", "Finish or abort"],
] as const)("%s is refused", async (_name, made, code, hint) => {
  const at = made();
  const { code: ended, stdout, stderr } = await dryRun(at);
  expect({ ended, stdout }).toEqual({ ended: 1, stdout: "" });
  expect(stderr).toMatch(new RegExp(`^error ${code}: [^\n]+\n {2}hint: [^\n]*${hint}`));
});

test("detached, dirty, shallow, with submodules and LFS: told, and not a byte of it changed", async () => {
  const origin = repository("origin", (at) => {
    put(at, { ".gitattributes": "*.bin filter=lfs -text\n" });
    git(at, "add", "-A");
    git(at, "update-index", "--add", "--cacheinfo", `160000,${git(at, "rev-parse", "HEAD")},lib/x`);
    git(at, "commit", "-q", "-m", "second");
  });
  const at = path.join(root, "clone");
  git(root, "clone", "-q", "--depth", "1", `file://${origin}`, at);
  git(at, "checkout", "-q", "--detach");
  put(at, { "new.txt": "not committed\n" });
  const before = usersTree(at);
  const { code, stdout, stderr } = await dryRun(at, "--json");
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect((JSON.parse(stdout) as RunPreview).repository).toMatchObject({
    branch: null,
    dirty: true,
    shallow: true,
    lfs: true,
    submodules: ["lib/x"],
  });
  expect(usersTree(at)).toEqual(before);
});

test("from a folder of the project, a plan of it is found by its name", async () => {
  const at = repository("inside");
  mkdirSync(path.join(at, "src"));
  const env = { ...process.env, WAVEGATE_HOME: path.join(root, "home") };
  const cwd = path.join(at, "src");
  const open = async () => openApp({ cwd, env });
  const { code, stdout } = await runInProcess(["run", "x", "--dry-run"], open, { cwd });
  expect(code).toBe(0);
  expect(stdout).toContain("docs/plans/x.md");
});
