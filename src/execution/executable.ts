import { at } from "../core/graph/digraph.ts";
import { longestPaths } from "../core/graph/longest-paths.ts";
import { phaseName, phaseOf, type PlanGraph } from "../plan/graph/model.ts";
import { sequencesOf, type Membership } from "../plan/progress/sequences-of.ts";
import { exclusionsOf } from "../plan/resources/exclusions.ts";
import type { UsesByTask } from "../plan/resources/plan-uses.ts";
import { lanesOf } from "./lanes.ts";

/** A graph with all that decisions look up, made once for a run: nothing in it changes while it runs. */
export interface Executable {
  readonly graph: PlanGraph;
  /** Edges as columns, by the numbers of `graph.into`. */
  readonly edges: EdgeColumns;
  /** Expected minutes from the start of each node to the end of all that waits for it. */
  readonly tail: Float64Array;
  /** What goes first, lower first; the tail where no schedule says more. */
  readonly urgency: Float64Array;
  /** Tasks that are done when their parts are; no agent gets them. By node, the keys of the parts. */
  readonly parts: ReadonlyMap<number, readonly string[]>;
  /** Place of each node's phase in its plan, -1 outside of phases, and one number for each phase of all plans. */
  readonly phaseRank: Int32Array;
  readonly phaseOf: readonly string[];
  /** Ends of phases by `phaseName`, and the ends that each end comes after by the order of phases. */
  readonly phasesBefore: ReadonlyMap<number, readonly number[]>;
  readonly sequences: ReadonlyMap<number, readonly Membership[]>;
  readonly laneOf: Int32Array;
  /** A resource that keeps two tasks from running at once, by their keys. */
  readonly clash: (one: string, other: string) => string | undefined;
  /** Whether anything is known of what a task writes: without it no mark of the plan could be held against its files. */
  readonly knowsFiles: (key: string) => boolean;
}

export interface EdgeColumns {
  readonly from: Uint32Array;
  /** 1 where the edge was cut, and holds nothing. */
  readonly cut: Uint8Array;
  /** 1 where it is the order of phases: from the end of a phase, for no other reason. */
  readonly order: Uint8Array;
}

export interface ExecutableOptions {
  /** What tasks use, by the keys of the graph (`qualifiedUses`). */
  readonly uses: UsesByTask;
  /** When a schedule begins each task, in minutes, by key: its order is kept. Without it the critical path decides. */
  readonly starts?: ReadonlyMap<string, number>;
}

/** O(nodes + edges + uses). */
export function executable(graph: PlanGraph, { uses, starts }: ExecutableOptions): Executable {
  const { nodes, edges, forward, order, minutes } = graph;
  const exclusions = exclusionsOf(uses);
  const tail = longestPaths(forward, order.toReversed(), minutes);
  return {
    graph,
    edges: {
      from: Uint32Array.from(edges, ({ from }) => from),
      cut: Uint8Array.from(edges, ({ cut }) => Number(cut)),
      order: Uint8Array.from(edges, ({ from, cause }) =>
        Number(cause.origin === "barrier" && nodes[from]?.kind === "phase-end"),
      ),
    },
    tail,
    urgency: starts ? scheduledOrder(graph, starts) : tail.map((minutesLeft) => -minutesLeft),
    parts: partsOf(graph),
    phaseRank: phaseRanks(graph),
    phaseOf: nodes.map((node) => phaseName(node.plan, phaseOf(node))),
    phasesBefore: phasesBefore(graph),
    sequences: sequencesOf(graph),
    laneOf: lanesOf(graph),
    clash: (one, other) => exclusions.clash(one, other),
    knowsFiles: (key) =>
      (uses.get(key) ?? []).some(({ access, vague }) => access === "write" && vague !== true),
  };
}

/** A node that the schedule does not have goes with the first that waits for it. */
function scheduledOrder(
  { nodes, forward, order }: PlanGraph,
  starts: ReadonlyMap<string, number>,
): Float64Array {
  const first = Float64Array.from(nodes, ({ key }) => starts.get(key) ?? Infinity);
  for (let rank = order.length - 1; rank >= 0; rank--) {
    const node = at(order, rank);
    if (first[node] !== Infinity) continue;
    for (let edge = at(forward.starts, node); edge < at(forward.starts, node + 1); edge++)
      first[node] = Math.min(at(first, node), at(first, at(forward.targets, edge)));
  }
  return first;
}

function partsOf({ nodes, plans }: PlanGraph): ReadonlyMap<number, readonly string[]> {
  const byTask = plans.map(() => new Map<string, number>());
  nodes.forEach((node, index) => {
    if (node.kind === "task") byTask[node.plan]?.set(node.task.key, index);
  });
  const parts = new Map<number, string[]>();
  for (const node of nodes) {
    if (node.kind !== "task" || node.task.parent === undefined) continue;
    const parent = byTask[node.plan]?.get(node.task.parent);
    if (parent === undefined) continue;
    const known = parts.get(parent);
    if (known) known.push(node.key);
    else parts.set(parent, [node.key]);
  }
  return parts;
}

function phaseRanks({ nodes, plans }: PlanGraph): Int32Array {
  const ranks = plans.map(
    ({ phases }) => new Map(phases.map(({ key }, index) => [key, index] as const)),
  );
  return Int32Array.from(nodes, (node) => {
    const phase = phaseOf(node);
    return phase === undefined ? -1 : (ranks[node.plan]?.get(phase) ?? -1);
  });
}

/** An end that stands behind in the order of the graph is left out: the plan contradicts the order of its phases there. */
function phasesBefore({ nodes, order }: PlanGraph): ReadonlyMap<number, readonly number[]> {
  const rank = new Uint32Array(nodes.length);
  order.forEach((node, place) => (rank[node] = place));
  const ends = new Map<string, number>();
  nodes.forEach((node, index) => {
    if (node.kind === "phase-end") ends.set(phaseName(node.plan, node.phase?.key), index);
  });
  const before = new Map<number, readonly number[]>();
  nodes.forEach((node, index) => {
    if (node.kind !== "phase-end" || !node.phase) return;
    const inOrder = node.phase.after.filter(({ origin }) => origin === "barrier");
    const known = inOrder.flatMap(({ phase }) => ends.get(phaseName(node.plan, phase)) ?? []);
    before.set(
      index,
      known.filter((end) => at(rank, end) < at(rank, index)),
    );
  });
  return before;
}
