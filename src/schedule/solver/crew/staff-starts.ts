import type { CrewTimes } from "./check-crew-schedule.ts";
import type { CrewActivity, CrewOption, CrewParts, PoolMember } from "./crew-parts.ts";
import { ticksOf } from "./crew-problem.ts";

interface Staffed {
  readonly option: number;
  readonly people: readonly number[];
  readonly ends: number;
  readonly cost: number;
}

/**
 * People for activities whose starts are given, one after the other in the order of starts; of those who are free, first who can do least
 * else. Undefined where that finds nobody, or where people are away or something is fixed. What comes of it is to be checked: starts that
 * fit those who are quickest need not fit these.
 */
export function staffStarts(parts: CrewParts, starts: ArrayLike<number>): CrewTimes | undefined {
  const { activities, absences, pools } = parts;
  if (absences.some((list) => list.length > 0)) return undefined;
  if (activities.some(({ fixed }) => fixed !== undefined)) return undefined;
  const wanted = absences.map(() => 0);
  for (const pool of pools)
    for (const { person } of pool) wanted[person] = (wanted[person] ?? 0) + 1;
  const free = absences.map(() => 0);
  const found: Staffed[] = [];
  const startOf = (node: number): number => starts[node] ?? 0;
  const order = [...activities.keys()].toSorted((one, other) => startOf(one) - startOf(other));
  for (const node of order) {
    const staffed = staff({ pools, free, wanted }, activities[node]?.options ?? [], startOf(node));
    if (!staffed) return undefined;
    found[node] = staffed;
    for (const person of staffed.people) free[person] = Math.max(free[person] ?? 0, staffed.ends);
  }
  const ends = found.map((each) => each.ends);
  return {
    starts: Int32Array.from(activities.keys(), startOf),
    ends: Int32Array.from(ends),
    options: Int32Array.from(found, ({ option }) => option),
    people: found.map(({ people }) => people),
    makespan: ends.reduce((most, end) => Math.max(most, end), 0),
    lateness: ends.reduce((sum, end, node) => sum + late(activities[node], end), 0),
    cost: found.reduce((sum, { cost }) => sum + cost, 0),
  };
}

const late = (activity: CrewActivity | undefined, end: number): number =>
  Math.max(0, end - (activity?.deadline ?? Infinity));

interface Crowd {
  readonly pools: CrewParts["pools"];
  /** From when on each person is free. */
  readonly free: readonly number[];
  /** Pools that each person is in. */
  readonly wanted: readonly number[];
}

/** The option that ends soonest with those who are free. */
function staff(crowd: Crowd, options: readonly CrewOption[], start: number): Staffed | undefined {
  let best: Staffed | undefined;
  for (const [option, { work, needs = [], cost = 0 }] of options.entries()) {
    // What takes no time needs nobody to be free.
    const members = pick(work > 0 ? crowd : { ...crowd, free: [] }, needs, start);
    if (!members) continue;
    const ticks = members.map(({ factor = 1 }) => ticksOf(work, factor));
    const ends = start + (members.length === 0 ? work : Math.max(...ticks));
    const costs = members.reduce((sum, member) => sum + (member.cost ?? 0), cost);
    const people = members.map(({ person }) => person);
    if (!best || ends < best.ends) best = { option, people, ends, cost: costs };
  }
  return best;
}

function pick(
  { pools, free, wanted }: Crowd,
  needs: NonNullable<CrewOption["needs"]>,
  start: number,
): readonly PoolMember[] | undefined {
  const picked: PoolMember[] = [];
  for (const { pool, count } of needs) {
    const able = (pools[pool] ?? [])
      .filter(({ person }) => (free[person] ?? 0) <= start)
      .filter(({ person }) => picked.every((other) => other.person !== person))
      .toSorted(
        (one, other) =>
          (one.factor ?? 1) - (other.factor ?? 1) ||
          (wanted[one.person] ?? 0) - (wanted[other.person] ?? 0) ||
          (one.cost ?? 0) - (other.cost ?? 0),
      );
    if (able.length < count) return undefined;
    picked.push(...able.slice(0, count));
  }
  return picked;
}
