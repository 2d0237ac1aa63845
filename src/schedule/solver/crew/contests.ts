import { int } from "../problem.ts";
import type { CrewProblem } from "./crew-problem.ts";
import { bitsIn } from "./people-sets.ts";

/** A resource or a set of people, and the activities that cannot do without it. */
export interface Contest {
  /** Units of the resource, or people of the set. */
  readonly units: number;
  readonly nodes: Int32Array;
  /** Ticks × units that each of `nodes` takes at least, whichever its option. */
  readonly energies: Float64Array;
}

/** Different pools up to which all their unions are looked at; beyond, each pool, all pairs if there are few, and everybody. */
const ALL_UNIONS = 9;
const ALL_PAIRS = 40;

/**
 * What activities contend for: each shared resource, and sets of people. A set of people that holds the whole pool of a need must serve that
 * need itself, so unions of pools are what counts.
 */
export function contests(problem: CrewProblem): readonly Contest[] {
  const resources = Array.from(problem.capacities, (units, resource) =>
    contestOf(problem, units, (option) => amountOf(problem, option, resource)),
  );
  const people = unionsOfPools(problem).map((set) => peopleContest(problem, set));
  return [...resources, ...people].filter(({ units, nodes }) => units > 0 && nodes.length > 0);
}

function amountOf({ options: { demands } }: CrewProblem, option: number, resource: number): number {
  for (let slot = int(demands.starts, option); slot < int(demands.starts, option + 1); slot++)
    if (int(demands.resources, slot) === resource) return int(demands.amounts, slot);
  return 0;
}

function peopleContest(problem: CrewProblem, set: Int32Array): Contest {
  const { needs } = problem.options;
  const inside = problem.pools.map((pool) =>
    pool.set.every((word, at) => (word & ~int(set, at)) === 0) ? 1 : 0,
  );
  const units = set.reduce((sum, word) => sum + bitsIn(word), 0);
  const headsOf = (option: number): number => {
    let heads = 0;
    for (let need = int(needs.starts, option); need < int(needs.starts, option + 1); need++)
      if (inside[int(needs.pools, need)] === 1) heads += int(needs.counts, need);
    return heads;
  };
  return contestOf(problem, units, headsOf);
}

/** Fixed activities are left out: they may have been done as nobody would have planned it, one person at two at once. */
function contestOf(
  { size, options, fixed }: CrewProblem,
  units: number,
  amount: (option: number) => number,
): Contest {
  const nodes: number[] = [];
  const energies: number[] = [];
  for (let node = 0; node < size; node++) {
    let energy = fixed.has(node) ? 0 : Infinity;
    for (let option = int(options.starts, node); option < int(options.starts, node + 1); option++)
      energy = Math.min(energy, amount(option) * int(options.least, option));
    if (energy <= 0) continue;
    nodes.push(node);
    energies.push(energy);
  }
  return { units, nodes: Int32Array.from(nodes), energies: Float64Array.from(energies) };
}

function unionsOfPools({ pools, words, people }: CrewProblem): readonly Int32Array[] {
  const different = new Map(pools.map(({ set }) => [set.join(), set]));
  const sets = new Map(different);
  const add = (set: Int32Array): void => void sets.set(set.join(), set);
  const own = [...different.values()];
  if (own.length <= ALL_UNIONS) {
    for (const pool of own) for (const set of Array.from(sets.values())) add(union(pool, set));
  } else if (own.length <= ALL_PAIRS)
    for (const one of own) for (const other of own) add(union(one, other));
  const everybody = new Int32Array(words);
  for (let person = 0; person < people; person++)
    everybody[person >> 5] = int(everybody, person >> 5) | (1 << (person & 31));
  add(everybody);
  return [...sets.values()];
}

const union = (one: Int32Array, other: Int32Array): Int32Array =>
  one.map((word, at) => word | int(other, at));
