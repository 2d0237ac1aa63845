import { seededRandom } from "../../../core/random.ts";
import { crewBound } from "./crew-bound.ts";
import { leastCostOf } from "./crew-cost.ts";
import { CrewMoves } from "./crew-moves.ts";
import type { CrewProblem } from "./crew-problem.ts";
import { copySchedule, emptySchedule } from "./crew-schedule.ts";
import { crewSides, type CrewSides, type SidedCrewSchedule } from "./crew-sides.ts";
import { crewSolution, type CrewSolution } from "./crew-solution.ts";
import { emptyGuide } from "./guide.ts";

export interface CrewSearchSettings {
  readonly seed: number;
  /** Schedules to make at most; one is a start for each activity, so half a schedule counts half. */
  readonly budget: number;
}

/**
 * A search that can be asked for a little more at a time. The same seed gives the same schedules one after the other, however it is cut up and
 * whatever the budget, so more of it never gives a worse one.
 */
export interface CrewSearch {
  /** Go on for about this many schedules. False when there is nothing more to do: nothing can be better, or the budget is used up. */
  advance(schedules: number): boolean;
  best(): CrewSolution;
}

/** Non-delay schedules that the search begins with, */
const BEGINNINGS = 40;
/** and activities that they have together at most, if they are more than two. */
const LARGE = 20_000;
/** How far their keys are off the order of longest paths, as a part of the bound. */
const SPREAD = 0.15;
/** Ticks that a step may lose at the beginning of a round, on average; none at its end. */
const HEAT = 0.6;
/** Schedules of the first round; each later one has twice as many. */
const ROUND = 2_000;

/** @param problem made of parts without faults */
export const createCrewSearch = (problem: CrewProblem, settings: CrewSearchSettings): CrewSearch =>
  new NeighbourhoodSearch(problem, settings);

/**
 * Large-neighbourhood search as for problems without people (`search.ts`): the order of activities around one tick is shuffled, some of them
 * are given to others or done in another way, and the schedule is made anew, from the other side of time if the problem has two. Longer
 * ones are accepted as in simulated annealing, in rounds that grow. Shorter is better, then less late, then less costly; balance is seen to
 * at the end. Its figures: `bench/multi-skill.mjs`.
 */
class NeighbourhoodSearch implements CrewSearch {
  readonly #problem: CrewProblem;
  readonly #budget: number;
  readonly #random: () => number;
  readonly #bound: number;
  readonly #leastCost: number;
  readonly #sides: CrewSides;
  readonly #moves: CrewMoves;
  readonly #current: SidedCrewSchedule;
  readonly #best: SidedCrewSchedule;
  readonly #next: SidedCrewSchedule;
  readonly #beginnings: number;
  #begun = 0;
  #round = { from: 0, length: ROUND };

  constructor(problem: CrewProblem, { seed, budget }: CrewSearchSettings) {
    const guide = emptyGuide(problem);
    const empty = (): SidedCrewSchedule => ({ ...emptySchedule(problem), side: 0 });
    this.#problem = problem;
    this.#budget = budget;
    this.#random = seededRandom(seed);
    this.#bound = crewBound(problem);
    this.#leastCost = leastCostOf(problem);
    this.#sides = crewSides(problem, guide);
    this.#moves = new CrewMoves(problem, guide, this.#random);
    [this.#current, this.#best, this.#next] = [empty(), empty(), empty()];
    this.#beginnings = Math.max(2, Math.min(BEGINNINGS, Math.ceil(LARGE / (problem.size + 1))));
  }

  advance(count: number): boolean {
    const until = this.#sides.schedules() + count;
    while (!this.#isOver() && this.#sides.schedules() < until)
      if (this.#begun < this.#beginnings) this.#begin();
      else this.#step();
    return !this.#isOver();
  }

  best(): CrewSolution {
    if (this.#begun === 0) this.#begin();
    const schedules = this.#sides.schedules();
    return crewSolution(this.#problem, this.#best, { bound: this.#bound, schedules });
  }

  #isOver(): boolean {
    const { makespan, lateness, cost } = this.#best;
    const cannotBeBetter =
      makespan <= this.#bound && lateness === 0 && cost <= this.#leastCost + 1e-9;
    return cannotBeBetter || this.#sides.schedules() >= this.#budget;
  }

  /** A schedule from nothing, and the same made anew twice in its own order. */
  #begin(): void {
    const isPlain = this.#begun < 2;
    const spread = isPlain ? 0 : SPREAD * this.#bound;
    this.#moves.forget(isPlain ? 0 : 1);
    const side = this.#begun % 2 === 0 ? 0 : 1;
    this.#sides.begin(side, () => (this.#random() - 0.5) * spread, this.#next);
    this.#begun++;
    const attempt: SidedCrewSchedule = { ...emptySchedule(this.#problem), side: 0 };
    for (let pass = 0; pass < 3; pass++) {
      if (this.#next.makespan <= this.#current.makespan) this.#accept();
      if (pass === 2 || this.#isOver()) return;
      this.#moves.keep(this.#next);
      this.#sides.turn(this.#next, Infinity, this.#moves.shift, attempt);
      copySided(attempt, this.#next);
    }
  }

  #step(): void {
    const [current, next] = [this.#current, this.#next];
    const loss = Math.floor(-Math.log(1 - this.#random()) * this.#heat());
    this.#moves.shuffle(current);
    if (!this.#sides.turn(current, current.makespan + loss, this.#moves.shift, next)) return;
    // Between schedules of one length the second and third aims lead half of the time; always, and the way to shorter ones would be barred.
    const isEqual = next.makespan === current.makespan;
    if (!isEqual || this.#random() < 0.5 || !isBetter(current, next)) this.#accept();
  }

  #accept(): void {
    copySided(this.#next, this.#current);
    if (isBetter(this.#next, this.#best)) copySided(this.#next, this.#best);
  }

  /** Ticks that a step may lose on average. */
  #heat(): number {
    const made = this.#sides.schedules();
    while (made >= this.#round.from + this.#round.length)
      this.#round = { from: this.#round.from + this.#round.length, length: 2 * this.#round.length };
    return HEAT * (1 - Math.max(0, made - this.#round.from) / this.#round.length);
  }
}

/** Shorter; then less late; then less costly. */
const isBetter = (one: SidedCrewSchedule, other: SidedCrewSchedule): boolean =>
  one.makespan !== other.makespan
    ? one.makespan < other.makespan
    : one.lateness !== other.lateness
      ? one.lateness < other.lateness
      : one.cost < other.cost - 1e-9;

function copySided(from: SidedCrewSchedule, to: SidedCrewSchedule): void {
  copySchedule(from, to);
  to.side = from.side;
}
