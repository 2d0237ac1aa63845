import { destructiveBound } from "./destructive-bound.ts";
import { longestPaths } from "./paths.ts";
import { int, type Problem } from "./problem.ts";

/** Activities up to which makespans are refuted one by one: takes a tenth of a second for a hundred. */
const REFUTED = 150;

/** Largest problem for which all sets of a resource are looked at; larger ones only with the set of all. */
const ALL_SETS = 2_000;

/**
 * A makespan that no schedule can beat: the longest of the critical path, of what a set of activities needs of a resource between the
 * earliest head and the shortest tail in the set (Carlier and Latapie's one-machine bound on its energy, over the sets of activities with
 * head ≥ h and tail ≥ t), and, in small problems, of what is refuted by narrowing the windows of activities (`destructive-bound.ts`).
 */
export function lowerBound(problem: Problem): number {
  const { heads, tails, length } = longestPaths(problem);
  let bound = length;
  for (let resource = 0; resource < problem.capacities.length; resource++)
    bound = Math.max(bound, energyBound(problem, resource, heads, tails));
  return problem.size <= REFUTED ? destructiveBound(problem, bound) : bound;
}

function energyBound(
  { size, durations, demands, capacities }: Problem,
  resource: number,
  heads: Int32Array,
  tails: Int32Array,
): number {
  const users: { head: number; tail: number; energy: number }[] = [];
  for (let node = 0; node < size; node++)
    for (let slot = int(demands.starts, node); slot < int(demands.starts, node + 1); slot++) {
      if (int(demands.resources, slot) !== resource || int(durations, node) === 0) continue;
      users.push({
        head: int(heads, node),
        tail: int(tails, node) - int(durations, node),
        energy: int(durations, node) * int(demands.amounts, slot),
      });
    }
  const capacity = Math.max(1, int(capacities, resource));
  const byTail = users.toSorted((one, other) => other.tail - one.tail);
  const headsOf = [...new Set(users.map(({ head }) => head))];
  let bound = 0;
  for (const least of users.length > ALL_SETS ? [0] : headsOf) {
    let energy = 0;
    for (const user of byTail) {
      if (user.head < least) continue;
      energy += user.energy;
      bound = Math.max(bound, least + Math.ceil(energy / capacity) + user.tail);
    }
  }
  return bound;
}
