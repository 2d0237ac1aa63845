import type { UserRepository } from "../shared/git/locate-repository.ts";
import { commitOf } from "../shared/git/own-git.ts";
import { headRef, rescueRef, runBranch } from "../shared/git/safe-refs.ts";
import { LandingError } from "./failure.ts";
import { leadsTo, moveRef, REFUSED } from "./move-ref.ts";

export interface HeadMove {
  readonly runId: string;
  readonly from: string;
  readonly to: string;
}

/**
 * Move a run's head. Only its steps move it, so one that is further on than `from` was moved by a step whose end was never recorded, and is
 * told. One that is missing, or apart from where the run went on elsewhere, is taken there.
 */
export async function moveHead(repository: UserRepository, move: HeadMove): Promise<void> {
  const { runId, from, to } = move;
  const why = await moveRef(repository, { ref: headRef(runId), from, to });
  if (why === undefined) return;
  if (why.startsWith(REFUSED)) throw failed(runId, why, "git-failed");
  const now = await commitOf(repository, headRef(runId));
  if (now !== undefined && (await leadsTo(repository, now, from)))
    throw new LandingError("head-moved", `The head of ${runId}: ${why}.`, now);
  await takeHead(repository, { runId, now, to });
}

/** Take a head that is behind, missing or apart to where the run is; what would be lost with it is kept. */
export async function takeHead(
  repository: UserRepository,
  {
    runId,
    now,
    to,
  }: { readonly runId: string; readonly now: string | undefined; readonly to: string },
): Promise<void> {
  const isApart = now !== undefined && !(await leadsTo(repository, to, now));
  if (isApart)
    await moveOrThrow(repository, runId, {
      ref: rescueRef(runId, "head", now),
      from: undefined,
      to: now,
    });
  await moveOrThrow(repository, runId, { ref: headRef(runId), from: now, to });
  if (!isApart) return;
  // The run's own branch was put there with it; one that somebody else moved stays.
  const note = `wavegate: ${runId} went on elsewhere`;
  await moveRef(repository, { ref: runBranch(runId), from: now, to, note });
}

async function moveOrThrow(
  repository: UserRepository,
  runId: string,
  move: Parameters<typeof moveRef>[1],
): Promise<void> {
  const why = await moveRef(repository, move);
  if (why !== undefined)
    throw failed(runId, why, why.startsWith(REFUSED) ? "git-failed" : "head-moved");
}

const failed = (runId: string, why: string, kind: "git-failed" | "head-moved"): LandingError =>
  new LandingError(kind, `The head of ${runId}: ${why}.`);
