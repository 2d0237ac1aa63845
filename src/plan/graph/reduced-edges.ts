import { transitiveReduction } from "../../core/graph/transitive-reduction.ts";
import { hasEdge } from "../../core/graph/digraph.ts";
import type { GraphEdge, PlanGraph } from "./model.ts";

/** What is drawn of a graph: the edges that no longer path implies. Cut edges are not among them. */
export interface ReducedEdges {
  readonly edges: readonly GraphEdge[];
  /** False for graphs so large and dense that some implied edges may be left. */
  readonly exact: boolean;
}

export function reducedEdges({ edges, forward, backward, order }: PlanGraph): ReducedEdges {
  const { graph, exact } = transitiveReduction(forward, backward, order);
  return { edges: edges.filter(({ from, to, cut }) => !cut && hasEdge(graph, from, to)), exact };
}
