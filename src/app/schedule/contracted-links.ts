import type { GraphEdge, GraphNode, PlanGraph } from "../../plan/graph/model.ts";
import type { Link } from "../../schedule/project/project.ts";

export interface Contracted {
  readonly links: readonly Link[];
  /** Numbers of the nodes that are activities, in the order of the graph. */
  readonly kept: ReadonlySet<number>;
}

/** Pairs that one node may become at most; beyond, the node stays as a milestone. */
const MOST_PAIRS = 400;

/**
 * The edges of a graph as links between the nodes that are kept. Junctions that are not are replaced by links from all before them to all
 * behind them, unless that would be many. Edges that were cut are left out.
 */
export function contractedLinks(
  graph: PlanGraph,
  isKept: (node: GraphNode) => boolean,
): Contracted {
  const before = new Map<number, Way[]>();
  const behind = new Map<number, number>();
  for (const { from, cut } of graph.edges) if (!cut) behind.set(from, (behind.get(from) ?? 0) + 1);
  const kept = new Set<number>();
  const links: Link[] = [];
  for (const node of graph.order) {
    const found = graph.nodes[node];
    if (!found) continue;
    const ways = waysInto(graph, node, kept, before);
    if (!isKept(found) && ways.length * (behind.get(node) ?? 0) <= MOST_PAIRS) {
      before.set(node, ways);
      continue;
    }
    kept.add(node);
    for (const way of ways) links.push(linkOf(graph, way, found));
  }
  return { links, kept: new Set([...kept].toSorted((a, b) => a - b)) };
}

/** A way over junctions, from a kept node. */
interface Way {
  readonly from: number;
  readonly edges: readonly GraphEdge[];
}

/** One way from each kept node, the shortest found first. */
function waysInto(
  { edges, into }: PlanGraph,
  node: number,
  kept: ReadonlySet<number>,
  before: ReadonlyMap<number, readonly Way[]>,
): Way[] {
  const ways = new Map<number, Way>();
  for (let at = into[node] ?? 0; at < (into[node + 1] ?? 0); at++) {
    const edge = edges[at];
    if (!edge || edge.cut) continue;
    const further = kept.has(edge.from)
      ? [{ from: edge.from, edges: [edge] }]
      : (before.get(edge.from) ?? []).map((way) => ({
          from: way.from,
          edges: [...way.edges, edge],
        }));
    for (const way of further) if (!ways.has(way.from)) ways.set(way.from, way);
  }
  return [...ways.values()];
}

/**
 * A way is as hard as its softest edge, and a barrier if any of it is one. What ends with a phase is a part of it: the barrier is what
 * waits for the end.
 */
function linkOf({ nodes }: PlanGraph, { from, edges }: Way, to: GraphNode): Link {
  const causes = edges.map(({ cause }) => cause);
  const cause = causes.find(({ origin }) => origin === "barrier") ?? causes.at(-1);
  return {
    from: nodes[from]?.key ?? "",
    to: to.key,
    kind: "FS",
    lag: 0,
    strength: causes.every(({ strength }) => strength === "hard") ? "hard" : "soft",
    origin: to.kind === "phase-end" ? "part" : (cause?.origin ?? "explicit"),
    ...(cause && { place: cause.place }),
  };
}
