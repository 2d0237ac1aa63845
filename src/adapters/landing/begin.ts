import { WavegateError } from "../../core/error.ts";
import type { LandingBranch } from "../../ports/landing.ts";
import type { UserRepository } from "../shared/git/locate-repository.ts";
import { commitOf } from "../shared/git/own-git.ts";
import { headRef, runBranch } from "../shared/git/safe-refs.ts";
import { branchName, shellWord } from "./branch-name.ts";
import { leadsTo, moveRef } from "./move-ref.ts";
import { whoUses } from "./working-trees.ts";

export interface Begin {
  readonly runId: string;
  readonly base: string;
  readonly target: string | null;
}

/** The target first: a run that can't have it makes no branch. */
export async function begin(
  repository: UserRepository,
  { runId, base, target }: Begin,
): Promise<readonly LandingBranch[]> {
  const followed = target === null ? [] : [await beginTarget(repository, runId, base, target)];
  const known = await commitOf(repository, headRef(runId));
  const head = known !== undefined && (await leadsTo(repository, known, base)) ? known : base;
  if (known !== head) await moveOrThrow(repository, { ref: headRef(runId), from: known, to: head });
  return [await beginBranch(repository, runId, head), ...followed];
}

async function beginBranch(
  repository: UserRepository,
  runId: string,
  at: string,
): Promise<LandingBranch> {
  const ref = runBranch(runId);
  const note = `wavegate: ${runId} began`;
  const why = await moveRef(repository, { ref, from: undefined, to: at, note });
  return { name: ref, at, lags: why ?? null };
}

async function beginTarget(
  repository: UserRepository,
  runId: string,
  base: string,
  target: string,
): Promise<LandingBranch> {
  const { ref, at } = await targetOf(repository, { base, target });
  if (at !== undefined) return { name: ref, at, lags: null };
  const note = `wavegate: ${runId} began`;
  await moveOrThrow(repository, { ref, from: undefined, to: base, note });
  return { name: ref, at: base, lags: null };
}

/** The branch that is to follow a run, and the commit that it is on, if it is there. Throws where it can't; makes nothing. */
export async function targetOf(
  repository: UserRepository,
  { base, target }: { readonly base: string; readonly target: string },
): Promise<{ readonly ref: string; readonly at: string | undefined }> {
  const ref = await branchName(repository, target);
  const used = await whoUses(repository, ref);
  if (used)
    throw new WavegateError("BRANCH_IN_USE", `${target} can't follow a run: ${used.why}.`, {
      hint: "Name a branch that is checked out nowhere, or none, and bring the work over at the end: wavegate land RUN.",
    });
  const at = await commitOf(repository, ref);
  if (at === undefined && (await commitOf(repository, `refs/remotes/${target}`)) !== undefined)
    throw new WavegateError(
      "BRANCH_MISSING",
      `${target} is a branch of a remote: only branches of this repository are moved.`,
      { hint: `Name one of them: --target ${shellWord(target.slice(target.indexOf("/") + 1))}` },
    );
  if (at === undefined || (await leadsTo(repository, base, at))) return { ref, at };
  throw new WavegateError(
    "BRANCH_DIVERGED",
    `${target} has commits that the run would not begin with.`,
    {
      hint: `Begin on top of them: git switch ${shellWord(target)}, or merge it first; or name another branch.`,
    },
  );
}

async function moveOrThrow(
  repository: UserRepository,
  move: Parameters<typeof moveRef>[1],
): Promise<void> {
  const why = await moveRef(repository, move);
  if (why === undefined) return;
  throw new WavegateError("BRANCH_IN_USE", `${move.ref} can't be made: ${why}.`, {
    hint: "Do what git says, or name another branch.",
  });
}
