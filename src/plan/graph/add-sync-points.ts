import type { FilePlace } from "../../core/place.ts";
import { finished } from "./build-graph.ts";
import { addEdge, edgeList, mergedEdges } from "./edge-list.ts";
import { isCycleProblem } from "./cycle-problems.ts";
import type { EdgeCause, PlanGraph } from "./model.ts";

/** A place in time where work is waited for before other work begins, declared outside of the text of the plan: by an execution plan, a schedule. */
export interface DeclaredSync {
  readonly id: string;
  /** Keys of nodes that are waited for, and of those that wait; unknown ones count for nothing. */
  readonly after: readonly string[];
  readonly before: readonly string[];
  readonly place: FilePlace;
  readonly reason: string;
}

/**
 * The graph with a junction for each sync point (`sync ID`). Where one contradicts what the plan says itself, the plan holds: the edge
 * that closes the circle is cut, and told. O(graph + members).
 */
export function addSyncPoints(graph: PlanGraph, syncs: readonly DeclaredSync[]): PlanGraph {
  if (syncs.length === 0) return graph;
  const nodes = [...graph.nodes];
  const edges = edgeList();
  for (const { from, to, cause, others } of graph.edges)
    for (const each of [cause, ...others]) addEdge(edges, from, to, each);
  for (const { id, after, before, place, reason } of syncs) {
    const cause: EdgeCause = { origin: "barrier", strength: "soft", place, reason };
    const node = nodes.length;
    nodes.push({ kind: "sync-point", key: `sync ${id}`, plan: 0 });
    const known = (keys: readonly string[]) =>
      new Set(keys.flatMap((key) => graph.indexOf.get(key) ?? []));
    for (const from of known(after)) addEdge(edges, from, node, cause);
    for (const to of known(before)) addEdge(edges, node, to, cause);
  }
  const minutes = new Float64Array(nodes.length);
  minutes.set(graph.minutes);
  return finished({
    plans: graph.plans,
    nodes,
    edges: mergedEdges(nodes.length, edges),
    minutes,
    problems: graph.problems.filter((problem) => !isCycleProblem(problem)),
  });
}
