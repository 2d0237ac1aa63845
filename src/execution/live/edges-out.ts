import { at, orderOfPairs } from "../../core/graph/digraph.ts";
import type { PlanGraph } from "../../plan/graph/model.ts";

/** Edges by what they come from: those out of node n at `starts[n]` … `starts[n + 1] - 1`, by their numbers in the graph, with what they lead to. */
export interface EdgesOut {
  readonly starts: Uint32Array;
  readonly edges: Uint32Array;
  readonly targets: Uint32Array;
}

export function edgesOut({ nodes, edges }: PlanGraph): EdgesOut {
  const from = Uint32Array.from(edges, (edge) => edge.from);
  const to = Uint32Array.from(edges, (edge) => edge.to);
  const order = orderOfPairs(nodes.length, from, to);
  const starts = new Uint32Array(nodes.length + 1);
  for (const source of from) starts[source + 1] = at(starts, source + 1) + 1;
  for (let node = 1; node <= nodes.length; node++)
    starts[node] = at(starts, node) + at(starts, node - 1);
  return { starts, edges: order, targets: order.map((edge) => at(to, edge)) };
}
