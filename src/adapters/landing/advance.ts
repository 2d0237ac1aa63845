import type { LandingBranch } from "../../ports/landing.ts";
import type { UserRepository } from "../shared/git/locate-repository.ts";
import { commitOf } from "../shared/git/own-git.ts";
import { LandingError } from "./failure.ts";
import type { LandedFacts } from "./landed-facts.ts";
import { moveHead, type HeadMove } from "./move-head.ts";
import { leadsTo, moveRef } from "./move-ref.ts";
import { whoUses } from "./working-trees.ts";

export interface Advance extends HeadMove {
  readonly branches: readonly LandingBranch[];
}

/** The run's head first, which nobody else moves; then what people see of it. */
export async function advance(
  repository: UserRepository,
  { runId, from, to, branches }: Advance,
  facts: LandedFacts,
): Promise<readonly LandingBranch[]> {
  if (!facts.leadsTo(to, from) && !(await leadsTo(repository, to, from)))
    throw new LandingError("unknown-commit", `${to} does not lead to ${from}.`);
  await moveHead(repository, { runId, from, to });
  const moved: LandingBranch[] = [];
  for (const branch of branches) moved.push(await follow(repository, branch, runId, to));
  return moved;
}

async function follow(
  repository: UserRepository,
  { name, at }: LandingBranch,
  runId: string,
  to: string,
): Promise<LandingBranch> {
  const used = await whoUses(repository, name);
  const note = `wavegate: landed by ${runId}`;
  const lags = used?.why ?? (await moveRef(repository, { ref: name, from: at, to, note })) ?? null;
  if (lags === null) return { name, at: to, lags };
  const theirs = used ? undefined : await movedForward(repository, name, at);
  return { name, at, lags, ...(theirs !== undefined && { theirs }) };
}

/** Where somebody else put it, if that is in front of where the run did: what they took back is not brought in again. */
async function movedForward(
  repository: UserRepository,
  name: string,
  at: string,
): Promise<string | undefined> {
  const now = await commitOf(repository, name);
  const isForward = now !== undefined && now !== at && (await leadsTo(repository, now, at));
  return isForward ? now : undefined;
}
