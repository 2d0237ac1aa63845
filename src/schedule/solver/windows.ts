import { longestPaths } from "./paths.ts";
import { int, type Problem } from "./problem.ts";

/** From when to when each activity can start in a schedule of a certain length, as far as it is known. Rules narrow them. */
export interface Windows {
  readonly earliest: Int32Array;
  readonly latest: Int32Array;
}

/** By the longest paths alone; deadlines, which a schedule may miss, left aside. */
export function windowsOf(problem: Problem, makespan: number): Windows {
  const { heads, tails } = longestPaths(problem);
  return { earliest: heads, latest: tails.map((tail) => makespan - tail) };
}

/** What a rule came to. */
export type Narrowing = "same" | "narrower" | "impossible";

/** Starts no earlier than a tick. */
export function raise({ earliest, latest }: Windows, node: number, tick: number): Narrowing {
  if (tick <= int(earliest, node)) return "same";
  earliest[node] = tick;
  return tick > int(latest, node) ? "impossible" : "narrower";
}

/** Starts no later than a tick. */
export function lower({ earliest, latest }: Windows, node: number, tick: number): Narrowing {
  if (tick >= int(latest, node)) return "same";
  latest[node] = tick;
  return tick < int(earliest, node) ? "impossible" : "narrower";
}

/** The stronger of two. */
export const both = (one: Narrowing, other: Narrowing): Narrowing =>
  one === "impossible" || other === "same" ? one : other;

/** What waits for others starts after them, and they before it. */
export function narrowByArcs({ before }: Problem, order: Int32Array, windows: Windows): Narrowing {
  let result: Narrowing = "same";
  for (const node of order)
    for (let arc = int(before.starts, node); arc < int(before.starts, node + 1); arc++) {
      const least = int(windows.earliest, int(before.others, arc)) + int(before.lags, arc);
      result = both(result, raise(windows, node, least));
    }
  for (const node of order.toReversed())
    for (let arc = int(before.starts, node); arc < int(before.starts, node + 1); arc++) {
      const most = int(windows.latest, node) - int(before.lags, arc);
      result = both(result, lower(windows, int(before.others, arc), most));
    }
  return result;
}
