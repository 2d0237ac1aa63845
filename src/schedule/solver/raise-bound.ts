import type { Problem } from "./problem.ts";
import { refuter } from "./refute.ts";

/** Activities up to which makespans are refuted by trying: a step takes a second for a hundred. */
const TRIED = 150;

/**
 * Raise a bound by refuting makespans one after the other, with all that is known to do so without a search (`refute.ts`).
 *
 * @param isOver asked again and again; when it is, the bound is as far as it got
 * @returns at most `makespan`, which some schedule has: then it is the shortest
 */
export function raiseBound(
  problem: Problem,
  { bound, makespan }: { readonly bound: number; readonly makespan: number },
  isOver: () => boolean,
): number {
  if (problem.size > TRIED) return bound;
  const { refutesByTrying } = refuter(problem);
  let low = bound;
  while (low < makespan && !isOver() && refutesByTrying(low, isOver)) low++;
  return low;
}
