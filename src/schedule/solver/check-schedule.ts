import { int, type Problem } from "./problem.ts";

/**
 * What is wrong with a schedule, by definition and nothing else: it shares no code with the solvers. Empty when it is feasible.
 * Sweeps over starts and ends: O(n log n) for each resource.
 */
export function faultsOf(problem: Problem, starts: Int32Array): readonly string[] {
  const { size, durations, before, demands, capacities } = problem;
  if (starts.length !== size) return [`${starts.length} starts for ${size} activities`];
  const faults: string[] = [];
  for (let node = 0; node < size; node++) {
    if (int(starts, node) < 0) faults.push(`${node} starts before time 0`);
    for (let arc = int(before.starts, node); arc < int(before.starts, node + 1); arc++) {
      const earliest = int(starts, int(before.others, arc)) + int(before.lags, arc);
      if (int(starts, node) < earliest)
        faults.push(
          `${node} starts ${earliest - int(starts, node)} too early after ${int(before.others, arc)}`,
        );
    }
  }
  const changes: [number, number, number][][] = Array.from(capacities, () => []);
  for (let node = 0; node < size; node++) {
    if (int(durations, node) === 0) continue;
    for (let slot = int(demands.starts, node); slot < int(demands.starts, node + 1); slot++) {
      const list = changes[int(demands.resources, slot)];
      const amount = int(demands.amounts, slot);
      list?.push([int(starts, node), amount, node]);
      list?.push([int(starts, node) + int(durations, node), -amount, node]);
    }
  }
  for (const [resource, list] of changes.entries()) {
    let used = 0;
    list.sort((one, other) => one[0] - other[0] || one[1] - other[1]);
    for (const [tick, amount] of list) {
      used += amount;
      if (used > int(capacities, resource)) {
        faults.push(
          `${used} of resource ${resource} at ${tick}, which has ${int(capacities, resource)}`,
        );
        break;
      }
    }
  }
  return faults;
}
