import type { FilePlace } from "../../core/place.ts";
import type { BoxState, Origin, PlanDiagnostic, UpstreamPlan } from "../model.ts";
import { edgesInto, type EdgeCause, type GraphEdge } from "../graph/model.ts";
import { doubtsIn, type Doubt } from "./doubts.ts";
import type { PlanHead, TaskLine } from "./plan-head.ts";
import type { NextRule } from "../progress/standing.ts";
import { whyWaiting, type WhyOptions } from "../progress/why-waiting.ts";
import { lineOf, standingOptions, type PlanView } from "./plan-view.ts";

/** One thing that a task waits for. */
export interface WhyEdge {
  readonly dependency: string;
  readonly text: string;
  readonly state: BoxState;
  /** Whether it holds nothing back: done, skipped, or a verification that needs no tick, or behind which work was begun. */
  readonly passed: boolean;
  readonly origin: Origin;
  readonly place: FilePlace;
  readonly reason: string | null;
}

/** Why a task can begin or can't. */
export interface WhyAnswer {
  readonly plan: PlanHead;
  /** What the plan says other plans must do first; advisory. */
  readonly needsFirst: readonly UpstreamPlan[];
  readonly rule: NextRule;
  readonly task: TaskLine;
  readonly verdict: "ready" | "waits" | "running" | "done" | "skipped" | "failed" | "conflict";
  /** What it waits for directly, unfinished first. */
  readonly edges: readonly WhyEdge[];
  /** What it is said to wait for besides, and what can't hold it back. */
  readonly doubts: readonly Doubt[];
  /** What is wrong with a status file that is there and can't be read: states are those of the boxes then. */
  readonly damaged: PlanDiagnostic | null;
  /** The shortest way from it to something that can be acted on now. */
  readonly chain: readonly WhyEdge[];
  /** Running tasks that it can't run beside. */
  readonly conflicts: readonly { readonly task: string; readonly over: string }[];
  /** What waits for it directly. */
  readonly dependents: readonly string[];
  readonly holdsUp: number;
}

/** Why a task or verification of a view can begin or can't; undefined where the graph has no such node. */
export function whyAnswer(
  view: PlanView,
  key: string,
  clash: WhyOptions["clash"],
): WhyAnswer | undefined {
  const { graph, progress } = view;
  const index = graph.indexOf.get(key) ?? -1;
  const task = lineOf(view, graph.nodes[index]);
  if (!task) return undefined;
  const why = whyWaiting(graph, progress, index, {
    ...standingOptions(view),
    ...(clash && { clash }),
  });
  const edges = workBefore(view, index);
  const keyOf = (node: number) => graph.nodes[node]?.key ?? "";
  const conflicts = why.conflicts.map(({ with: other, over }) => ({ task: keyOf(other), over }));
  const verdict = verdictOf(task, why.holding.length === 0, conflicts.length > 0);
  return {
    plan: view.head,
    needsFirst: view.plan.upstream,
    rule: view.rule,
    task,
    verdict,
    edges: [...edges.filter(({ passed }) => !passed), ...edges.filter(({ passed }) => passed)],
    doubts: doubtsIn(view)(index),
    damaged: view.damaged,
    chain: verdict === "waits" ? chainOf(view, why.chain) : [],
    conflicts: verdict === "conflict" ? conflicts : [],
    dependents: why.dependents.map(keyOf),
    holdsUp: why.holdsUp,
  };
}

function verdictOf(task: TaskLine, ready: boolean, conflicting: boolean): WhyAnswer["verdict"] {
  switch (task.state) {
    case "done":
    case "skipped":
    case "failed":
      return task.state;
    case "in-progress":
      return "running";
    case "open":
      if (!ready) return "waits";
      return conflicting ? "conflict" : "ready";
  }
}

/**
 * What work a node waits for directly, looking through junctions; each with the words next to the node that say so. What lets a
 * phase begin that waits for several others is said where those are named, so there the words behind the junction count.
 */
export function workBefore(view: PlanView, node: number): readonly WhyEdge[] {
  const { graph } = view;
  const seen = new Set<number>();
  const found: WhyEdge[] = [];
  const open = edgesInto(graph, node)
    .filter(({ cut }) => !cut)
    .map(({ from, cause }) => ({ from, cause }))
    .toReversed();
  for (let next = open.pop(); next; next = open.pop()) {
    const { from, cause } = next;
    if (seen.has(from)) continue;
    seen.add(from);
    const edge = edgeTo(view, from, cause);
    if (edge) found.push(edge);
    else
      for (const before of edgesInto(graph, from).toReversed())
        open.push({ from: before.from, cause: causeBehind(view, from, cause, before.cause) });
  }
  return found;
}

/** The words that count behind a junction: its own edges only for the start of a phase, whose own words name none of them. */
const causeBehind = (
  { graph }: PlanView,
  junction: number,
  cause: EdgeCause,
  behind: EdgeCause,
): EdgeCause => (graph.nodes[junction]?.kind === "phase-start" ? behind : cause);

function edgeTo(view: PlanView, node: number, cause: EdgeCause): WhyEdge | undefined {
  const line = lineOf(view, view.graph.nodes[node]);
  if (!line) return undefined;
  const { origin, place, reason } = cause;
  return {
    dependency: line.key,
    text: line.text,
    state: line.state,
    passed: view.standing.passed(node),
    origin,
    place,
    reason: reason ?? null,
  };
}

/** The work along a way; where it leads through junctions, the words next to what waits count. */
function chainOf(view: PlanView, edges: readonly GraphEdge[]): readonly WhyEdge[] {
  const chain: WhyEdge[] = [];
  let cause: EdgeCause | undefined;
  for (const edge of edges) {
    cause = cause === undefined ? edge.cause : causeBehind(view, edge.to, cause, edge.cause);
    const step = edgeTo(view, edge.from, cause);
    if (!step) continue;
    chain.push(step);
    cause = undefined;
  }
  return chain;
}
