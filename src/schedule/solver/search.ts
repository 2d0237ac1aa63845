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
  /** No schedule ends earlier. */
  readonly bound: number;
  /** Schedules made. */
  readonly schedules: number;
}

/** Non-delay schedules that the search begins with, each justified twice; the best is taken further. */
const BEGINNINGS = 60;
/** How far their keys are off the order of longest paths, as a part of the bound. */
const SPREAD = 0.15;
/** Ticks that a step may lose at the beginning of the search, on average; none at its end. */
const HEAT = 0.6;
/** Activities, one after the other, that the window of a step has room for: from NARROW to NARROW + WIDTH, times three. */
const NARROW = 2;
const WIDTH = 4.5;

/**
 * Large-neighbourhood search over schedules from both sides of time in turn: the order in which activities end, with those around one tick
 * shuffled, is decoded from the other side. So each step is a justification (Valls, Ballestín and Quintanilla 2005) and a change at once,
 * and costs one schedule. Longer ones are accepted as in simulated annealing. Its figures: `bench/psplib.mjs`.
 */
export function createSearch(problem: Problem, { seed, budget }: SearchSettings): Search {
  const random = seededRandom(seed);
  const bound = lowerBound(problem);
  const sides = twoSides(problem);
  const empty = (): SidedSchedule => ({
    starts: new Int32Array(problem.size),
    makespan: Infinity,
    side: 0,
  });
  const [current, best, next] = [empty(), empty(), empty()];
  let beginnings = 0;
  const accept = (): void => {
    copy(next, current);
    if (next.makespan < best.makespan) copy(next, best);
  };
  const begin = (): void => {
    const spread = beginnings < 2 ? 0 : SPREAD * bound;
    const attempt = empty();
    sides.begin(beginnings % 2 === 0 ? 0 : 1, () => (random() - 0.5) * spread, attempt);
    beginnings++;
    for (let pass = 0; pass < 3; pass++) {
      copy(attempt, next);
      if (next.makespan <= current.makespan) accept();
      if (pass < 2) {
        sides.turn(next, Infinity, () => 0, attempt);
      }
    }
  };
  const step = (): void => {
    const heat = HEAT * Math.max(0, 1 - sides.schedules() / budget);
    const limit = current.makespan + Math.floor(-Math.log(1 - random()) * heat);
    if (sides.turn(current, limit, shuffle(problem, current, random), next)) accept();
  };
  const isOver = (): boolean => best.makespan <= bound || sides.schedules() >= budget;
  return {
    advance(count) {
      const until = sides.schedules() + count;
      while (!isOver() && sides.schedules() < until)
        if (beginnings < BEGINNINGS) begin();
        else step();
      return !isOver();
    },
    best: () => ({
      starts: startsOf(best, problem.durations),
      makespan: best.makespan,
      bound,
      schedules: sides.schedules(),
    }),
  };
}

/** Moves some of the activities around one tick, by up to a few times the window's width. */
function shuffle(
  { size, durations }: Problem,
  { starts, makespan }: SidedSchedule,
  random: () => number,
): (node: number) => number {
  const middle = random() * makespan;
  const reach = (1.5 * makespan * (NARROW + random() * WIDTH)) / Math.max(1, size);
  const share = 0.15 + random() * 0.5;
  const noise = 2 * (0.5 + random() * 2.5) * reach;
  return (node) => {
    const centre = int(starts, node) + int(durations, node) / 2;
    const moves = Math.abs(centre - middle) < reach && random() < share;
    return moves ? (random() - 0.5) * noise : 0;
  };
}

function copy(from: SidedSchedule, to: SidedSchedule): void {
  to.starts.set(from.starts);
  to.makespan = from.makespan;
  to.side = from.side;
}
