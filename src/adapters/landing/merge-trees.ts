import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { GitError, gitOutput, runGit } from "../shared/git/run-git.ts";
import { readConflicts, type Conflict } from "./read-conflicts.ts";

export interface MergeTrees {
  /** Of ours; takes the objects. */
  readonly gitDir: string;
  /** Where git reads attributes. */
  readonly attributes: string;
  /** Trees: what both began with, what landed, what the task left. */
  readonly base: string;
  readonly landed: string;
  readonly task: string;
  /** Commits with the trees of both sides, where their history leads to the base and nowhere else. */
  readonly commits: Sides | undefined;
  readonly signal: AbortSignal;
}

/** A commit for each. */
export interface Sides {
  readonly landed: string;
  readonly task: string;
}

export type MergedTrees =
  | { readonly kind: "merged"; readonly tree: string }
  /** `tree` has the conflicts as marks in its files. */
  | { readonly kind: "conflict"; readonly tree: string; readonly conflicts: readonly Conflict[] };

/** How the sides are called in marks and messages. */
export const SIDES = { landed: "landed", task: "task" } as const;

const RULES = ["-c", "merge.conflictStyle=diff3", "-c", "merge.renames=true"];
const MERGE_MS = 10 * 60_000;

/** Merge three trees, without a working tree. */
export async function mergeTrees(request: MergeTrees): Promise<MergedTrees> {
  const { gitDir, attributes, signal } = request;
  const commits = request.commits ?? (await sidesOf(request));
  await nameCommit(gitDir, `refs/heads/${SIDES.landed}`, commits.landed);
  await nameCommit(gitDir, `refs/heads/${SIDES.task}`, commits.task);
  const end = await runGit({
    gitDir,
    workTree: attributes,
    args: [...RULES, "merge-tree", "--write-tree", "-z", "--messages", SIDES.landed, SIDES.task],
    timeoutMs: MERGE_MS,
    maxOutputBytes: 2 ** 28,
    signal,
  });
  if (end.exitCode !== 0 && end.exitCode !== 1) throw new GitError("merge-tree", end);
  const { tree, conflicts } = readConflicts(end.stdout, Object.values(SIDES));
  return end.exitCode === 0 ? { kind: "merged", tree } : { kind: "conflict", tree, conflicts };
}

/** The trees in commits of their own, so that the base is the one that is given, whatever the history (git before 2.40 can't be told). */
async function sidesOf({ gitDir, base, landed, task, signal }: MergeTrees): Promise<Sides> {
  const commit = async (tree: string, ...parents: readonly string[]) => {
    const args = ["commit-tree", tree, ...parents.flatMap((id) => ["-p", id]), "-m", "side"];
    return (await gitOutput({ gitDir, args, date: 0x40000000, signal })).trim();
  };
  const root = await commit(base);
  return { landed: await commit(landed, root), task: await commit(task, root) };
}

/** Without a process: the folder is ours. */
export async function nameCommit(gitDir: string, ref: string, commit: string): Promise<void> {
  const file = path.join(gitDir, ...ref.split("/"));
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, `${commit}\n`);
}
