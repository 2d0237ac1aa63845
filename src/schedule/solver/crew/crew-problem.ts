import { int, type Demands } from "../problem.ts";
import { calendarsOf, type Calendar } from "./calendar.ts";
import type { CrewActivity, CrewNeed, CrewOption, CrewParts, FixedPlace } from "./crew-parts.ts";
import { linkArcs, mirroredArcs, type LinkArcs } from "./link-arcs.ts";
import { makePools, type Pool } from "./pools.ts";

/** A problem with people in the form that its solvers work on: arrays of integers. */
export interface CrewProblem {
  readonly size: number;
  readonly people: number;
  /** 32-bit words that a set of people takes. */
  readonly words: number;
  /** When each person works; undefined: always. */
  readonly calendars: readonly (Calendar | undefined)[];
  readonly capacities: Int32Array;
  readonly pools: readonly Pool[];
  /** Into each activity, those into fixed ones left out. */
  readonly before: LinkArcs;
  readonly after: LinkArcs;
  readonly options: OptionTable;
  readonly releases: Int32Array;
  /** `NEVER` where there is none. */
  readonly deadlines: Int32Array;
  readonly fixed: ReadonlyMap<number, FixedPlace>;
  /** People of activity a have places `seats[a]` … `seats[a + 1] - 1` in a schedule, of which some may stay empty. */
  readonly seats: Int32Array;
  /** The least ticks from start to end of each activity, over its options. */
  readonly least: Int32Array;
}

/** After all ticks. */
export const NEVER = 2 ** 31 - 1;

/** Options of all activities one after the other: those of activity a are `starts[a]` … `starts[a + 1] - 1`. */
export interface OptionTable {
  readonly starts: Int32Array;
  readonly work: Int32Array;
  readonly costs: Float64Array;
  readonly demands: Demands;
  /** Those of option o are `starts[o]` … `starts[o + 1] - 1`; `pools` and `counts` have one for each need. */
  readonly needs: {
    readonly starts: Int32Array;
    readonly pools: Int32Array;
    readonly counts: Int32Array;
  };
  /** People that each option takes. */
  readonly heads: Int32Array;
  /** Ticks from start to end with the quickest people, absences left aside. */
  readonly least: Int32Array;
  /** 1 where it takes that long with anybody, at any time. */
  readonly uniform: Int32Array;
}

/** Ticks that work takes somebody; a factor like 1.1 must not add a tick by its binary form. */
export const ticksOf = (work: number, factor: number): number => Math.ceil(work * factor - 1e-9);

/** @param parts without faults: `crewPartFaults` tells */
export function makeCrewProblem(parts: CrewParts): CrewProblem {
  const { activities, absences } = parts;
  const size = activities.length;
  const calendars = calendarsOf(absences);
  const pools = makePools(parts.pools, calendars);
  const options = optionTable(activities, pools);
  const isFixed = (activity: number): boolean => activities[activity]?.fixed !== undefined;
  const arcs = parts.arcs.filter(({ to }) => !isFixed(to));
  const [least, seats] = [new Int32Array(size), new Int32Array(size + 1)];
  for (const [activity, { fixed }] of activities.entries()) {
    let [ticks, heads] = fixed ? [fixed.end - fixed.start, fixed.people.length] : [NEVER, 0];
    const last = int(options.starts, activity + 1);
    for (let option = fixed ? last : int(options.starts, activity); option < last; option++) {
      ticks = Math.min(ticks, int(options.least, option));
      heads = Math.max(heads, int(options.heads, option));
    }
    least[activity] = ticks;
    seats[activity + 1] = int(seats, activity) + heads;
  }
  return {
    size,
    people: absences.length,
    words: Math.max(1, Math.ceil(absences.length / 32)),
    calendars,
    capacities: Int32Array.from(parts.capacities),
    pools,
    before: linkArcs(size, arcs, "to"),
    after: linkArcs(size, arcs, "from"),
    options,
    releases: Int32Array.from(activities, ({ release }) => release ?? 0),
    deadlines: Int32Array.from(activities, ({ deadline }) => deadline ?? NEVER),
    fixed: new Map(activities.flatMap(({ fixed }, index) => (fixed ? [[index, fixed]] : []))),
    seats,
    least,
  };
}

/**
 * The problem run backwards in time: activities start there where they end here, counted from the end of the schedule. Only for problems
 * that are two-sided.
 */
export function mirroredCrew({ before, after, ...rest }: CrewProblem): CrewProblem {
  return { ...rest, before: mirroredArcs(after), after: mirroredArcs(before) };
}

/** Nothing in it is bound to a time. */
export const isTwoSided = ({ calendars, releases, fixed }: CrewProblem): boolean =>
  fixed.size === 0 &&
  calendars.every((calendar) => calendar === undefined) &&
  releases.every((release) => release <= 0);

function optionTable(activities: readonly CrewActivity[], pools: readonly Pool[]): OptionTable {
  const starts = new Int32Array(activities.length + 1);
  const all: CrewOption[] = [];
  for (const [activity, { options }] of activities.entries()) {
    for (const option of options) all.push(option);
    starts[activity + 1] = all.length;
  }
  const needs = all.map(({ needs: list = [] }) => list.filter(({ count }) => count > 0));
  return {
    starts,
    work: Int32Array.from(all, ({ work }) => work),
    costs: Float64Array.from(all, ({ cost }) => cost ?? 0),
    demands: demandsOf(all),
    needs: {
      starts: startsOf(needs),
      pools: Int32Array.from(needs.flat(), ({ pool }) => pool),
      counts: Int32Array.from(needs.flat(), ({ count }) => count),
    },
    heads: Int32Array.from(needs, (list) => list.reduce((sum, { count }) => sum + count, 0)),
    least: Int32Array.from(all, ({ work }, option) => leastTicks(work, needs[option] ?? [], pools)),
    uniform: Int32Array.from(needs, (list) =>
      list.every(({ pool }) => pools[pool]?.isUniform) ? 1 : 0,
    ),
  };
}

function demandsOf(options: readonly CrewOption[]): Demands {
  const demands = options.map(({ demands: list = [] }) => {
    const amounts = new Map<number, number>();
    for (const { resource, amount } of list)
      amounts.set(resource, (amounts.get(resource) ?? 0) + amount);
    return [...amounts]
      .map(([resource, amount]) => ({ resource, amount }))
      .filter(({ amount }) => amount > 0);
  });
  return {
    starts: startsOf(demands),
    resources: Int32Array.from(demands.flat(), ({ resource }) => resource),
    amounts: Int32Array.from(demands.flat(), ({ amount }) => amount),
  };
}

function startsOf(rows: readonly (readonly unknown[])[]): Int32Array {
  const starts = new Int32Array(rows.length + 1);
  for (const [row, { length }] of rows.entries()) starts[row + 1] = int(starts, row) + length;
  return starts;
}

/** With the quickest people of each pool; whether they are the same ones for two needs is left aside. */
function leastTicks(work: number, needs: readonly CrewNeed[], pools: readonly Pool[]): number {
  let ticks = needs.length === 0 ? work : 0;
  for (const { pool, count } of needs)
    ticks = Math.max(ticks, ticksOf(work, pools[pool]?.factorsUp[count - 1] ?? 1));
  return ticks;
}
