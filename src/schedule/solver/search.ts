import { seededRandom } from "../../core/random.ts";
import { lowerBound } from "./lower-bound.ts";
import { int, type Problem } from "./problem.ts";
import { startsOf, twoSides, type SidedSchedule } from "./two-sides.ts";

export interface SearchSettings {
  readonly seed: number;
  /** Schedules to make at most; one is a start for each activity, so half a schedule counts half (Kolisch and Hartmann 2006). */
  readonly budget: number;
}

/** A search that can be asked for a little more at a time. The same seed and budget give the same schedule, however it is cut up. */
export interface Search {
  /** Go on for about this many schedules. False when there is nothing more to do: the bound is reached or the budget used up. */
  advance(schedules: number): boolean;
  best(): Solution;
}

export interface Solution {
  /** When each activity starts, in ticks. */
  readonly starts: Int32Array;
  readonly makespan: number;
  /** Ticks by which activities end after their deadlines, added up; the search puts it before the makespan. */
  readonly late: number;
  /** No schedule ends earlier. */
  readonly bound: number;
  /** Schedules made. */
  readonly schedules: number;
}

/** Schedules by longest path that the search begins with, each justified twice; the best is taken further. */
const BEGINNINGS = 60;
/** How far their keys are off the order of longest paths, as a part of the bound. */
const SPREAD = 0.1;
/**
 * Ticks that a step may lose at the beginning of the search, on average; none at its end. Less for more than COOL activities, where more
 * steps lose nothing, and for more than SHORT schedules, where there is time to find the way out of a valley.
 */
const HEAT = 1;
const COOL = 72;
const SHORT = 5_000;
/** Activities, one after the other, that the window of a step has room for: from NARROW to NARROW + WIDTH, times three. */
const NARROW = 2;
const WIDTH = 3.5;
/** Ticks by which all are shuffled: decides who is first of those that end at once. */
const JITTER = 0.9;
/** Activities above which there are beginnings only: to build a schedule anew serially takes too long. */
const LARGE = 20_000;

/**
 * Large-neighbourhood search over schedules from both sides of time in turn: the order in which activities end, with those around one tick
 * shuffled, is decoded from the other side. So each step is a justification (Valls, Ballestín and Quintanilla 2005) and a change at once,
 * and costs one schedule. Longer ones are accepted as in simulated annealing. Its figures: `bench/psplib.mjs`.
 */
export function createSearch(problem: Problem, { seed, budget }: SearchSettings): Search {
  const { size, durations } = problem;
  const random = seededRandom(seed);
  const bound = lowerBound(problem);
  const sides = twoSides(problem);
  const [current, best, next] = [nothing(size), nothing(size), nothing(size)];
  const hottest = HEAT * Math.min(1, COOL / Math.max(1, size), (SHORT / budget) ** 0.2);
  let beginnings = 0;
  const accept = (): void => {
    copy(next, current);
    if (isBetter(next, best)) copy(next, best);
  };
  const begin = (): void => {
    const spread = beginnings < 2 ? 0 : SPREAD * bound;
    sides.begin(beginnings % 2 === 0 ? 0 : 1, () => (random() - 0.5) * spread, next);
    beginnings++;
    const attempt = nothing(size);
    for (let pass = 0; ; pass++) {
      if (!isBetter(current, next)) accept();
      if (pass === 2 || size > LARGE) break;
      copy(next, attempt);
      sides.turn(attempt, Infinity, () => 0, next);
    }
  };
  const step = (): void => {
    const heat = hottest * Math.max(0, 1 - sides.schedules() / budget);
    const limit = current.makespan + Math.floor(-Math.log(1 - random()) * heat);
    // To be less late it may last as long as it takes.
    const most = current.late > 0 && current.side === 1 ? Infinity : limit;
    if (!sides.turn(current, most, shuffle(problem, current, random), next)) return;
    const isLess = next.late < current.late;
    if (isLess || (next.late === current.late && next.makespan <= limit)) accept();
  };
  const isOver = (): boolean =>
    (best.makespan <= bound && best.late === 0) || sides.schedules() >= budget;
  return {
    advance(count) {
      const until = sides.schedules() + count;
      while (!isOver() && sides.schedules() < until)
        if (beginnings < BEGINNINGS || size > LARGE) begin();
        else step();
      return !isOver();
    },
    best() {
      if (beginnings === 0) begin();
      return { ...ofTime(best, durations), bound, schedules: sides.schedules() };
    },
  };
}

function ofTime(schedule: SidedSchedule, durations: Int32Array) {
  const starts = startsOf(schedule, durations);
  const ends = starts.map((start, node) => start + int(durations, node));
  const makespan = ends.reduce((latest, end) => Math.max(latest, end), 0);
  return { starts, makespan, late: schedule.late };
}

/** Moves some of the activities around one tick, by up to a few times the window's width, and all others by a hair. */
function shuffle(
  { size, durations }: Problem,
  { starts, makespan }: SidedSchedule,
  random: () => number,
): (node: number) => number {
  const middle = random() * makespan;
  const reach = (1.5 * makespan * (NARROW + random() * WIDTH)) / Math.max(1, size);
  const share = 0.15 + random() * 0.5;
  const noise = 2 * (0.5 + random() * 2.5) * reach;
  const factor = Math.floor(random() * 2 ** 32) | 1;
  return (node) => {
    const centre = int(starts, node) + int(durations, node) / 2;
    if (Math.abs(centre - middle) < reach && random() < share) return (random() - 0.5) * noise;
    return ((Math.imul(node + 1, factor) >>> 0) / 2 ** 32 - 0.5) * JITTER;
  };
}

const isBetter = (one: SidedSchedule, other: SidedSchedule): boolean =>
  one.late < other.late || (one.late === other.late && one.makespan < other.makespan);

const nothing = (size: number): SidedSchedule => ({
  starts: new Int32Array(size),
  side: 0,
  end: 0,
  makespan: Infinity,
  late: Infinity,
});

function copy(from: SidedSchedule, to: SidedSchedule): void {
  to.starts.set(from.starts);
  to.side = from.side;
  to.end = from.end;
  to.makespan = from.makespan;
  to.late = from.late;
}
