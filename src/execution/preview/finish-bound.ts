import { at } from "../../core/graph/digraph.ts";
import { isWork } from "../../plan/graph/model.ts";
import type { UsesByTask } from "../../plan/resources/plan-uses.ts";
import { usersByResource } from "../../plan/resources/users-by-resource.ts";
import { lowerBound } from "../../schedule/solver/lower-bound.ts";
import { makeProblem } from "../../schedule/solver/problem.ts";
import type { Executable } from "../executable.ts";
import { EXECUTION_PATTERNS } from "../patterns.ts";
import { stateOfTask, type RunRules, type RunState } from "../run-state.ts";
import { isFinished } from "../task-state.ts";

/** Ticks of the bound in a minute; rounded down, so that the bound stays one. */
const TICKS = 10;

/** Largest work whose bound is of the solver: it takes a fraction of a second. */
const MOST_NODES = 1_500;

/**
 * Minutes that no order of what is left can beat, if everything takes `minutes`: by dependencies, by so many workers, and by one writer of
 * a thing at a time. Limits on plans and phases, batches and lanes only make it longer.
 */
export function finishBound(
  work: Executable,
  {
    minutes,
    uses,
    rules,
    before,
  }: {
    /** Of each node; 0 for what is done. */
    readonly minutes: Float64Array;
    readonly uses: UsesByTask;
    readonly rules: RunRules;
    readonly before: RunState;
  },
): number {
  const { graph, edges } = work;
  const ticks = Array.from(minutes, (each) => Math.floor(each * TICKS));
  // phases that overlap don't wait for the whole of the one before
  const { overlapping } = EXECUTION_PATTERNS[rules.pattern];
  const done = graph.nodes.map((node) => isWork(node) && isFinished(stateOfTask(before, node.key)));
  const holds = (edge: number, to: number) =>
    at(edges.cut, edge) === 0 &&
    !(overlapping && at(edges.order, edge) === 1) &&
    // what is done waits for nothing any more
    done[to] !== true;
  const writers = usersByResource(uses).resources.flatMap(({ users }) => {
    const nodes = users
      .filter(({ use }) => use.access === "write")
      .map(({ task }) => graph.indexOf.get(task) ?? -1)
      .filter((node) => (ticks[node] ?? 0) > 0);
    return nodes.length > 1 ? [nodes] : [];
  });
  const arcs = graph.edges.flatMap(({ from, to }, edge) => (holds(edge, to) ? [{ from, to }] : []));
  if (ticks.length > MOST_NODES)
    return simpleBound(ticks, { arcs, writers, order: graph.order, workers: rules.limits.workers });
  const demands = ticks.map((each) => [Number(each > 0), ...writers.map(() => 0)]);
  writers.forEach((nodes, index) => {
    for (const node of nodes) {
      const row = demands[node];
      if (row) row[index + 1] = 1;
    }
  });
  const capacities = [rules.limits.workers, ...writers.map(() => 1)];
  return lowerBound(makeProblem({ durations: ticks, arcs, capacities, demands })) / TICKS;
}

/** The longest of the longest way, all work by all workers, and the writers of one thing one after the other. */
function simpleBound(
  ticks: readonly number[],
  {
    arcs,
    writers,
    order,
    workers,
  }: {
    readonly arcs: readonly { readonly from: number; readonly to: number }[];
    readonly writers: readonly (readonly number[])[];
    readonly order: Uint32Array;
    readonly workers: number;
  },
): number {
  const sum = (nodes: Iterable<number>) => {
    let total = 0;
    for (const node of nodes) total += ticks[node] ?? 0;
    return total;
  };
  const into = new Map<number, number[]>();
  for (const { from, to } of arcs) {
    const known = into.get(to);
    if (known) known.push(from);
    else into.set(to, [from]);
  }
  const ends = new Float64Array(ticks.length);
  let longest = sum(ticks.keys()) / workers;
  for (const node of order) {
    const start = (into.get(node) ?? []).reduce((most, each) => Math.max(most, at(ends, each)), 0);
    ends[node] = start + (ticks[node] ?? 0);
    longest = Math.max(longest, at(ends, node));
  }
  for (const nodes of writers) longest = Math.max(longest, sum(nodes));
  return longest / TICKS;
}
