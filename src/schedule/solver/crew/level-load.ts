import { int } from "../problem.ts";
import { endOfWork, nextWorked } from "./calendar.ts";
import { ticksOf, type CrewProblem } from "./crew-problem.ts";
import { headsOf, type CrewSchedule } from "./crew-schedule.ts";
import { isIn } from "./people-sets.ts";
import { costIn, factorIn, type Pool } from "./pools.ts";
import { Timeline } from "./timeline.ts";

/** Passes over all activities; most problems are level after two or three. */
const PASSES = 8;
/** The same for problems of more than LARGE activities. */
const PASSES_IF_LARGE = 1;
const LARGE = 20_000;

/**
 * Hand activities over to people with less to do, where that changes no times and adds nothing to the cost, until no single one makes the sum
 * of squared loads less. Changes `people` of a schedule whose times count from the beginning.
 *
 * @returns ticks that each person is busy
 */
export function levelLoad(problem: CrewProblem, schedule: CrewSchedule): Float64Array {
  const leveller = new LoadLeveller(problem, schedule);
  const passes = problem.size > LARGE ? PASSES_IF_LARGE : PASSES;
  for (let pass = 0; pass < passes; pass++) if (!leveller.pass()) break;
  return leveller.loads;
}

/** A place of an activity in its schedule, and whom it may be given to. */
interface Seat {
  readonly node: number;
  readonly seat: number;
  readonly pool: Pool;
  readonly ticks: number;
}

class LoadLeveller {
  readonly loads: Float64Array;
  readonly #problem: CrewProblem;
  readonly #schedule: CrewSchedule;
  readonly #timeline: Timeline;
  /** Activities that take time and are not fixed, by their starts. */
  readonly #open: readonly number[];

  constructor(problem: CrewProblem, schedule: CrewSchedule) {
    this.#problem = problem;
    this.#schedule = schedule;
    this.#timeline = new Timeline(problem);
    this.loads = new Float64Array(problem.people);
    const { starts, ends } = schedule;
    const order = Array.from(starts.keys()).toSorted(
      (one, other) => int(starts, one) - int(starts, other) || one - other,
    );
    for (const node of order) this.#book(node);
    this.#open = order.filter(
      (node) => !problem.fixed.has(node) && int(ends, node) > int(starts, node),
    );
  }

  /** Try every place of every activity once. False if none changed hands. */
  pass(): boolean {
    const { options, seats, pools } = this.#problem;
    const { starts, pools: poolOf, counts } = options.needs;
    let changed = false;
    for (const node of this.#open) {
      const option = int(this.#schedule.options, node);
      let seat = int(seats, node);
      for (let need = int(starts, option); need < int(starts, option + 1); need++) {
        const pool = pools[int(poolOf, need)];
        const ticks = int(options.work, option);
        for (let last = seat + int(counts, need); seat < last; seat++)
          if (pool && this.#handOver({ node, seat, pool, ticks })) changed = true;
      }
    }
    return changed;
  }

  #book(node: number): void {
    const { starts, ends, options, people } = this.#schedule;
    const [start, end, option] = [int(starts, node), int(ends, node), int(options, node)];
    const first = int(this.#problem.seats, node);
    const last = first + headsOf(this.#problem, this.#schedule, node);
    for (let seat = first; seat < last; seat++) this.#load(int(people, seat), end - start);
    this.#timeline.book({ start, end, option, people, first, last });
  }

  #load(person: number, ticks: number): void {
    this.loads[person] = (this.loads[person] ?? 0) + ticks;
  }

  #handOver(place: Seat): boolean {
    const { starts, ends, people } = this.#schedule;
    const [start, end] = [int(starts, place.node), int(ends, place.node)];
    const from = int(people, place.seat);
    const least = (this.loads[from] ?? 0) - (end - start);
    if (least <= 0) return false;
    this.#timeline.lookAtPeople(start, end);
    let [to, load] = [-1, least];
    for (const person of place.pool.members) {
      const its = this.loads[person] ?? 0;
      if (its < load && this.#canTake(place, person)) [to, load] = [person, its];
    }
    if (to < 0) return false;
    people[place.seat] = to;
    this.#timeline.release(from, start, end);
    this.#timeline.engage(to, start, end);
    this.#load(from, start - end);
    this.#load(to, end - start);
    return true;
  }

  /** It is free, costs no more, and the activity starts and ends when it did. Asked after `lookAtPeople`. */
  #canTake({ node, seat, pool, ticks }: Seat, person: number): boolean {
    const { starts, ends, options, people } = this.#schedule;
    const from = int(people, seat);
    if (isIn(this.#timeline.taken, 0, person)) return false;
    if (pool.hasCosts && costIn(pool, person) > costIn(pool, from)) return false;
    const option = int(options, node);
    if (int(this.#problem.options.uniform, option) === 1) return true;
    // Times hang on the others, too: only where this one alone gives the same ones, or changes none.
    const { calendars } = this.#problem;
    const [start, end] = [int(starts, node), int(ends, node)];
    const done = endOfWork(calendars[person], start, ticksOf(ticks, factorIn(pool, person)));
    const doneNow = endOfWork(calendars[from], start, ticksOf(ticks, factorIn(pool, from)));
    const isThere = nextWorked(calendars[person], start) === start;
    const wasThere = nextWorked(calendars[from], start) === start;
    return done <= end && (done === end || doneNow < end) && (isThere || !wasThere);
  }
}
