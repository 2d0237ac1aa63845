import { targetsOf } from "../../core/graph/digraph.ts";
import type { GraphEdge, PlanGraph } from "../graph/model.ts";
import { finished } from "./finished.ts";
import type { Progress } from "./progress.ts";
import { standingOf, type StandingOptions } from "./standing.ts";

export interface WhyOptions extends StandingOptions {
  readonly clash?: (one: string, other: string) => string | undefined;
}

/** Why a task can begin or can't, now. */
export interface WhyWaiting {
  /** The edges that hold it back, as they stand in the graph: each with its origin and all places that say so. */
  readonly holding: readonly GraphEdge[];
  /** The shortest way from it back to what waits for nothing itself: where to act so that it can begin. */
  readonly chain: readonly GraphEdge[];
  /** Running tasks that it can't run beside, and over what. */
  readonly conflicts: readonly { readonly with: number; readonly over: string }[];
  /** Tasks that wait for it directly, looking through verifications and junctions. */
  readonly dependents: readonly number[];
  /** How many tasks wait for it, directly or not, that are not finished. */
  readonly holdsUp: number;
}

/** For one node. O(nodes + edges). */
export function whyWaiting(
  graph: PlanGraph,
  progress: Progress,
  node: number,
  options: WhyOptions,
): WhyWaiting {
  const { nodes } = graph;
  const standing = standingOf(graph, progress, options);
  const holding = standing.holding(node);
  const isRunning = (other: number) => other !== node && standing.stateOf(other) === "in-progress";
  const conflicts = nodes.flatMap((each, other) => {
    if (each.kind !== "task" || !isRunning(other)) return [];
    const over = options.clash?.(nodes[node]?.key ?? "", each.key);
    return over === undefined ? [] : [{ with: other, over }];
  });
  return {
    holding,
    chain: chainOf(node, standing.holding),
    conflicts,
    dependents: dependentsOf(graph, node),
    holdsUp: behind(graph, node, () => true).filter((other) => !finished(standing.stateOf(other)))
      .length,
  };
}

/** Back along what holds, breadth first, up to the first that nothing holds. */
function chainOf(
  node: number,
  holding: (node: number) => readonly GraphEdge[],
): readonly GraphEdge[] {
  const via = new Map<number, GraphEdge | undefined>([[node, undefined]]);
  for (const [next] of via) {
    const edges = holding(next);
    if (edges.length === 0) return wayTo(next, via);
    for (const edge of edges) if (!via.has(edge.from)) via.set(edge.from, edge);
  }
  return [];
}

function wayTo(
  root: number,
  via: ReadonlyMap<number, GraphEdge | undefined>,
): readonly GraphEdge[] {
  const chain: GraphEdge[] = [];
  for (let edge = via.get(root); edge; edge = via.get(edge.to)) chain.push(edge);
  return chain.toReversed();
}

const dependentsOf = (graph: PlanGraph, node: number): readonly number[] =>
  behind(graph, node, (next) => graph.nodes[next]?.kind !== "task");

/** The tasks behind a node, as far as it may be gone on through. */
function behind(
  graph: PlanGraph,
  node: number,
  through: (node: number) => boolean,
): readonly number[] {
  const seen = new Set<number>([node]);
  for (const each of seen)
    if (each === node || through(each))
      for (const next of targetsOf(graph.forward, each)) seen.add(next);
  seen.delete(node);
  return [...seen].filter((each) => graph.nodes[each]?.kind === "task").toSorted((a, b) => a - b);
}
