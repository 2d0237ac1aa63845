import { contests, type Contest } from "./contests.ts";
import { crewPaths, type CrewPaths } from "./crew-paths.ts";
import type { CrewProblem } from "./crew-problem.ts";
import { int } from "../problem.ts";

/**
 * A makespan that no schedule can beat: the longest of the critical path and, for resources and sets of people, of what activities need of
 * them between the earliest head and the shortest tail among those activities (as for problems without people: `lower-bound.ts`).
 */
export function crewBound(problem: CrewProblem): number {
  const paths = crewPaths(problem);
  const all = contests(problem);
  const work = all.reduce((sum, { nodes }) => sum + nodes.length ** 2, 0);
  return all.reduce(
    (bound, contest) => Math.max(bound, energyBound(contest, paths, work <= MOST_WORK)),
    paths.length,
  );
}

/** Steps up to which all pairs of a head and a tail are looked at; beyond, all tails with the least head. */
const MOST_WORK = 50_000_000;

function energyBound({ nodes, energies, overAt }: Contest, paths: CrewPaths, all: boolean): number {
  const users = Array.from(nodes, (node, at) => ({
    head: int(paths.heads, node),
    tail: int(paths.rests, node),
    energy: energies[at] ?? 0,
  }));
  const byTail = users.toSorted((one, other) => other.tail - one.tail);
  const heads = [...new Set(users.map(({ head }) => head))];
  const leastHead = heads.reduce((least, head) => Math.min(least, head), Infinity);
  let bound = 0;
  for (const least of all ? heads : [leastHead]) {
    let sum = 0;
    for (const { head, tail, energy } of byTail) {
      if (head < least) continue;
      sum += energy;
      bound = Math.max(bound, overAt(least, sum) + tail);
    }
  }
  return bound;
}
