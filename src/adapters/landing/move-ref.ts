import { setTimeout as pause } from "node:timers/promises";
import type { UserRepository } from "../shared/git/locate-repository.ts";
import { commitOf } from "../shared/git/own-git.ts";
import { gitOutput, runGit, whyFailed } from "../shared/git/run-git.ts";

export interface Move {
  readonly ref: string;
  /** Where it must be; undefined: it must not be there. */
  readonly from: string | undefined;
  readonly to: string;
  /** What the user's own log of the ref says; without it there is no log. */
  readonly note?: string;
}

/** Somebody else's git holds a lock for moments. */
const TRIES = 6;
const PAUSE_MS = 250;

/** How a reason begins that is git's own: a lock that stays, a disk. */
export const REFUSED = "git said:";

/** Move a ref of the user's repository by compare-and-set. Gives why not, as the end of a sentence. Where it is already is fine. */
export async function moveRef(
  repository: UserRepository,
  { ref, from, to, note }: Move,
): Promise<string | undefined> {
  const gitDir = repository.commonDir;
  const log = note === undefined ? [] : ["-c", "core.logAllRefUpdates=true"];
  const reason = note === undefined ? [] : ["-m", note];
  const args = [...log, "update-ref", ...reason, ref, to, from ?? "0".repeat(to.length)];
  // Nothing is written, nor logged, where it is there already.
  if (from === to && (await commitOf(repository, ref)) === to) return undefined;
  for (let attempt = 1; ; attempt++) {
    const end = await runGit({ gitDir, durable: true, args });
    if (end.exitCode === 0) return undefined;
    // Only what was refused has to be looked at.
    const now = await commitOf(repository, ref);
    if (now === to) return undefined;
    if (now !== from) return now === undefined ? "it is not there any more" : elsewhere(now, from);
    const isHeld = /Unable to create .*\.lock': File exists/.test(end.stderr);
    if (!isHeld || attempt === TRIES) return `${REFUSED} ${whyFailed(end)}`;
    await pause(PAUSE_MS);
  }
}

const elsewhere = (now: string, from: string | undefined): string =>
  from === undefined
    ? `there is one already, at ${now.slice(0, 12)}`
    : `somebody else moved it to ${now.slice(0, 12)}`;

/** Whether a commit leads to another, or is the same. */
export async function leadsTo(
  { commonDir }: UserRepository,
  later: string,
  earlier: string,
): Promise<boolean> {
  const args = ["merge-base", "--is-ancestor", earlier, later];
  return (await runGit({ gitDir: commonDir, args })).exitCode === 0;
}

/** How many commits one leads to that the other does not. */
export async function commitsBetween(
  { commonDir }: UserRepository,
  from: string,
  to: string,
): Promise<number> {
  const args = ["rev-list", "--count", to, `^${from}`];
  return Number(await gitOutput({ gitDir: commonDir, args }));
}
