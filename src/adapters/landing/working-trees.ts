import { lstat, readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { halfDone, type UserRepository } from "../shared/git/locate-repository.ts";
import { runGit } from "../shared/git/run-git.ts";

/** A working tree of the user's repository: the main one, or a linked one. */
export interface WorkingTree {
  /** Its own git folder. */
  readonly gitDir: string;
  readonly folder: string;
  /** Full name of the branch that HEAD is on; undefined where it is detached. */
  readonly branch: string | undefined;
  /** Branches that something begun there comes back to: a rebase, a bisection. */
  readonly wanted: readonly string[];
  /** What it is in the middle of. */
  readonly halfDone: string | undefined;
}

/** Files that name a branch while something is half done; git does not move such a branch either. */
const NAMING = [
  "rebase-merge/head-name",
  "rebase-merge/update-refs",
  "rebase-apply/head-name",
  "BISECT_START",
];

/** All working trees of a repository. A bare one has none of its own. */
export async function workingTrees(repository: UserRepository): Promise<readonly WorkingTree[]> {
  const { commonDir } = repository;
  const linked = path.join(commonDir, "worktrees");
  const names = await readdir(linked).catch(() => []);
  const trees = await Promise.all(
    names.map(async (name) => {
      const gitDir = path.join(linked, name);
      const pointer = (await textOf(path.join(gitDir, "gitdir"))).trim();
      return pointer === ""
        ? undefined
        : treeAt(gitDir, path.dirname(path.resolve(gitDir, pointer)));
    }),
  );
  const main = await mainTree(repository);
  return [...(main === undefined ? [] : [main]), ...trees.filter((tree) => tree !== undefined)];
}

/** The working tree that a branch must not be moved under, and why, as the end of a sentence. */
export async function whoUses(
  repository: UserRepository,
  branch: string,
): Promise<{ readonly tree: WorkingTree; readonly why: string } | undefined> {
  for (const tree of await workingTrees(repository)) {
    if (tree.branch === branch) return { tree, why: `it is checked out in ${tree.folder}` };
    if (tree.wanted.includes(branch))
      return { tree, why: `something begun in ${tree.folder} comes back to it` };
  }
  return undefined;
}

async function mainTree(repository: UserRepository): Promise<WorkingTree | undefined> {
  const { gitDir, commonDir, workTree } = repository;
  if (gitDir === commonDir) return treeAt(gitDir, workTree);
  const bare = await runGit({ gitDir: commonDir, args: ["config", "--bool", "core.bare"] });
  if (bare.stdout.toString("utf8").trim() === "true") return undefined;
  const args = ["worktree", "list", "--porcelain"];
  const [first = ""] = (await runGit({ gitDir: commonDir, args })).stdout
    .toString("utf8")
    .split("\n");
  return treeAt(commonDir, first.replace(/^worktree /, ""));
}

async function treeAt(gitDir: string, folder: string): Promise<WorkingTree> {
  const head = await runGit({ gitDir, args: ["symbolic-ref", "-q", "HEAD"] });
  const texts = await Promise.all(NAMING.map((name) => textOf(path.join(gitDir, name))));
  return {
    gitDir,
    folder,
    branch: head.exitCode === 0 ? head.stdout.toString("utf8").trim() : undefined,
    wanted: texts.flatMap((text) => text.split("\n")).flatMap(fullName),
    halfDone: await halfDone(gitDir),
  };
}

/** A bisection keeps the branch without its folder. */
function fullName(line: string): readonly string[] {
  const name = line.trim();
  if (name === "") return [];
  return [name.startsWith("refs/") ? name : `refs/heads/${name}`];
}

const MAX_BYTES = 100_000;

async function textOf(file: string): Promise<string> {
  const about = await lstat(file).catch(() => undefined);
  return about?.isFile() && about.size <= MAX_BYTES ? readFile(file, "utf8") : "";
}
