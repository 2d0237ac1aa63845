import { int, type Problem } from "./problem.ts";

/**
 * What is wrong with a schedule, by definition and nothing else: it shares no code with the solvers. Empty when it is feasible. Deadlines
 * that are missed are no fault of a schedule: `latenessOf`. Sweeps over starts and ends: O(n log n) for each resource.
 */
export function faultsOf(problem: Problem, starts: Int32Array): readonly string[] {
  const { size, before, releases } = problem;
  if (starts.length !== size) return [`${starts.length} starts for ${size} activities`];
  const faults: string[] = [];
  for (let node = 0; node < size; node++) {
    if (int(starts, node) < 0) faults.push(`${node} starts before time 0`);
    else if (int(starts, node) < int(releases, node)) faults.push(`${node} starts too early`);
    for (let arc = int(before.starts, node); arc < int(before.starts, node + 1); arc++) {
      const earliest = int(starts, int(before.others, arc)) + int(before.lags, arc);
      if (int(starts, node) < earliest)
        faults.push(
          `${node} starts ${earliest - int(starts, node)} too early after ${int(before.others, arc)}`,
        );
    }
  }
  return [...faults, ...overloads(problem, starts)];
}

/** Ticks by which activities end after their deadlines, added up. */
export function latenessOf({ durations, deadlines }: Problem, starts: Int32Array): number {
  return starts.reduce(
    (sum, start, node) => sum + Math.max(0, start + int(durations, node) - int(deadlines, node)),
    0,
  );
}

interface Change {
  readonly tick: number;
  /** Of what activities take. */
  readonly taken: number;
  /** Of what a drop takes away. */
  readonly lost: number;
}

/** The first tick of each resource at which more is taken than there is. */
function overloads(problem: Problem, starts: Int32Array): readonly string[] {
  const { size, durations, demands, capacities, drops } = problem;
  const changes: Change[][] = Array.from(capacities, () => []);
  for (const { resource, from, to, units } of drops)
    changes[resource]?.push(
      { tick: from, taken: 0, lost: units },
      { tick: to, taken: 0, lost: -units },
    );
  for (let node = 0; node < size; node++) {
    if (int(durations, node) === 0) continue;
    for (let slot = int(demands.starts, node); slot < int(demands.starts, node + 1); slot++) {
      const amount = int(demands.amounts, slot);
      changes[int(demands.resources, slot)]?.push(
        { tick: int(starts, node), taken: amount, lost: 0 },
        { tick: int(starts, node) + int(durations, node), taken: -amount, lost: 0 },
      );
    }
  }
  return changes.flatMap((list, resource) => overload(list, resource, int(capacities, resource)));
}

function overload(changes: Change[], resource: number, capacity: number): readonly string[] {
  changes.sort((one, other) => one.tick - other.tick);
  let [taken, lost] = [0, 0];
  for (const [index, change] of changes.entries()) {
    taken += change.taken;
    lost += change.lost;
    if (changes[index + 1]?.tick === change.tick) continue;
    const there = Math.max(0, capacity - lost);
    if (taken > there)
      return [`${taken} of resource ${resource} at ${change.tick}, which has ${there}`];
  }
  return [];
}
