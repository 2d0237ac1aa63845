import { inOrder } from "./in-order.ts";
import { int, type Problem } from "./problem.ts";

/** Longest paths through a problem, resources left aside. */
export interface Paths {
  /** Activities so that all arcs point onward. */
  readonly order: Int32Array;
  /** Earliest start of each. */
  readonly heads: Int32Array;
  /** From the start of each to the end of the last that must come after it, at least its own duration; with what is to be delivered. */
  readonly tails: Int32Array;
  /** Length of the critical path. */
  readonly length: number;
}

/** @throws Error if the arcs have a cycle */
export function longestPaths(problem: Problem): Paths {
  const { size, after, durations, releases, deliveries } = problem;
  const order = inOrder(problem);
  const heads = releases.slice();
  for (const node of order)
    for (let arc = int(after.starts, node); arc < int(after.starts, node + 1); arc++) {
      const other = int(after.others, arc);
      heads[other] = Math.max(int(heads, other), int(heads, node) + int(after.lags, arc));
    }
  const tails = durations.map((duration, node) => duration + int(deliveries, node));
  for (const node of order.toReversed())
    for (let arc = int(after.starts, node); arc < int(after.starts, node + 1); arc++)
      tails[node] = Math.max(
        int(tails, node),
        int(after.lags, arc) + int(tails, int(after.others, arc)),
      );
  let length = 0;
  for (let node = 0; node < size; node++)
    length = Math.max(length, int(heads, node) + int(tails, node));
  return { order, heads, tails, length };
}
