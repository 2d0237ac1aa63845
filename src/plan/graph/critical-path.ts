import { at, targetsOf } from "../../core/graph/digraph.ts";
import { longestPaths } from "../../core/graph/longest-paths.ts";
import { isWork, type PlanGraph } from "./model.ts";

/** When everything can happen with as many workers as could be used, in expected minutes from the start. */
export interface CriticalPath {
  /** The longest chain of work: no number of workers is faster. */
  readonly minutes: number;
  /** The sum of all work: what one worker takes. */
  readonly work: number;
  /** The nodes of the longest chain, junctions left out. */
  readonly path: readonly number[];
  /** When each node can end at the earliest. */
  readonly earliest: Float64Array;
  /** How much later each node can end without the whole ending later. */
  readonly slack: Float64Array;
  /** From the start of each node to the end of all that waits for it: who has more goes first. */
  readonly tail: Float64Array;
}

/** On the minutes of the graph, or on others, one for each node. O(nodes + edges). */
export function criticalPath(
  graph: PlanGraph,
  minutes: Float64Array = graph.minutes,
): CriticalPath {
  const { nodes, forward, backward, order } = graph;
  const earliest = longestPaths(backward, order, minutes);
  const tail = longestPaths(forward, order.toReversed(), minutes);
  const total = earliest.reduce((a, b) => Math.max(a, b), 0);
  const slack = earliest.map((end, node) => total - end - at(tail, node) + at(minutes, node));
  return {
    minutes: total,
    work: minutes.reduce((a, b) => a + b, 0),
    path: longestPath(graph, earliest).filter((node) => isWork(nodes[node])),
    earliest,
    slack,
    tail,
  };
}

/** Back from the end that comes last, each time to what ended when this began. */
function longestPath({ backward }: PlanGraph, earliest: Float64Array): readonly number[] {
  const path: number[] = [];
  let node: number | undefined = earliest.indexOf(earliest.reduce((a, b) => Math.max(a, b), 0));
  while (node !== undefined && node >= 0) {
    path.push(node);
    const start = targetsOf(backward, node).reduce((a, b) => Math.max(a, at(earliest, b)), 0);
    node = targetsOf(backward, node).find((each) => at(earliest, each) === start);
  }
  return path.toReversed();
}
