import { narrowByEnergy, type Shared } from "./energetic.ts";
import { freeAt } from "./free-at.ts";
import { cliques, incompatiblePairs, narrowByPairs } from "./incompatible.ts";
import { narrowByLosses } from "./losses.ts";
import { longestPaths } from "./paths.ts";
import { int, type Problem } from "./problem.ts";
import { narrowByArcs, windowsOf, type Windows } from "./windows.ts";

/** Sets of pairwise incompatible activities that are looked at as a resource of one unit. */
const CLIQUES = 6;

/**
 * Destructive improvement (Klein and Scholl 1999): as long as a makespan is refuted, by the arcs, by pairs that cannot run at once, and by the
 * energy of resources and of sets of such pairs, the bound is above it. Steps are a 200th of the bound, then halved.
 *
 * @param bound known so far
 */
export function destructiveBound(problem: Problem, bound: number): number {
  const refutes = refuter(problem);
  let [low, step] = [bound, Math.max(1, Math.floor(bound / 200))];
  // No schedule is shorter than `low`.
  while (refutes(low + step - 1)) low += step;
  for (; step > 1;) {
    step = Math.ceil(step / 2);
    if (refutes(low + step - 1)) low += step;
    else if (step === 1) break;
  }
  return low;
}

function refuter(problem: Problem): (makespan: number) => boolean {
  const { order } = longestPaths(problem);
  const pairs = incompatiblePairs(problem);
  const shared = [...resources(problem), ...madeUp(problem, pairs)];
  return (makespan) => {
    const windows: Windows = windowsOf(problem, makespan);
    if (windows.earliest.some((tick, node) => tick > int(windows.latest, node))) return true;
    for (let isNarrower = true; isNarrower;) {
      isNarrower = false;
      for (const narrow of [
        () => narrowByArcs(problem, order, windows),
        () => narrowByPairs(problem, pairs, windows),
        ...shared.map((one) => () => narrowByLosses(one, windows)),
        ...shared.map((one) => () => narrowByEnergy(one, windows)),
      ]) {
        const result = narrow();
        if (result === "impossible") return true;
        isNarrower ||= result === "narrower";
      }
    }
    return false;
  };
}

function resources(problem: Problem): readonly Shared[] {
  const { size, durations, demands, capacities } = problem;
  const { ticks, units } = freeAt(problem)(undefined);
  return Array.from(capacities, (capacity, resource) => {
    const users = [];
    for (let node = 0; node < size; node++)
      for (let slot = int(demands.starts, node); slot < int(demands.starts, node + 1); slot++)
        if (int(demands.resources, slot) === resource && int(durations, node) > 0)
          users.push({ node, duration: int(durations, node), units: int(demands.amounts, slot) });
    const lost = Array.from(ticks, (from, at) => ({
      from,
      to: ticks[at + 1] ?? from,
      units: capacity - int(units, at * capacities.length + resource),
    }));
    return { users, capacity, lost };
  });
}

const madeUp = (problem: Problem, pairs: Int32Array): readonly Shared[] =>
  cliques(problem, pairs)
    .slice(0, CLIQUES)
    .map((members) => ({
      users: members.map((node) => ({ node, duration: int(problem.durations, node), units: 1 })),
      capacity: 1,
      lost: [],
    }));
