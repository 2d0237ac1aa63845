import { reactionTo, type Reaction } from "./failures.ts";
import type { RetryPolicy } from "./stage-spec.ts";

/** Why an attempt failed, as far as trying again is concerned. */
export type AttemptFailure = {
  readonly kind: string;
  readonly message: string;
  readonly retryAfterMs?: number;
};

export type NextMove =
  | { readonly move: "retry"; readonly waitMs: number }
  | { readonly move: "give-up"; readonly because: string };

/** Failures that another attempt of the same agent cannot mend. */
const HOPELESS: ReadonlySet<Reaction> = new Set(["next", "mend", "end"]);

/**
 * What to do after `failures.length` failed attempts of one agent (ST-04): exponential backoff, doubled per retry,
 * spread over ± half by `chance`, never shorter than what the provider asked for.
 *
 * @param policy with what is left of the stage's time: a wait that would outlast it is not begun
 * @param chance 0 to 1; the caller draws it, so that replay decides the same.
 */
export function nextMove(
  policy: RetryPolicy & { readonly remainingMs?: number },
  failures: readonly AttemptFailure[],
  chance: number,
): NextMove {
  const last = failures.at(-1);
  if (!last) return { move: "retry", waitMs: 0 };
  if (HOPELESS.has(reactionTo(last.kind))) return { move: "give-up", because: last.message };
  if (failures.length > policy.retries)
    return { move: "give-up", because: `${failures.length} attempts failed: ${last.message}` };
  const base = Math.min(policy.maxMs, policy.initialMs * 2 ** (failures.length - 1));
  const spread = Math.round(base * (0.5 + chance));
  const waitMs = Math.max(Math.min(spread, policy.maxMs), last.retryAfterMs ?? 0);
  if (waitMs >= (policy.remainingMs ?? Infinity))
    return {
      move: "give-up",
      because: `the next try would be after the stage's time: ${last.message}`,
    };
  return { move: "retry", waitMs };
}

/** A number in [0, 1) that depends on the text alone (FNV-1a), for jitter that a replay repeats. */
export function chanceOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++)
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return hash / 2 ** 32;
}
