import { edgesToCut } from "../../core/graph/acyclic-part.ts";
import { digraph, reversed } from "../../core/graph/digraph.ts";
import { topologicalOrder } from "../../core/graph/topological-order.ts";
import type { Plan, PlanDiagnostic } from "../model.ts";
import { addOrder } from "./document-order.ts";
import { cycleProblems } from "./cycle-problems.ts";
import { draftOf, type GraphOptions } from "./draft.ts";
import { mergedEdges } from "./edge-list.ts";
import { firmness } from "./firmness.ts";
import type { GraphEdge, GraphNode, PlanGraph } from "./model.ts";
import { minutesOf } from "./node-minutes.ts";
import { addPhaseEdges } from "./phase-edges.ts";
import { addDependencies, addParts, addSequences } from "./task-edges.ts";
import { addTaskVerifications, taskGates } from "./task-gates.ts";

/**
 * The graph of a plan. Never fails: cycles and edges to nothing are problems of it, and what is left has no cycle. O(tasks +
 * dependencies), but for plans whose dependencies contradict each other widely.
 */
export function buildGraph(plan: Plan, options: GraphOptions): PlanGraph {
  const draft = draftOf(plan, options);
  const gates = taskGates(draft);
  addTaskVerifications(gates);
  addPhaseEdges(gates);
  addDependencies(gates);
  addSequences(gates);
  addParts(gates);
  addOrder(gates);
  return finished({
    plans: [plan],
    nodes: draft.nodes,
    edges: mergedEdges(draft.nodes.length, draft.edges),
    minutes: minutesOf(draft.nodes),
    problems: draft.problems,
  });
}

interface Parts {
  readonly plans: readonly Plan[];
  readonly nodes: readonly GraphNode[];
  /** By `to`, then `from`; none is cut. */
  readonly edges: readonly GraphEdge[];
  readonly minutes: Float64Array;
  readonly problems: readonly PlanDiagnostic[];
}

/** Cuts what contradicts, and computes what all that use a graph need. */
export function finished({ plans, nodes, edges, minutes, problems }: Parts): PlanGraph {
  const size = nodes.length;
  const from = Uint32Array.from(edges, (edge) => edge.from);
  const to = Uint32Array.from(edges, (edge) => edge.to);
  const firm = Uint8Array.from(edges, ({ cause }) => firmness(cause));
  const cut = new Set(edgesToCut(size, { from, to, firmness: firm }));
  const marked = cut.size === 0 ? edges : edges.map((edge, at) => ({ ...edge, cut: cut.has(at) }));
  const left = (column: Uint32Array) =>
    cut.size === 0 ? column : column.filter((_, at) => !cut.has(at));
  const forward = digraph(size, left(from), left(to));
  const backward = reversed(forward);
  return {
    plans,
    nodes,
    indexOf: new Map(nodes.map(({ key }, index) => [key, index])),
    edges: marked,
    into: startsOf(size, to),
    forward,
    backward,
    order: topologicalOrder(backward),
    minutes,
    problems: [...problems, ...cycleProblems(nodes, marked)],
  };
}

function startsOf(size: number, to: Uint32Array): Uint32Array {
  const starts = new Uint32Array(size + 1);
  let edge = 0;
  for (let node = 0; node <= size; node++) {
    while (edge < to.length && (to[edge] ?? 0) < node) edge++;
    starts[node] = edge;
  }
  return starts;
}
