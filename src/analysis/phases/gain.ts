import { finished } from "../../plan/graph/build-graph.ts";
import { criticalPath } from "../../plan/graph/critical-path.ts";
import { addEdge, edgeList, mergedEdges } from "../../plan/graph/edge-list.ts";
import type { PlanGraph } from "../../plan/graph/model.ts";
import type { AnalysedPlan } from "../input.ts";
import type { PhaseView } from "./phase-holds.ts";

/** How long a plan takes at least, with any number of workers, in expected minutes. */
export interface Gain {
  /** What one worker takes. */
  readonly work: number;
  readonly barriers: number;
  /** Without barriers between phases, with what the text says and what phases need of each other's files. */
  readonly needed: number;
  /** With only what the text says. */
  readonly declared: number;
}

/** What barriers cost a plan. */
export function gainOf({ barriers, declared }: AnalysedPlan, views: readonly PhaseView[]): Gain {
  const { minutes, work } = criticalPath(barriers);
  const needed = criticalPath(withFiles(declared, views)).minutes;
  return {
    work,
    barriers: minutes,
    needed: Math.min(minutes, needed),
    declared: criticalPath(declared).minutes,
  };
}

/** A graph with edges for the files that later phases need of earlier ones. */
function withFiles(graph: PlanGraph, views: readonly PhaseView[]): PlanGraph {
  const edges = edgeList();
  for (const { from, to, cause, others } of graph.edges)
    for (const each of [cause, ...others]) addEdge(edges, from, to, each);
  for (const { kind, from, to, places } of views.flatMap(({ holds }) => holds)) {
    const [a, b] = [graph.indexOf.get(from ?? ""), graph.indexOf.get(to ?? "")];
    const [place] = places;
    if (kind === "file" && a !== undefined && b !== undefined && place)
      addEdge(edges, a, b, { origin: "inferred", strength: "soft", place });
  }
  const { plans, nodes, minutes, problems } = graph;
  return finished({ plans, nodes, edges: mergedEdges(nodes.length, edges), minutes, problems });
}
