import { formatDuration } from "../core/duration.ts";
import { reactionTo } from "./failures.ts";
import { mendOf, type Mend } from "./mend.ts";
import type { RetryPolicy } from "./stage-spec.ts";

/** Why an attempt failed, as far as trying again is concerned. */
export type AttemptFailure = {
  readonly kind: string;
  readonly message: string;
  readonly retryAfterMs?: number;
  /** The agent was told what is wrong within this attempt, and gave a wrong answer again. */
  readonly repaired?: boolean;
  /** It failed before a model had taken anything of it: the very request was the cause. */
  readonly unused?: boolean;
};

export type NextMove =
  | { readonly move: "retry"; readonly waitMs: number }
  /** With `mend`, only a person or time can help: without a fallback the run is held for it. */
  | { readonly move: "give-up"; readonly because: string; readonly mend?: Mend };

/** What one agent has for filling a role. */
export type Patience = RetryPolicy & {
  /** What is left of the stage's time: a wait that would outlast it is not begun. */
  readonly remainingMs?: number;
  /** The agent's name, for people. */
  readonly agent?: string;
  /** Whether another one can be asked instead. */
  readonly fallback?: boolean;
};

/**
 * Waits for a provider use up no attempts of the role, but they end. Agents ask a busy provider again by themselves
 * (codex 30 requests in 25 s, gemini 10 in 211 s, measured against endless 529), so that each of ours is many: these
 * are the most that ours multiply them by. With the stage's time they bound every role.
 */
export const WAITS = {
  /** Most waits for a provider in one round of a role. Doubled from a second up to `maxMs` they last 7 to 8 minutes. */
  most: 12,
  /** The same where a fallback can be asked instead. */
  beforeFallback: 3,
  /** Longest wait that is not asked for; a longer one of the stage's `retry.max` counts. */
  maxMs: 60_000,
} as const;

/** What grew too long while an agent read is asked for with less once; a second time costs a whole context again. */
const TOO_LONG = 2;
/** An invalid answer is asked for once more (AG-02), in the same attempt or in another: more of that multiplies what is paid. */
const WRONG_ANSWERS = 2;

/**
 * What to do after `failures.length` failed attempts of one agent (ST-04), by the reactions of `failures.ts`: exponential
 * backoff, doubled per retry, spread over ± half by `chance`, never shorter than what the provider asked for.
 *
 * @param chance 0 to 1; the caller draws it, so that replay decides the same.
 */
export function nextMove(
  policy: Patience,
  failures: readonly AttemptFailure[],
  chance: number,
): NextMove {
  const last = failures.at(-1);
  if (!last) return { move: "retry", waitMs: 0 };
  switch (reactionTo(last.kind)) {
    case "retry": {
      const tried = failures.filter(({ kind }) => reactionTo(kind) === "retry").length;
      if (last.kind === "context-too-long" && isLongAgain(failures, last))
        return { move: "give-up", because: last.message };
      if (wrongAnswers(failures) >= WRONG_ANSWERS)
        return { move: "give-up", because: `its answer was wrong again: ${last.message}` };
      return tried > policy.retries
        ? { move: "give-up", because: `${tried} attempts failed: ${last.message}` }
        : retryAfter(policy, last, { chance, times: tried, maxMs: policy.maxMs });
    }
    case "wait":
      return waitFor(policy, failures, last, chance);
    case "mend":
      // A plan that begins anew within the stage's time needs nobody.
      return last.retryAfterMs === undefined
        ? { move: "give-up", because: last.message, mend: mendOf(policy.agent, last) }
        : waitFor(policy, failures, last, chance);
    case "next":
      return { move: "give-up", because: last.message };
    case "end":
      return outOfTime(policy, failures, last);
  }
}

/** A request that was too long as it was is as long again. */
const isLongAgain = (failures: readonly AttemptFailure[], last: AttemptFailure): boolean =>
  last.unused === true || failures.filter(({ kind }) => kind === last.kind).length >= TOO_LONG;

/** How many answers in a row did not hold, up to the last failure. */
function wrongAnswers(failures: readonly AttemptFailure[]): number {
  const before = failures.findLastIndex(({ kind }) => kind !== "invalid-output");
  const row = failures.slice(before + 1);
  return row.length + row.filter(({ repaired }) => repaired === true).length;
}

function waitFor(
  policy: Patience,
  failures: readonly AttemptFailure[],
  last: AttemptFailure,
  chance: number,
): NextMove {
  const waits = failures.filter(isWait).length;
  const most = policy.fallback === true ? WAITS.beforeFallback : WAITS.most;
  const mend = mendOf(policy.agent, last);
  if (waits > most)
    return { move: "give-up", because: `waited ${most} times: ${last.message}`, mend };
  const maxMs = Math.max(policy.maxMs, WAITS.maxMs);
  const next = retryAfter(policy, last, { chance, times: waits, maxMs });
  return next.move === "retry" ? next : { ...next, mend };
}

const isWait = ({ kind, retryAfterMs }: AttemptFailure): boolean =>
  reactionTo(kind) === "wait" || (reactionTo(kind) === "mend" && retryAfterMs !== undefined);

/** The stage's time went by: if it was waited for a provider, that is what has to be mended. */
function outOfTime(
  { agent }: Patience,
  failures: readonly AttemptFailure[],
  last: AttemptFailure,
): NextMove {
  const because = last.message;
  const before = failures.at(-2);
  return last.kind === "stage-timeout" && before && isWait(before)
    ? { move: "give-up", because, mend: mendOf(agent, before) }
    : { move: "give-up", because };
}

function retryAfter(
  policy: Patience,
  last: AttemptFailure,
  spread: { readonly chance: number; readonly times: number; readonly maxMs: number },
): NextMove {
  const base = Math.min(spread.maxMs, policy.initialMs * 2 ** (spread.times - 1));
  const drawn = Math.min(Math.round(base * (0.5 + spread.chance)), spread.maxMs);
  const waitMs = Math.max(drawn, last.retryAfterMs ?? 0);
  if (waitMs < (policy.remainingMs ?? Infinity)) return { move: "retry", waitMs };
  const next = `the next try, in ${formatDuration(waitMs)}, would be after the stage's time`;
  return { move: "give-up", because: `${next}: ${last.message}` };
}

/** A number in [0, 1) that depends on the text alone (FNV-1a), for jitter that a replay repeats. */
export function chanceOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++)
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return hash / 2 ** 32;
}
