import { at, targetsOf } from "../../core/graph/digraph.ts";
import type { BoxState } from "../model.ts";
import {
  edgesInto,
  phaseName,
  type GraphEdge,
  type GraphNode,
  type PlanGraph,
} from "../graph/model.ts";
import { finished } from "./finished.ts";
import type { Progress } from "./progress.ts";

/**
 * When a phase may begin: `barriers` when all before it is done; `eighty-percent` when so many tasks of each phase before it
 * are (S4 as it was first); `dag` at any time, a task waits only for what it names (S4 later).
 */
export type NextRule = "barriers" | "eighty-percent" | "dag";

export interface StandingOptions {
  readonly rule: NextRule;
  /** `awaited`: what follows a blocking verification waits until it is ticked. `assumed`: until what it verifies is done. */
  readonly verifications: "awaited" | "assumed";
}

/** What is passed and what holds what back, for one state of a plan. */
export interface Standing {
  readonly stateOf: (node: number) => BoxState;
  /** Whether what waits for a node need not wait any more. */
  readonly passed: (node: number) => boolean;
  /** The edges that hold a node back now. */
  readonly holding: (node: number) => readonly GraphEdge[];
}

const SHARE = 0.8;

/** Depends on the set of finished tasks only, not on how it came about. O(nodes + edges). */
export function standingOf(
  graph: PlanGraph,
  progress: Progress,
  options: StandingOptions,
): Standing {
  const { nodes, order, edges, into } = graph;
  const stateOf = (node: number): BoxState => progress.get(node)?.state ?? "open";
  const begun = begunBehind(graph, stateOf);
  const opened = openedEnds(graph, stateOf, options.rule);
  const passed = new Uint8Array(nodes.length);
  const holds = ({ from, cause, cut }: GraphEdge): boolean =>
    !cut && at(passed, from) === 0 && !(cause.origin === "barrier" && opened.has(from));
  /** Whether a verification is made, once it could be. */
  const verified = (node: number): boolean =>
    finished(stateOf(node)) ||
    options.verifications === "assumed" ||
    !canBeTicked(nodes[node]) ||
    (at(begun, node) === 1 && stateOf(node) === "open");
  for (const node of order) {
    const kind = nodes[node]?.kind;
    if (kind === "task") passed[node] = Number(finished(stateOf(node)));
    else if (!anyBetween(edges, into, node, holds))
      passed[node] = Number(kind !== "verification" || verified(node));
  }
  return {
    stateOf,
    passed: (node) => at(passed, node) === 1,
    holding: (node) => edgesInto(graph, node).filter(holds),
  };
}

/** What has no box, as Spec Kit's checkpoints, can't be awaited. */
const canBeTicked = (node: GraphNode | undefined): boolean =>
  node?.kind === "verification" && node.verification.criteria.some(({ box }) => box !== undefined);

function anyBetween(
  edges: readonly GraphEdge[],
  into: Uint32Array,
  node: number,
  holds: (edge: GraphEdge) => boolean,
): boolean {
  for (let index = at(into, node); index < at(into, node + 1); index++) {
    const edge = edges[index];
    if (edge && holds(edge)) return true;
  }
  return false;
}

/** Verifications behind which work has begun: whoever began it took them for passed. */
export function begunBehind(graph: PlanGraph, stateOf: (node: number) => BoxState): Uint8Array {
  const { nodes, forward, order } = graph;
  const begun = new Uint8Array(nodes.length);
  for (let rank = order.length - 1; rank >= 0; rank--) {
    const node = at(order, rank);
    // Boxes of a later check, like a list that the whole plan was held against, begin no work.
    const isBegun = (next: number) =>
      nodes[next]?.kind === "task" ? stateOf(next) !== "open" : at(begun, next) === 1;
    if (nodes[node]?.kind !== "task") begun[node] = Number(targetsOf(forward, node).some(isBegun));
  }
  return begun;
}

/** The ends of phases whose barriers are open though the phase is not done. */
function openedEnds(
  { nodes, order }: PlanGraph,
  stateOf: (node: number) => BoxState,
  rule: NextRule,
): ReadonlySet<number> {
  const opened = new Set<number>();
  if (rule === "barriers") return opened;
  const counts = new Map<string, { tasks: number; finished: number }>();
  nodes.forEach((node, index) => {
    if (node.kind !== "task") return;
    const key = phaseName(node.plan, node.task.phase);
    const count = counts.get(key) ?? { tasks: 0, finished: 0 };
    counts.set(key, count);
    count.tasks++;
    if (finished(stateOf(index))) count.finished++;
  });
  const openPhases = new Set<string>();
  for (const index of order) {
    const node = nodes[index];
    if (node?.kind !== "phase-end" || !node.phase) continue;
    const key = phaseName(node.plan, node.phase.key);
    const count = counts.get(key);
    const enough = !count || count.finished >= count.tasks * SHARE;
    const before = node.phase.after.filter(({ origin }) => origin === "barrier");
    const all = enough && before.every(({ phase }) => openPhases.has(phaseName(node.plan, phase)));
    if (rule === "dag" || all) opened.add(index);
    if (all) openPhases.add(key);
  }
  return opened;
}
