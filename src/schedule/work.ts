import { at, digraph, reversed, type Digraph } from "../core/graph/digraph.ts";
import { stronglyConnected } from "../core/graph/components.ts";
import { longestPaths } from "../core/graph/longest-paths.ts";
import { topologicalOrder } from "../core/graph/topological-order.ts";

/** What is to be done, with nothing said of who does it. Nodes are numbers, in the order of the document. */
export interface Work {
  /** Expected minutes. A node of 0 takes no worker: junctions are such. */
  readonly minutes: readonly number[];
  /** From dependency to dependent; no cycles. Without barriers between phases: the patterns make those. */
  readonly edges: readonly (readonly [number, number])[];
  /** Number of the phase of each node, in the order of phases; -1 for nodes outside of phases, which wait for no phase. */
  readonly phaseOf: readonly number[];
  /** What each node must have for itself while it runs, as numbers. */
  readonly resources: readonly (readonly number[])[];
}

/** Work with what every run of it needs. */
export interface PreparedWork extends Work {
  readonly forward: Digraph;
  readonly backward: Digraph;
  /** All nodes, each behind what it waits for. */
  readonly order: Uint32Array;
  /** Level over dependencies of each node, from 0; nodes of 0 minutes count for none. */
  readonly levelOf: readonly number[];
  /** Expected minutes from the start of each node to the end of all that waits for it. */
  readonly tail: Float64Array;
}

/** Throws a plain Error on a cycle: graphs of plans have none. */
export function prepareWork(work: Work): PreparedWork {
  const { minutes, edges } = work;
  const size = minutes.length;
  const forward = digraph(
    size,
    edges.map(([from]) => from),
    edges.map(([, to]) => to),
  );
  if (stronglyConnected(forward).count < size || edges.some(([from, to]) => from === to))
    throw new Error("Work that waits for itself can't be run.");
  const backward = reversed(forward);
  const order = topologicalOrder(backward);
  const taking = Uint8Array.from(minutes, (each) => (each > 0 ? 1 : 0));
  const levels = longestPaths(backward, order, taking);
  const levelOf = Array.from(levels, (level, node) => level - at(taking, node));
  return {
    ...work,
    forward,
    backward,
    order,
    levelOf,
    tail: longestPaths(forward, order.toReversed(), minutes),
  };
}
