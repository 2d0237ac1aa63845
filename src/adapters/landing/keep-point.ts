import type { KeepPoint } from "../../ports/landing.ts";
import type { UserRepository } from "../shared/git/locate-repository.ts";
import { commitOf } from "../shared/git/own-git.ts";
import { headRef, pointRef } from "../shared/git/safe-refs.ts";
import { LandingError } from "./failure.ts";
import { leadsTo, moveRef } from "./move-ref.ts";

/** A ref on a commit that the run's head was on; made once, never moved. */
export async function keepPoint(
  repository: UserRepository,
  { runId, name, commit }: KeepPoint,
): Promise<{ readonly ref: string }> {
  const head = await commitOf(repository, headRef(runId));
  if (head === undefined || !(await leadsTo(repository, head, commit)))
    throw new LandingError("unknown-commit", `The head of ${runId} was never on ${commit}.`);
  const ref = pointRef(runId, name);
  const why = await moveRef(repository, { ref, from: undefined, to: commit });
  if (why !== undefined) throw new LandingError("head-moved", `${ref}: ${why}.`);
  return { ref };
}
