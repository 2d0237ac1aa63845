import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "vitest";
import { createLanding } from "../../src/adapters/landing/create-landing.ts";
import type { Gathered, Landing, LandingItem } from "../../src/ports/landing.ts";
import { gitIn, never, put } from "./workspace-fixture.ts";
import { usersTree } from "./users-tree.ts";

const QUIET = [
  "core.hooksPath=/dev/null",
  "core.fsmonitor=false",
  "filter.evil.clean=cat",
  "filter.evil.smudge=cat",
].flatMap((setting) => ["-c", setting]);

/** A user's repository (`there`: one that is), and tasks whose work is there as commits on it, as workspaces collect it. */
export function landingFixture(there?: { readonly project: string; readonly folder: string }) {
  const folder =
    there?.folder ?? realpathSync(mkdtempSync(path.join(tmpdir(), "wavegate-landing-")));
  const project = there?.project ?? path.join(folder, "project");
  const root = path.join(folder, "state");
  /** Of what tests put into its configuration nothing is run by the test itself. */
  const git = (...args: string[]) => gitIn(project, ...QUIET, ...args);
  if (!there) {
    mkdirSync(project);
    git("init", "-q", "-b", "main");
  }
  git("config", "user.name", "User");
  git("config", "user.email", "user@localhost");
  const landing = createLanding({ project, root });
  const gitWith = (env: Readonly<Record<string, string>>, args: readonly string[]) =>
    execFileSync("git", [...QUIET, ...args], {
      cwd: project,
      encoding: "utf8",
      env: { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1", ...env },
    }).trim();
  const keep = (task: string, base: string, tree: string): LandingItem => {
    const work = git("commit-tree", tree, "-p", base, "-m", `Work on ${task}`);
    git("update-ref", `refs/wavegate/run-1/${task}`, work);
    return { task, work, base, message: `${task} done\n\nWavegate-Task: ${task}\n` };
  };
  const fixture = {
    folder,
    project,
    root,
    git,
    gitWith,
    landing,
    commit(files: Readonly<Record<string, string>>, message = "by the user"): string {
      put(project, files);
      git("add", "-A");
      git("commit", "-q", "-m", message);
      return git("rev-parse", "HEAD");
    },
    /** What a task left that only wrote files. */
    put(task: string, base: string, files: Readonly<Record<string, string>>): LandingItem {
      const env = { GIT_INDEX_FILE: path.join(folder, `index-${task}`) };
      const tree = path.join(folder, `tree-${task}`);
      put(tree, files);
      gitWith(env, ["read-tree", base]);
      gitWith(env, [`--work-tree=${tree}`, "add", "-f", "--", ...Object.keys(files)]);
      return keep(task, base, gitWith(env, ["write-tree"]));
    },
    /** What a task left: changes of the tree that `base` has, by whatever is done there. `git` works on that tree. */
    work(
      task: string,
      base: string,
      change: (tree: string, git: (...args: string[]) => string) => void,
    ): LandingItem {
      const env = { GIT_INDEX_FILE: path.join(folder, `index-${task}`) };
      const tree = path.join(folder, `tree-${task}`);
      mkdirSync(tree);
      const inTree = (...args: string[]) => gitWith(env, [`--work-tree=${tree}`, ...args]);
      inTree("read-tree", base);
      inTree("checkout-index", "-a");
      change(tree, inTree);
      inTree("add", "-A", ".");
      return keep(task, base, inTree("write-tree"));
    },
    gather: (head: string, ...items: readonly LandingItem[]) =>
      fixture.gatherBy(landing, head, items),
    async gatherBy(by: Landing, head: string, items: readonly LandingItem[]): Promise<Gathered> {
      const request = { runId: "run-1", head, items, at: 1_700_000_000 };
      const gathered = await by.gather(request, never);
      if (!gathered.ok) throw new Error(`${gathered.error.kind}: ${gathered.error.message}`);
      return gathered.value;
    },
    /** Run something, and see that the user's tree is byte for byte as it was. */
    async untouched<T>(action: () => Promise<T>): Promise<T> {
      const before = usersTree(project);
      const value = await action();
      expect(usersTree(project)).toBe(before);
      return value;
    },
    /** As `untouched`, for what moves one branch that is out elsewhere. */
    async untouchedBut<T>(branch: string, action: () => Promise<T>): Promise<T> {
      const before = git("rev-parse", branch);
      const tree = usersTree(project);
      const value = await action();
      const after = git("rev-parse", branch);
      git("update-ref", branch, before);
      expect(usersTree(project)).toBe(tree);
      git("update-ref", branch, after);
      return value;
    },
    textAt: (commit: string, file: string) => git("cat-file", "blob", `${commit}:${file}`),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
  return fixture;
}
