import { int } from "../problem.ts";
import type { Calendar } from "./calendar.ts";
import type { PoolMember } from "./crew-parts.ts";

/** People who can serve a need. */
export interface Pool {
  /** By number of the person. */
  readonly members: Int32Array;
  readonly factors: Float64Array;
  readonly costs: Float64Array;
  /** The members as a set: bit p & 31 of word p >> 5. */
  readonly set: Int32Array;
  /** The factors, the smallest first. */
  readonly factorsUp: Float64Array;
  /** One of each kind: all with the same factor and calendar are done at the same time. Empty where there are more than MOST_KINDS. */
  readonly kinds: readonly { readonly person: number; readonly factor: number }[];
  /** Work takes all of them the same time, whenever it begins: they have one factor, and no absences. */
  readonly isUniform: boolean;
  /** Some cost something. */
  readonly hasCosts: boolean;
}

/** Kinds of people in a pool up to which it is worth looking at one of each. */
const MOST_KINDS = 8;

/** @param calendars of everybody: one object for all who have the same */
export function makePools(
  pools: readonly (readonly PoolMember[])[],
  calendars: readonly (Calendar | undefined)[],
): readonly Pool[] {
  const words = Math.max(1, Math.ceil(calendars.length / 32));
  return pools.map((pool) => {
    const members = pool.toSorted((one, other) => one.person - other.person);
    const set = new Int32Array(words);
    for (const { person } of members)
      set[person >> 5] = (set[person >> 5] ?? 0) | (1 << (person & 31));
    const factors = Float64Array.from(members, ({ factor }) => factor ?? 1);
    const costs = Float64Array.from(members, ({ cost }) => cost ?? 0);
    return {
      members: Int32Array.from(members, ({ person }) => person),
      factors,
      costs,
      set,
      kinds: kindsOf(members, calendars),
      factorsUp: factors.toSorted(),
      isUniform:
        factors.every((factor) => factor === factors[0]) &&
        members.every(({ person }) => calendars[person] === undefined),
      hasCosts: costs.some((cost) => cost !== 0),
    };
  });
}

/** Where a person stands among the members; -1 if they are none. O(log members). */
export function placeIn({ members }: Pool, person: number): number {
  let [low, high] = [0, members.length - 1];
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const found = int(members, middle);
    if (found === person) return middle;
    if (found < person) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

export const costIn = (pool: Pool, person: number): number =>
  pool.costs[placeIn(pool, person)] ?? 0;

export const factorIn = (pool: Pool, person: number): number =>
  pool.factors[placeIn(pool, person)] ?? 1;

function kindsOf(
  members: readonly PoolMember[],
  calendars: readonly (Calendar | undefined)[],
): Pool["kinds"] {
  const kinds: { person: number; factor: number }[] = [];
  for (const { person, factor = 1 } of members) {
    const isKnown = kinds.some(
      (kind) => kind.factor === factor && calendars[kind.person] === calendars[person],
    );
    if (!isKnown) kinds.push({ person, factor });
    if (kinds.length > MOST_KINDS) return [];
  }
  return kinds;
}
