import type { Problem } from "./problem.ts";
import { refuter } from "./refute.ts";

/**
 * Destructive improvement (Klein and Scholl 1999): as long as a makespan is refuted, the bound is above it. Steps are a 200th of the bound,
 * then halved.
 *
 * @param bound known so far
 */
export function destructiveBound(problem: Problem, bound: number): number {
  const { refutes } = refuter(problem);
  let [low, step] = [bound, Math.max(1, Math.floor(bound / 200))];
  // No schedule is shorter than `low`.
  while (refutes(low + step - 1)) low += step;
  while (step > 1) {
    step = Math.ceil(step / 2);
    if (refutes(low + step - 1)) low += step;
  }
  return low;
}
