import type { Digraph } from "../../core/graph/digraph.ts";
import type { FilePlace } from "../../core/place.ts";
import type {
  Origin,
  Phase,
  Plan,
  PlanDiagnostic,
  Strength,
  Task,
  Verification,
} from "../model.ts";

/**
 * What a plan amounts to: who waits for whom, and why. Nodes are numbers, in the order of the document, junctions after all
 * of them. Only tasks and verifications are work; junctions take no time and keep barriers linear:
 *
 * ```
 *   1.1 ─┐                                    ┌─ 2.1      work of 1   where a phase has several verifications
 *   1.2 ─┼─► VERIFY 1 ─► end of 1 ────────────┼─ 2.2      start of 4  where a phase waits for several phases
 *   1.3 ─┘                                    └─ 2.3      start of 1.2, done with 1.2 (see `junctions.ts`)
 * ```
 */
export interface PlanGraph {
  readonly plans: readonly Plan[];
  readonly nodes: readonly GraphNode[];
  readonly indexOf: ReadonlyMap<string, number>;
  /** One for each pair, those into node n at `into[n]` … `into[n + 1] - 1`, by what they come from. */
  readonly edges: readonly GraphEdge[];
  readonly into: Uint32Array;
  /** From dependency to dependent, and from dependent to dependency: without the edges that are cut, so without cycles. */
  readonly forward: Digraph;
  readonly backward: Digraph;
  /** An order that all edges follow, as near to the document as can be. */
  readonly order: Uint32Array;
  /** Expected minutes of each node; 0 for junctions. */
  readonly minutes: Float64Array;
  /** Cycles, and edges to what is not there. What the readers found is in the plans. */
  readonly problems: readonly PlanDiagnostic[];
}

export type GraphNode = TaskNode | VerificationNode | JunctionNode;

interface NodeBase {
  /** Unique in the graph: the key of task or verification, with the plan's name in front (`core:1.1`) where there are several plans. */
  readonly key: string;
  /** Which of `plans` it belongs to. */
  readonly plan: number;
}

export interface TaskNode extends NodeBase {
  readonly kind: "task";
  readonly task: Task;
}

export interface VerificationNode extends NodeBase {
  readonly kind: "verification";
  readonly verification: Verification;
}

/** Where several edges meet; takes no time, and is passed when all before it is done. `sync-point`: declared outside of the plan (`add-sync-points.ts`). */
export interface JunctionNode extends NodeBase {
  readonly kind:
    | "phase-start"
    | "phase-work"
    | "phase-end"
    | "task-start"
    | "task-end"
    | "plan-end"
    | "sync-point";
  /** Of the nodes of a phase. */
  readonly phase?: Phase;
  /** Of `task-start` and `task-end`. */
  readonly task?: Task;
}

/** Why there is an edge. A `Dependency` of a plan is one. */
export interface EdgeCause {
  readonly origin: Origin;
  readonly strength: Strength;
  readonly place: FilePlace;
  readonly reason?: string;
}

/** `to` waits for `from`. */
export interface GraphEdge {
  readonly from: number;
  readonly to: number;
  /** The strongest of all that say so. */
  readonly cause: EdgeCause;
  readonly others: readonly EdgeCause[];
  /** True where it was left out so that the rest has no cycle; a diagnostic says so. */
  readonly cut: boolean;
}

/** The edges into a node, cut ones too. */
export const edgesInto = (graph: PlanGraph, node: number): readonly GraphEdge[] =>
  graph.edges.slice(graph.into[node], graph.into[node + 1]);

/** Work: what takes time and has a state of its own. */
export const isWork = (node: GraphNode | undefined): node is TaskNode | VerificationNode =>
  node?.kind === "task" || node?.kind === "verification";

/** Key of the phase that a node is in, if any. */
export function phaseOf(node: GraphNode): string | undefined {
  if (node.kind === "task") return node.task.phase;
  if (node.kind === "verification") return node.verification.phase;
  return node.phase?.key ?? node.task?.phase;
}

/** One name for a phase among all phases of a graph's plans, and one for what is outside of phases. */
export const phaseName = (plan: number, phase: string | undefined): string =>
  phase === undefined ? `${plan}` : `${plan} ${phase}`;
