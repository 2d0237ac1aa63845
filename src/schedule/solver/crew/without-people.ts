import { int, type Arc, type ProblemParts } from "../problem.ts";
import { amountOf, unionsOfPools } from "./contests.ts";
import type { CrewArc, CrewParts } from "./crew-parts.ts";
import { makeCrewProblem, type CrewProblem } from "./crew-problem.ts";

/**
 * A problem without people that every schedule of these parts is a schedule of: each activity as short as its quickest people make it, each
 * set of people that activities can't do without a resource of as many units. Absences, deadlines and who does what are left
 * out. So no schedule of `parts` is shorter than the shortest one of this; where all people of a pool are alike and always there,
 * the two are the same.
 */
export function withoutPeople(parts: CrewParts): ProblemParts {
  const problem = makeCrewProblem(parts);
  const { size, options, fixed, least, capacities } = problem;
  const nodes = Array.from({ length: size }, (_, node) => node);
  const leastOf = (node: number, neededBy: (option: number) => number): number => {
    // One person may have been at two of these at once.
    if (fixed.has(node)) return 0;
    let amount = Infinity;
    for (let option = int(options.starts, node); option < int(options.starts, node + 1); option++)
      amount = Math.min(amount, neededBy(option));
    return amount;
  };
  const shared = Array.from(capacities, (capacity, resource) => ({
    capacity,
    amounts: nodes.map((node) => leastOf(node, (option) => amountOf(problem, option, resource))),
  }));
  const people = unionsOfPools(problem).map((set) => {
    const inside = problem.pools.map((pool) =>
      pool.set.every((word, at) => (word & ~int(set, at)) === 0),
    );
    return {
      capacity: headcount(set),
      amounts: nodes.map((node) => leastOf(node, (option) => peopleOf(problem, option, inside))),
    };
  });
  const scarce = [...shared, ...people].filter(
    ({ capacity, amounts }) => amounts.reduce((sum, each) => sum + each, 0) > capacity,
  );
  return {
    durations: Array.from(least),
    arcs: parts.arcs.flatMap((arc) => (fixed.has(arc.to) ? [] : startToStart(parts, problem, arc))),
    capacities: scarce.map(({ capacity }) => capacity),
    demands: nodes.map((node) => scarce.map(({ amounts }) => amounts[node] ?? 0)),
    releases: nodes.map((node) => fixed.get(node)?.start ?? int(problem.releases, node)),
  };
}

/** From start to start; none where the end is bound of an activity that may last longer than its least. */
function startToStart(parts: CrewParts, { least }: CrewProblem, arc: CrewArc): readonly Arc[] {
  const { from, to, kind = "FS", lag = 0 } = arc;
  const begin = kind === "FS" || kind === "FF" ? int(least, from) : 0;
  if (kind === "FS" || kind === "SS") return [{ from, to, lag: begin + lag }];
  const choices = parts.activities[to]?.options ?? [];
  const isExact = choices.every(
    ({ work, needs = [] }) => needs.length === 0 && work === int(least, to),
  );
  return isExact ? [{ from, to, lag: begin + lag - int(least, to) }] : [];
}

/** People of some pools that an option takes. */
function peopleOf(
  { options: { needs } }: CrewProblem,
  option: number,
  inside: readonly boolean[],
): number {
  let count = 0;
  for (let need = int(needs.starts, option); need < int(needs.starts, option + 1); need++)
    if (inside[int(needs.pools, need)] === true) count += int(needs.counts, need);
  return count;
}

function headcount(set: Int32Array): number {
  let count = 0;
  for (let word of set) for (; word !== 0; word &= word - 1) count++;
  return count;
}
