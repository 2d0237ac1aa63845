import type { Origin } from "../model.ts";
import { phaseName, phaseOf, type GraphEdge, type GraphNode, type PlanGraph } from "./model.ts";

/** What waits for what, counted by why, most first. */
export interface DependencyCounts {
  /** Of all but the order of phases. */
  readonly total: number;
  readonly origins: readonly OriginCount[];
  /** How often a phase waits for another by their order alone. */
  readonly phases: readonly OriginCount[];
}

export interface OriginCount {
  readonly origin: Origin;
  readonly count: number;
}

/** Why a phase waits for another though no words say so: by where it stands, or by Spec Kit's order of setup, foundation, stories and polish. */
const BY_ORDER: ReadonlySet<Origin> = new Set(["barrier", "story"]);

/** Whether an edge is there by the order of phases alone. */
export const isPhaseOrder = ({ nodes }: PlanGraph, { from, cause }: GraphEdge): boolean =>
  BY_ORDER.has(cause.origin) && isOfPhase(nodes[from]);

/**
 * The dependencies of a plan, the same count wherever it is shown. One is: two tasks of which one waits for the other; two phases, or a
 * task and a phase, however many tasks these have; a check, however many tasks it is of. What was cut for a circle is none. Where
 * several words say the same, the firmest counts. O(edges).
 */
export function dependencyCounts(graph: PlanGraph): DependencyCounts {
  const found = new Map<Origin, Set<string | number>>();
  for (const edge of graph.edges) {
    const name = edge.cut ? undefined : nameOf(graph, edge);
    if (name === undefined) continue;
    const { origin } = edge.cause;
    const names = found.get(origin);
    if (names) names.add(name);
    else found.set(origin, new Set([name]));
  }
  const all = [...found]
    .map(([origin, { size }]): OriginCount => ({ origin, count: size }))
    .toSorted((a, b) => b.count - a.count);
  const origins = all.filter(({ origin }) => !BY_ORDER.has(origin));
  return {
    total: origins.reduce((sum, { count }) => sum + count, 0),
    origins,
    phases: all.filter(({ origin }) => BY_ORDER.has(origin)),
  };
}

/** One name for all edges of one dependency; undefined for those within a phase that only hold it together. */
function nameOf({ nodes }: PlanGraph, { from, to, cause }: GraphEdge): string | number | undefined {
  const [before, behind] = [nodes[from], nodes[to]];
  if (!before || !behind) return undefined;
  if (cause.origin === "verification") {
    if (isCheck(behind)) return to;
    return isCheck(before) ? from : undefined;
  }
  if (!isOfPhase(before) && !isOfPhase(behind)) return from * nodes.length + to;
  const [one, other] = [before, behind].map((node) => phaseName(node.plan, phaseOf(node)));
  if (one === other) return undefined;
  return isOfPhase(before) ? `${one}\n${other}` : `${from}\n${other}`;
}

const isCheck = (node: GraphNode): boolean =>
  node.kind === "verification" || (node.kind === "task" && node.task.verifies);

const isOfPhase = (node: GraphNode | undefined): boolean =>
  node?.kind === "phase-start" ||
  node?.kind === "phase-work" ||
  node?.kind === "phase-end" ||
  node?.kind === "plan-end";
