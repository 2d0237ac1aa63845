import { int } from "../problem.ts";
import { ticksOf, type CrewProblem } from "./crew-problem.ts";
import { isIn } from "./people-sets.ts";
import { workingCapacity } from "./working-capacity.ts";

/** A resource or a set of people, and the activities that cannot do without it. */
export interface Contest {
  /** When so many ticks × units that begin at a tick can be over at the earliest. */
  readonly overAt: (from: number, energy: number) => number;
  readonly nodes: Int32Array;
  /** Ticks × units that each of `nodes` takes at least, whichever its option. */
  readonly energies: Float64Array;
}

/** Different pools up to which all their unions are looked at; beyond, each pool, all pairs if there are few, and everybody. */
const ALL_UNIONS = 9;
const ALL_PAIRS = 40;
/** Activities beyond which only each pool and everybody is looked at. */
const LARGE = 10_000;

/**
 * What activities contend for: each shared resource, and sets of people. A set of people that holds the whole pool of a need must serve that
 * need itself, so unions of pools are what counts.
 */
export function contests(problem: CrewProblem): readonly Contest[] {
  const { least } = problem.options;
  const resources = Array.from(problem.capacities, (units, resource) =>
    contestOf(
      problem,
      workingCapacity(units, []),
      (option) => amountOf(problem, option, resource) * int(least, option),
    ),
  );
  const people = unionsOfPools(problem).map((set) => peopleContest(problem, set));
  return [...resources, ...people].filter(({ nodes }) => nodes.length > 0);
}

/** Units of a resource that an option takes. */
export function amountOf(
  { options: { demands } }: CrewProblem,
  option: number,
  resource: number,
): number {
  for (let slot = int(demands.starts, option); slot < int(demands.starts, option + 1); slot++)
    if (int(demands.resources, slot) === resource) return int(demands.amounts, slot);
  return 0;
}

function peopleContest(problem: CrewProblem, set: Int32Array): Contest {
  const { needs, work, least } = problem.options;
  const inside = problem.pools.map(({ set: own }) =>
    own.every((word, at) => (word & ~int(set, at)) === 0),
  );
  const calendars = problem.calendars.filter((_, person) => isIn(set, 0, person));
  const areAlwaysThere = calendars.every((calendar) => calendar === undefined);
  const energyOf = (option: number): number => {
    let energy = 0;
    for (let need = int(needs.starts, option); need < int(needs.starts, option + 1); need++) {
      const pool = int(needs.pools, need);
      if (inside[pool] !== true) continue;
      // Where somebody waits for the others while away, that takes nothing of what they can do: their own work does.
      const ticks = areAlwaysThere
        ? int(least, option)
        : ticksOf(int(work, option), problem.pools[pool]?.factorsUp[0] ?? 1);
      energy += int(needs.counts, need) * ticks;
    }
    return energy;
  };
  return contestOf(problem, workingCapacity(calendars.length, calendars), energyOf);
}

/** Fixed activities are left out: they may have been done as nobody would have planned it, one person at two at once. */
function contestOf(
  { size, options, fixed }: CrewProblem,
  overAt: Contest["overAt"],
  energyOf: (option: number) => number,
): Contest {
  const nodes: number[] = [];
  const energies: number[] = [];
  for (let node = 0; node < size; node++) {
    let energy = fixed.has(node) ? 0 : Infinity;
    for (let option = int(options.starts, node); option < int(options.starts, node + 1); option++)
      energy = Math.min(energy, energyOf(option));
    if (energy <= 0) continue;
    nodes.push(node);
    energies.push(energy);
  }
  return { overAt, nodes: Int32Array.from(nodes), energies: Float64Array.from(energies) };
}

/** Sets of people to look at: unions of pools, as many as the size of the problem allows, and everybody. */
export function unionsOfPools({ size, pools, words, people }: CrewProblem): readonly Int32Array[] {
  const different = new Map(pools.map(({ set }) => [set.join(), set]));
  const sets = new Map(different);
  const add = (set: Int32Array): void => void sets.set(set.join(), set);
  const own = [...different.values()];
  if (own.length <= ALL_UNIONS && size <= LARGE) {
    for (const pool of own) for (const set of Array.from(sets.values())) add(union(pool, set));
  } else if (own.length <= ALL_PAIRS && size <= LARGE)
    for (const one of own) for (const other of own) add(union(one, other));
  const everybody = new Int32Array(words);
  for (let person = 0; person < people; person++)
    everybody[person >> 5] = int(everybody, person >> 5) | (1 << (person & 31));
  add(everybody);
  return [...sets.values()];
}

const union = (one: Int32Array, other: Int32Array): Int32Array =>
  one.map((word, at) => word | int(other, at));
