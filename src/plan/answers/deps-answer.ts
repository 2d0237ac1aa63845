import { isCycleProblem } from "../graph/cycle-problems.ts";
import type { FilePlace } from "../../core/place.ts";
import { criticalPath } from "../graph/critical-path.ts";
import { dependencyCounts, type DependencyCounts } from "../graph/dependency-counts.ts";
import { fansOf } from "../graph/fans.ts";
import { isWork, phaseOf, type GraphEdge as Edge } from "../graph/model.ts";
import { reducedEdges } from "../graph/reduced-edges.ts";
import { wavesOf } from "../graph/waves.ts";
import type { BoxState, Origin, PlanDiagnostic, Strength } from "../model.ts";
import type { NextRule } from "../progress/standing.ts";
import {
  estimateCounts,
  minutesSources,
  type EstimateCounts,
  type MinutesSource,
} from "./minutes-source.ts";
import type { PlanHead } from "./plan-head.ts";
import { lineOf, type PlanView } from "./plan-view.ts";

/** A task or verification, or a `junction` where edges meet so that a barrier costs as many edges as tasks. */
export interface ShownNode {
  readonly key: string;
  readonly kind: "task" | "verification" | "junction";
  readonly text: string;
  readonly state: BoxState | null;
  readonly phase: string | null;
  readonly place: FilePlace | null;
  /** From 1; null for what is no task. */
  readonly wave: number | null;
  readonly critical: boolean;
  readonly minutes: number;
  /** What the minutes come from; `parts` where a task takes what its sub-tasks take; null for junctions. */
  readonly minutesFrom: MinutesSource | null;
  /** Tasks that it waits for, and that wait for it, looking through the rest, without the order of phases; 0 for what is no task. */
  readonly fanIn: number;
  readonly fanOut: number;
}

export interface ShownEdge {
  readonly dependency: string;
  readonly dependent: string;
  readonly origin: Origin;
  readonly strength: Strength;
  readonly place: FilePlace;
  readonly reason: string | null;
  /** Others imply it: it is left out of drawings. */
  readonly redundant: boolean;
  /** It closes a circle, and is left out of everything. */
  readonly cut: boolean;
}

/** The graph of a plan. */
export interface DepsAnswer {
  readonly plan: PlanHead;
  /** With `dag` phases in their order are no edges. */
  readonly rule: NextRule;
  readonly nodes: readonly ShownNode[];
  readonly edges: readonly ShownEdge[];
  /** Whether guessed edges are in it. */
  readonly inferred: boolean;
  /** How many dependencies there are, and why; the order of phases apart. */
  readonly dependencies: DependencyCounts;
  /** Keys of tasks: each wave can run when those before it are done. */
  readonly waves: readonly (readonly string[])[];
  /** Tasks of the widest wave. */
  readonly width: number;
  readonly criticalPath: readonly string[];
  readonly criticalMinutes: number;
  readonly totalMinutes: number;
  /** How many tasks have their minutes from what. */
  readonly estimates: EstimateCounts;
  readonly cycles: readonly PlanDiagnostic[];
}

/** The graph of a view. */
export function depsAnswer(view: PlanView, inferred: boolean): DepsAnswer {
  const { graph, plan } = view;
  const critical = criticalPath(graph);
  const waves = wavesOf(graph);
  const keyOf = (index: number) => graph.nodes[index]?.key ?? "";
  return {
    plan: view.head,
    rule: view.rule,
    nodes: shownNodes(view, new Set(critical.path), waves.of),
    edges: shownEdges(view),
    inferred,
    dependencies: dependencyCounts(graph),
    waves: waves.tasks.map((wave) => wave.map(keyOf)),
    width: waves.tasks.reduce((most, wave) => Math.max(most, wave.length), 0),
    criticalPath: critical.path.map(keyOf),
    criticalMinutes: critical.minutes,
    totalMinutes: critical.work,
    estimates: estimateCounts(plan),
    cycles: graph.problems.filter(isCycleProblem),
  };
}

function shownNodes(
  view: PlanView,
  critical: ReadonlySet<number>,
  waves: Uint32Array,
): readonly ShownNode[] {
  const { graph } = view;
  const fans = fansOf(graph);
  const from = minutesSources(view.plan);
  return graph.nodes.map((node, index) => {
    const line = lineOf(view, node);
    const task = node.kind === "task";
    return {
      key: node.key,
      kind: isWork(node) ? node.kind : "junction",
      text: line?.text ?? node.key,
      state: line?.state ?? null,
      phase: phaseOf(node) ?? null,
      place: line?.place ?? null,
      wave: task ? (waves[index] ?? 0) + 1 : null,
      critical: critical.has(index),
      minutes: graph.minutes[index] ?? 0,
      minutesFrom: from(node),
      fanIn: task ? (fans.in[index] ?? 0) : 0,
      fanOut: task ? (fans.out[index] ?? 0) : 0,
    };
  });
}

function shownEdges({ graph }: PlanView): readonly ShownEdge[] {
  const kept = new Set<Edge>(reducedEdges(graph).edges);
  return graph.edges.map((edge) => ({
    dependency: graph.nodes[edge.from]?.key ?? "",
    dependent: graph.nodes[edge.to]?.key ?? "",
    origin: edge.cause.origin,
    strength: edge.cause.strength,
    place: edge.cause.place,
    reason: edge.cause.reason ?? null,
    redundant: !edge.cut && !kept.has(edge),
    cut: edge.cut,
  }));
}
