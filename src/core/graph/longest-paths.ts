import { at, type Digraph, type Numbers } from "./digraph.ts";

/**
 * The greatest sum of weights along any path that ends with each node, its own included. With durations: when it can end at
 * the earliest; with ones: its level. `backward` has no cycles, `order` follows its edges reversed. O(nodes + edges).
 */
export function longestPaths(backward: Digraph, order: Numbers, weights: Numbers): Float64Array {
  const { size, starts, targets } = backward;
  const ends = new Float64Array(size);
  for (let rank = 0; rank < order.length; rank++) {
    const node = at(order, rank);
    let start = 0;
    for (let edge = at(starts, node); edge < at(starts, node + 1); edge++)
      start = Math.max(start, at(ends, at(targets, edge)));
    ends[node] = start + at(weights, node);
  }
  return ends;
}
