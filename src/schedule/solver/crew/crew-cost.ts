import { int } from "../problem.ts";
import type { CrewProblem } from "./crew-problem.ts";
import type { CrewSchedule } from "./crew-schedule.ts";
import { costIn } from "./pools.ts";

/** Costs of the options, and of people in the needs that they serve; fixed activities have none. */
export function costOf(problem: CrewProblem, { options: chosen, people }: CrewSchedule): number {
  const { size, options, pools, seats, fixed } = problem;
  const { starts, pools: poolOf, counts } = options.needs;
  let cost = 0;
  for (let activity = 0; activity < size; activity++) {
    if (fixed.has(activity)) continue;
    const option = int(chosen, activity);
    cost += options.costs[option] ?? 0;
    let seat = int(seats, activity);
    for (let need = int(starts, option); need < int(starts, option + 1); need++) {
      const pool = pools[int(poolOf, need)];
      for (let last = seat + int(counts, need); seat < last; seat++)
        if (pool?.hasCosts === true) cost += costIn(pool, int(people, seat));
    }
  }
  return cost;
}

/** What no schedule costs less than: the cheapest option of each activity, with the cheapest of each pool. */
export function leastCostOf({ size, options, pools, fixed }: CrewProblem): number {
  const { starts, pools: poolOf, counts } = options.needs;
  const cheapest = pools.map(({ costs }) => costs.toSorted());
  const leastOf = (option: number): number => {
    let cost = options.costs[option] ?? 0;
    for (let need = int(starts, option); need < int(starts, option + 1); need++)
      for (let head = 0; head < int(counts, need); head++)
        cost += cheapest[int(poolOf, need)]?.[head] ?? 0;
    return cost;
  };
  let sum = 0;
  for (let activity = 0; activity < size; activity++) {
    let least = Infinity;
    const last = int(options.starts, activity + 1);
    for (let option = int(options.starts, activity); option < last; option++)
      least = Math.min(least, leastOf(option));
    if (!fixed.has(activity)) sum += least;
  }
  return sum;
}
