import { int, type Problem } from "../../../src/schedule/solver/problem.ts";

/**
 * The shortest makespan of a small problem, by trying every precedence-feasible order of activities and placing each as early as it fits: a
 * set with an optimal schedule among them (Sprecher, Kolisch and Drexl 1995). Shares no code with the solvers. At most about 7 activities.
 */
export function shortestMakespan(problem: Problem): number {
  const { size, durations } = problem;
  const starts = Array.from({ length: size }, () => -1);
  let best = Infinity;
  const visit = (placed: number, end: number): void => {
    if (end >= best) return;
    if (placed === size) {
      best = end;
      return;
    }
    for (let node = 0; node < size; node++) {
      if ((starts[node] ?? 0) >= 0 || !isReady(problem, starts, node)) continue;
      const start = earliest(problem, starts, node);
      starts[node] = start;
      visit(placed + 1, Math.max(end, start + int(durations, node)));
      starts[node] = -1;
    }
  };
  visit(0, 0);
  return best;
}

const arcsInto = ({ before }: Problem, node: number) =>
  Array.from({ length: int(before.starts, node + 1) - int(before.starts, node) }, (_, index) => ({
    other: int(before.others, int(before.starts, node) + index),
    lag: int(before.lags, int(before.starts, node) + index),
  }));

const isReady = (problem: Problem, starts: readonly number[], node: number): boolean =>
  arcsInto(problem, node).every(({ other }) => (starts[other] ?? -1) >= 0);

function earliest(problem: Problem, starts: readonly number[], node: number): number {
  const ready = arcsInto(problem, node).map(({ other, lag }) => (starts[other] ?? 0) + lag);
  for (let start = Math.max(0, ...ready); ; start++)
    if (fitsAt(problem, starts, node, start)) return start;
}

function fitsAt(problem: Problem, starts: readonly number[], node: number, start: number): boolean {
  for (let tick = start; tick < start + int(problem.durations, node); tick++)
    for (let resource = 0; resource < problem.capacities.length; resource++) {
      let used = demandOf(problem, node, resource);
      for (const [other, begun] of starts.entries())
        if (begun >= 0 && begun <= tick && tick < begun + int(problem.durations, other))
          used += demandOf(problem, other, resource);
      if (used > int(problem.capacities, resource)) return false;
    }
  return true;
}

function demandOf({ demands }: Problem, node: number, resource: number): number {
  for (let slot = int(demands.starts, node); slot < int(demands.starts, node + 1); slot++)
    if (int(demands.resources, slot) === resource) return int(demands.amounts, slot);
  return 0;
}
