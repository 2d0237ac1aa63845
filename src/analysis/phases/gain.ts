import { buildGraph, finished } from "../../plan/graph/build-graph.ts";
import { criticalPath } from "../../plan/graph/critical-path.ts";
import { addEdge, edgeList, mergedEdges } from "../../plan/graph/edge-list.ts";
import type { PlanGraph } from "../../plan/graph/model.ts";
import type { AnalysedPlan } from "../input.ts";
import { isKnownWell, type PhaseView } from "./phase-holds.ts";

/** How long a plan takes at least, with any number of workers, in expected minutes. */
export interface Gain {
  /** What one worker takes. */
  readonly work: number;
  readonly barriers: number;
  /**
   * With what the text says and what phases need of each other's files in place of barriers; a phase of which too few tasks say
   * what they touch still waits for all before it.
   */
  readonly needed: number;
  /** With only what the text says. */
  readonly declared: number;
}

/** What barriers cost a plan. */
export function gainOf(
  { plan, barriers, declared }: AnalysedPlan,
  views: readonly PhaseView[],
): Gain {
  const { minutes, work } = criticalPath(barriers);
  const phases = plan.phases.map((phase, index) => {
    const view = views[index];
    const place = phase.place;
    const earlier = plan.phases.slice(0, index).map(({ key }) => key);
    const after = phase.after.filter(({ origin }) => origin !== "barrier");
    if (view && isKnownWell(view)) return { ...phase, after };
    const all = earlier.map(
      (key) => ({ phase: key, origin: "barrier", strength: "hard", place }) as const,
    );
    return { ...phase, after: phase.after.length === 0 ? [] : [...after, ...all] };
  });
  const loosened = buildGraph({ ...plan, phases }, { barriers: "phases", inferred: true });
  return {
    work,
    barriers: minutes,
    needed: Math.min(minutes, criticalPath(withFiles(loosened, views)).minutes),
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
