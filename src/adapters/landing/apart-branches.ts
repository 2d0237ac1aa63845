import type { ApartBranch, LandedTask } from "../../ports/landing.ts";
import type { UserRepository } from "../shared/git/locate-repository.ts";
import { runGit } from "../shared/git/run-git.ts";

/** Branches looked at, the newest. */
const MOST_BRANCHES = 50;
const MOST_COMMITS = 10_000;

/**
 * What runs landed on branches of their own (`refs/heads/wavegate/…`) and a commit does not have, the newest branch first. One whose changes are
 * all there in other commits, as after a squash, is left out. Empty where git can't tell.
 */
export async function apartBranches(
  repository: UserRepository,
  commit: string,
): Promise<readonly ApartBranch[]> {
  const listed = await output(repository, [
    "for-each-ref",
    "--sort=-committerdate",
    `--no-merged=${commit}`,
    `--count=${MOST_BRANCHES}`,
    "--format=%(objectname) %(refname)",
    "refs/heads/wavegate",
  ]);
  const apart: ApartBranch[] = [];
  for (const line of linesOf(listed)) {
    const tip = line.slice(0, line.indexOf(" "));
    if (await hasAllOf(repository, commit, tip)) continue;
    const branch = line.slice(tip.length + 1);
    const missing = await landedTasks(repository, tip, commit);
    if (missing.length > 0)
      apart.push({ branch, missing, there: await landedTasks(repository, commit, tip) });
  }
  return apart;
}

const trailer = (name: string): string =>
  `%(trailers:key=Wavegate-${name},valueonly,separator=%x20)`;

/** Tasks that landed in what one commit leads to and another does not. */
async function landedTasks(
  repository: UserRepository,
  to: string,
  from: string,
): Promise<readonly LandedTask[]> {
  const said = await output(repository, [
    "log",
    "--no-color",
    "--no-show-signature",
    `--max-count=${MOST_COMMITS}`,
    `--format=${trailer("Run")}%x00${trailer("Task")}`,
    to,
    `^${from}`,
  ]);
  return linesOf(said).flatMap((line) => {
    const [runId = "", task = ""] = line.split("\0");
    return runId === "" || task === "" ? [] : [{ runId, task }];
  });
}

/** Whether every path that a branch changed since it began is in a commit as the branch has it. */
async function hasAllOf(repository: UserRepository, commit: string, tip: string): Promise<boolean> {
  const base = (await output(repository, ["merge-base", commit, tip])).trim();
  if (base === "") return false;
  const changed = await changedPaths(repository, base, tip);
  const differing = new Set(await changedPaths(repository, commit, tip));
  return changed.length > 0 && !changed.some((path) => differing.has(path));
}

async function changedPaths(
  repository: UserRepository,
  from: string,
  to: string,
): Promise<readonly string[]> {
  const args = ["diff-tree", "-r", "-z", "--name-only", "--no-renames", from, to];
  const end = await runGit({ gitDir: repository.commonDir, args });
  // Bytes are compared: a name need not be UTF-8.
  return end.exitCode === 0 ? end.stdout.toString("latin1").split("\0").filter(Boolean) : [];
}

async function output({ commonDir }: UserRepository, args: readonly string[]): Promise<string> {
  const end = await runGit({ gitDir: commonDir, args });
  return end.exitCode === 0 ? end.stdout.toString("utf8") : "";
}

const linesOf = (text: string): readonly string[] => text.split("\n").filter((line) => line !== "");
