import { digraph, reversed, targetsOf, type Digraph } from "../../core/graph/digraph.ts";
import { isPhaseOrder } from "./dependency-counts.ts";
import type { PlanGraph } from "./model.ts";

/** How many tasks each task waits for directly, and how many wait for it, looking through verifications and junctions; 0 for other nodes. */
export interface Fans {
  readonly in: Uint32Array;
  readonly out: Uint32Array;
}

/** By what is declared: words, groups, verifications, parts. That a phase waits for another by their order alone makes no task a hub. */
export function fansOf(graph: PlanGraph): Fans {
  const edges = graph.edges.filter((edge) => !edge.cut && !isPhaseOrder(graph, edge));
  const forward = digraph(
    graph.nodes.length,
    Uint32Array.from(edges, ({ from }) => from),
    Uint32Array.from(edges, ({ to }) => to),
  );
  return fansAlong(graph, forward, reversed(forward));
}

/** With the order of phases: everything that a task waits for, and that waits for it. */
export const fansWithPhases = (graph: PlanGraph): Fans =>
  fansAlong(graph, graph.forward, graph.backward);

const fansAlong = (graph: PlanGraph, forward: Digraph, backward: Digraph): Fans => ({
  in: countsOf(graph, backward, graph.order),
  out: countsOf(graph, forward, graph.order.toReversed()),
});

/**
 * The nearest tasks of each node. Junctions get their set once; neighbours of junctions share it, so a barrier of m × n tasks
 * costs m + n. `order` has the targets of a node before it.
 */
function countsOf({ nodes }: PlanGraph, graph: Digraph, order: Uint32Array): Uint32Array {
  const counts = new Uint32Array(graph.size);
  const behind = new Map<number, ReadonlySet<number>>();
  for (const node of order) {
    const near = targetsOf(graph, node);
    const direct: number[] = [];
    const shared: ReadonlySet<number>[] = [];
    for (const target of near) {
      const set = behind.get(target);
      if (set) shared.push(set);
      else direct.push(target);
    }
    if (nodes[node]?.kind === "task") counts[node] = sizeOfUnion(direct, shared);
    else behind.set(node, unionOf(direct, shared));
  }
  return counts;
}

function sizeOfUnion(direct: readonly number[], shared: readonly ReadonlySet<number>[]): number {
  const [only, ...more] = shared;
  if (!only) return direct.length;
  if (more.length > 0) return unionOf(direct, shared).size;
  return only.size + direct.filter((node) => !only.has(node)).length;
}

function unionOf(
  direct: readonly number[],
  shared: readonly ReadonlySet<number>[],
): ReadonlySet<number> {
  const [only, ...more] = shared;
  if (only && more.length === 0 && direct.length === 0) return only;
  const all = new Set(direct);
  for (const set of shared) for (const node of set) all.add(node);
  return all;
}
