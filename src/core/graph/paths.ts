import { at, type Digraph } from "./digraph.ts";

/** The nodes of a shortest path, both ends included; undefined when there is none. From a node to itself: a cycle. O(nodes + edges). */
export function shortestPath(
  { size, starts, targets }: Digraph,
  from: number,
  to: number,
): readonly number[] | undefined {
  const before = new Int32Array(size).fill(-1);
  const queue = [from];
  for (const node of queue)
    for (let edge = at(starts, node); edge < at(starts, node + 1); edge++) {
      const target = at(targets, edge);
      if (at(before, target) >= 0) continue;
      before[target] = node;
      if (target !== to) {
        queue.push(target);
        continue;
      }
      const path = [to];
      for (let step = node; ; step = at(before, step)) {
        path.push(step);
        if (step === from) return path.toReversed();
      }
    }
  return undefined;
}
