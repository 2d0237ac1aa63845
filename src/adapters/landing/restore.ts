import type { LandingBranch, StandingRun } from "../../ports/landing.ts";
import type { UserRepository } from "../shared/git/locate-repository.ts";
import { commitOf } from "../shared/git/own-git.ts";
import { headRef, pointRef, runBranch } from "../shared/git/safe-refs.ts";
import { takeHead } from "./move-head.ts";
import { leadsTo, moveRef } from "./move-ref.ts";
import { whoUses } from "./working-trees.ts";

/** What is behind goes forward; a branch that somebody put elsewhere stays, and is told when the run moves on. */
export async function restore(
  repository: UserRepository,
  { runId, head, branches, points = [] }: StandingRun,
): Promise<void> {
  for (const { name, commit } of points)
    await moveRef(repository, { ref: pointRef(runId, name), from: undefined, to: commit });
  const now = await commitOf(repository, headRef(runId));
  if (now !== undefined && (await leadsTo(repository, now, head))) return;
  await takeHead(repository, { runId, now, to: head });
  for (const branch of branches ?? [{ name: runBranch(runId), at: head, lags: null }])
    if (branch.lags === null) await bringForward(repository, branch, runId);
}

async function bringForward(
  repository: UserRepository,
  { name, at }: LandingBranch,
  runId: string,
): Promise<void> {
  const now = await commitOf(repository, name);
  if (now === at || !(await isBehind(repository, now, at))) return;
  if (now !== undefined && (await whoUses(repository, name))) return;
  const note = `wavegate: ${runId} went on elsewhere`;
  await moveRef(repository, { ref: name, from: now, to: at, note });
}

const isBehind = async (
  repository: UserRepository,
  now: string | undefined,
  at: string,
): Promise<boolean> => now === undefined || leadsTo(repository, at, now);
