import path from "node:path";
import { WavegateError } from "../../core/error.ts";
import { oneLine } from "../../core/text.ts";
import type { LandedOnto, LandOnto } from "../../ports/landing.ts";
import { isThere, type UserRepository } from "../shared/git/locate-repository.ts";
import { commitOf } from "../shared/git/own-git.ts";
import { runGit } from "../shared/git/run-git.ts";
import { headRef, pointRef, runBranch } from "../shared/git/safe-refs.ts";
import { branchName, shellWord, shortBranch } from "./branch-name.ts";
import { commitsBetween, leadsTo, moveRef } from "./move-ref.ts";
import { inTheWay } from "./in-the-way.ts";
import { lookBefore, putBack } from "./put-back.ts";
import { usersGit } from "./users-git.ts";
import { whoUses, type WorkingTree } from "./working-trees.ts";

/** Bring what a run landed to a branch, forward only. Either all of it happens or nothing. */
export async function landOnto(
  repository: UserRepository,
  { runId, onto, point }: LandOnto,
): Promise<LandedOnto> {
  const to = await landedCommit(repository, runId, point);
  const branch =
    onto === undefined ? await currentBranch(repository) : await branchName(repository, onto);
  const from = await commitOf(repository, branch);
  if (from === undefined)
    throw new WavegateError("BRANCH_MISSING", `There is no branch ${shortBranch(branch)}.`, {
      hint: `Make it first: git branch ${shellWord(shortBranch(branch))}.`,
    });
  const landed = { branch, from, to, tree: null };
  if (await leadsTo(repository, from, to)) return { ...landed, to: from, commits: 0 };
  if (!(await leadsTo(repository, to, from))) throw await diverged(repository, runId, landed);
  const commits = await commitsBetween(repository, from, to);
  const used = await whoUses(repository, branch);
  if (used) return { ...landed, commits, tree: await bringAlong(used.tree, landed) };
  const why = await moveRef(repository, {
    ref: branch,
    from,
    to,
    note: `wavegate: ${runId} landed`,
  });
  if (why === undefined) return { ...landed, commits };
  throw new WavegateError("BRANCH_IN_USE", `${shortBranch(branch)} was not moved: ${why}.`, {
    hint: "Try again.",
  });
}

async function landedCommit(
  repository: UserRepository,
  runId: string,
  point: string | undefined,
): Promise<string> {
  const ref = point === undefined ? headRef(runId) : pointRef(runId, point);
  const commit = await commitOf(repository, ref);
  if (commit !== undefined) return commit;
  const points = point === undefined ? [] : await pointsOf(repository, path.dirname(ref));
  const hint =
    points.length > 0
      ? `Its points: ${oneLine(points.join(", "), 400)}.`
      : "wavegate show RUN says how its tasks stand, and wavegate runs which runs there are.";
  throw new WavegateError(
    "LANDING_MISSING",
    point === undefined
      ? `Nothing of ${runId} is landed in this repository.`
      : `${runId} kept no point ${oneLine(point, 80)} in this repository.`,
    { hint },
  );
}

async function pointsOf({ gitDir }: UserRepository, folder: string): Promise<readonly string[]> {
  const end = await runGit({ gitDir, args: ["for-each-ref", "--format=%(refname)", folder] });
  return end.stdout
    .toString("utf8")
    .split("\n")
    .flatMap((ref) => (ref === "" ? [] : [ref.slice(folder.length + 1)]));
}

async function currentBranch({ gitDir }: UserRepository): Promise<string> {
  const end = await runGit({ gitDir, args: ["symbolic-ref", "-q", "HEAD"] });
  if (end.exitCode === 0) return end.stdout.toString("utf8").trim();
  throw new WavegateError("BRANCH_MISSING", "HEAD is on no branch.", {
    hint: "Name the branch: --onto BRANCH.",
  });
}

async function diverged(
  repository: UserRepository,
  runId: string,
  { branch, from, to }: { readonly branch: string; readonly from: string; readonly to: string },
): Promise<WavegateError> {
  const [theirs, ours] = await Promise.all([
    commitsBetween(repository, to, from),
    commitsBetween(repository, from, to),
  ]);
  const shown = await commitOf(repository, runBranch(runId));
  const name = shown === to ? shortBranch(runBranch(runId)) : to;
  const words = `${shortBranch(branch)} has ${theirs} ${theirs === 1 ? "commit" : "commits"} that the run does not know`;
  return new WavegateError(
    "BRANCH_DIVERGED",
    `${words}; the run landed ${ours}. Nothing was changed.`,
    {
      hint: `Merge them and test: git switch ${shellWord(shortBranch(branch))} && git merge ${name}.`,
    },
  );
}

/**
 * `git merge --ff-only`: git looks at all paths before it writes the first. Where it fails at a later one, as on a full disk, what it wrote is
 * taken back.
 */
async function bringAlong(
  tree: WorkingTree,
  { branch, from, to }: { readonly branch: string; readonly from: string; readonly to: string },
): Promise<string> {
  const name = shortBranch(branch);
  if (tree.branch !== branch || tree.halfDone !== undefined)
    throw new WavegateError(
      "BRANCH_IN_USE",
      `${tree.folder} is in the middle of a ${tree.halfDone ?? "rebase or bisection"} with ${name}.`,
      { hint: "Finish or abort it, then try again." },
    );
  if (await isThere(path.join(tree.gitDir, "index.lock")))
    throw new WavegateError(
      "BRANCH_IN_USE",
      `Another git is at work in ${tree.folder}, or died there: index.lock.`,
      { hint: "Wait for it. Where no git runs any more, remove the file." },
    );
  const found = await inTheWay(tree, { from, to });
  if (found.length > 0)
    throw wouldOverwrite(
      tree.folder,
      found.map((each) => oneLine(each, 200)),
    );
  const before = await lookBefore(tree, { from, to });
  const options = ["--ff-only", "--no-overwrite-ignore", "--no-stat", "--quiet", "--no-squash"];
  const own = ["-c", `branch.${name}.mergeOptions=`];
  const { exitCode, said } = await usersGit(tree, [...own, "merge", ...options, to]);
  if (exitCode === 0) return tree.folder;
  const left = await putBack(tree, { from, to }, { ...before, said });
  if (left.length === 0) throw asGitSays(tree.folder, said);
  const message = `${tree.folder} is half changed: git said: ${oneLine(said, 200)}; not as it was: ${named(left)}.`;
  throw new WavegateError("TREE_HALF_CHANGED", message, {
    hint: "Free some space, then: git restore --source=HEAD --worktree on what is named, and remove what is new. None of it was changed by you.",
  });
}

/** Paths are the lines that git moves in. */
function asGitSays(folder: string, said: string): WavegateError {
  const paths = said
    .split("\n")
    .filter((line) => line.startsWith("\t"))
    .map((line) => oneLine(line, 200));
  if (paths.length > 0) return wouldOverwrite(folder, paths);
  const message = `${folder} was not changed: git said: ${oneLine(said, 300)}`;
  return new WavegateError("BRANCH_IN_USE", message, { hint: "Do what git says, then try again." });
}

const wouldOverwrite = (folder: string, paths: readonly string[]): WavegateError =>
  new WavegateError(
    "TREE_IN_THE_WAY",
    `In ${folder}, ${named(paths)} would be overwritten. Nothing was changed.`,
    { hint: "Commit, stash or move what is there, then try again." },
  );

const NAMED = 5;

const named = (paths: readonly string[]): string =>
  paths.length <= NAMED
    ? paths.join(", ")
    : `${paths.slice(0, NAMED).join(", ")} and ${paths.length - NAMED} more`;
