import { at, targetsOf } from "../core/graph/digraph.ts";
import type { RunTimes } from "./run-pattern.ts";
import type { PreparedWork } from "./work.ts";

/** What a run that ignores order and resources would have broken. */
export interface Breakage {
  /**
   * Times that something began before what it waits for had ended, one for each edge into what takes time. Junctions take none
   * and end with the last that they wait for, so that an end of a phase is broken by what begins behind it, not by itself.
   */
  readonly violations: number;
  /** Pairs that used one resource at the same time, for each resource. */
  readonly collisions: number;
}

/** O(edges + uses log uses). */
export function breakageOf(work: PreparedWork, { starts, ends }: RunTimes): Breakage {
  const { edges, resources, minutes } = work;
  const ended = endsThroughJunctions(work, ends);
  const violations = edges.filter(
    ([from, to]) => (minutes[to] ?? 0) > 0 && at(starts, to) < at(ended, from),
  ).length;
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

function endsThroughJunctions(
  { order, backward, minutes }: PreparedWork,
  ends: Float64Array,
): Float64Array {
  const all = Float64Array.from(ends);
  for (const node of order)
    if ((minutes[node] ?? 0) === 0)
      for (const before of targetsOf(backward, node))
        all[node] = Math.max(at(all, node), at(all, before));
  return all;
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
