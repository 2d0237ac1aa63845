import { freeAt } from "./free-at.ts";
import { stepUsage } from "./step-usage.ts";
import { tickUsage } from "./tick-usage.ts";
import { int, type Problem } from "./problem.ts";
import type { ResourceUsage } from "./resource-usage.ts";

/** Cells of a table of ticks above which steps are kept instead: 16 MB. */
const MOST_CELLS = 4_000_000;
/** Ticks for each activity above which steps are faster. */
const MANY_TICKS = 100;

/** A table of ticks where the time spans few enough of them, else a list of the steps. Both give the same ticks. */
export function usageOf(problem: Problem): ResourceUsage {
  const ticks = farthestTick(problem);
  return ticks > MANY_TICKS * problem.size || ticks * problem.capacities.length > MOST_CELLS
    ? stepUsage(problem, freeAt(problem))
    : tickUsage(problem, freeAt(problem));
}

/** When all have ended if one comes after the other, each after its lag, after all drops and releases. */
function farthestTick({ size, durations, after, releases, deliveries, drops }: Problem): number {
  let ticks = drops.reduce((last, { to }) => Math.max(last, to), 0);
  for (let node = 0; node < size; node++) {
    let longest = int(durations, node);
    for (let arc = int(after.starts, node); arc < int(after.starts, node + 1); arc++)
      longest = Math.max(longest, int(after.lags, arc));
    ticks += longest;
  }
  return releases.reduce(max, 0) + deliveries.reduce(max, 0) + ticks;
}

const max = (one: number, other: number): number => Math.max(one, other);
