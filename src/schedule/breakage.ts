import { at } from "../core/graph/digraph.ts";
import type { RunTimes } from "./run-pattern.ts";
import type { PreparedWork } from "./work.ts";

/** What a run that ignores order and resources would have broken. */
export interface Breakage {
  /** Dependencies whose dependent began before they ended. */
  readonly violations: number;
  /** Pairs that used one resource at the same time, for each resource. */
  readonly collisions: number;
}

/** O(edges + uses log uses). */
export function breakageOf(
  { edges, resources }: PreparedWork,
  { starts, ends }: RunTimes,
): Breakage {
  const violations = edges.filter(([from, to]) => at(starts, to) < at(ends, from)).length;
  const users = new Map<number, number[]>();
  resources.forEach((each, node) => {
    for (const resource of new Set(each)) {
      const nodes = users.get(resource);
      if (nodes) nodes.push(node);
      else users.set(resource, [node]);
    }
  });
  let collisions = 0;
  for (const nodes of users.values()) collisions += overlaps(nodes, starts, ends);
  return { violations, collisions };
}

/** Pairs of intervals that overlap: for each beginning, those begun before and not ended. */
function overlaps(nodes: readonly number[], starts: Float64Array, ends: Float64Array): number {
  const begun = nodes.map((node) => at(starts, node)).toSorted((a, b) => a - b);
  const ended = nodes.map((node) => at(ends, node)).toSorted((a, b) => a - b);
  let [count, done] = [0, 0];
  begun.forEach((start, before) => {
    while (done < ended.length && at(ended, done) <= start) done++;
    count += Math.max(0, before - done);
  });
  return count;
}
