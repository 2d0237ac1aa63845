import { int } from "../problem.ts";
import { endOfWork, type Calendar } from "./calendar.ts";
import { NEVER, ticksOf, type CrewProblem } from "./crew-problem.ts";
import { ONLY, type Guide } from "./guide.ts";
import { addTo, isIn } from "./people-sets.ts";

/** When people would be done with an option of an activity that takes them different times, if it began at a tick. */
export class DoneTimes {
  /** Ends that are worth a try, the earliest first: those of single people, from the first by which each need for itself has enough of them. */
  readonly ends: number[] = [];
  readonly #problem: CrewProblem;
  readonly #guide: Guide;
  /** Of each need's pool, one need after the other; NEVER of those who are out. */
  #dones = new Int32Array(64);
  #own: number[] = [];
  #lastCalendar: Calendar | undefined;
  #lastTicks = -1;
  #lastDone = 0;

  constructor(problem: CrewProblem, guide: Guide) {
    this.#problem = problem;
    this.#guide = guide;
  }

  /** Set `ends`, for those who are not taken. False if a need has too few of them. */
  begin(activity: number, option: number, tick: number, taken: Int32Array): boolean {
    const { options, pools, words } = this.#problem;
    const { starts, pools: poolOf, counts } = options.needs;
    const only = int(this.#guide.hold, activity) === ONLY;
    const { wishes } = this.#guide;
    this.#lastTicks = -1;
    this.ends.length = 0;
    let [first, count] = [0, 0];
    for (let need = int(starts, option); need < int(starts, option + 1); need++) {
      const pool = pools[int(poolOf, need)];
      if (!pool) continue;
      const own = this.#own;
      own.length = 0;
      this.#makeRoom(count + pool.members.length);
      for (let at = 0; at < pool.members.length; at++) {
        const person = int(pool.members, at);
        let done = NEVER;
        if (!isIn(taken, 0, person) && (!only || isIn(wishes, activity * words, person))) {
          done = this.#doneAt(
            person,
            tick,
            ticksOf(int(options.work, option), pool.factors[at] ?? 1),
          );
          insertOnce(this.ends, done);
          own.push(done);
        }
        this.#dones[count++] = done;
      }
      if (own.length < int(counts, need)) return false;
      first = Math.max(first, smallestButFew(own, int(counts, need)));
    }
    while ((this.ends[0] ?? first) < first) this.ends.shift();
    return true;
  }

  /** Allow those for each need who are done by then, and not taken. */
  allow(option: number, end: number, taken: Int32Array, allowed: Int32Array): void {
    const { pools, options, words } = this.#problem;
    const { starts, pools: poolOf } = options.needs;
    let [count, at] = [0, 0];
    for (let need = int(starts, option); need < int(starts, option + 1); need++, at += words) {
      allowed.fill(0, at, at + words);
      for (const person of pools[int(poolOf, need)]?.members ?? [])
        if (int(this.#dones, count++) <= end && !isIn(taken, 0, person)) addTo(allowed, at, person);
    }
  }

  /** Most people have the same calendar as the one before. */
  #doneAt(person: number, tick: number, ticks: number): number {
    const calendar = this.#problem.calendars[person];
    if (calendar !== this.#lastCalendar || ticks !== this.#lastTicks) {
      this.#lastCalendar = calendar;
      this.#lastTicks = ticks;
      this.#lastDone = endOfWork(calendar, tick, ticks);
    }
    return this.#lastDone;
  }

  #makeRoom(length: number): void {
    if (length <= this.#dones.length) return;
    const longer = new Int32Array(2 * length);
    longer.set(this.#dones);
    this.#dones = longer;
  }
}

/** Into a sorted list of few different values. */
function insertOnce(sorted: number[], value: number): void {
  let at = sorted.length;
  while (at > 0 && (sorted[at - 1] ?? 0) > value) at--;
  if (at > 0 && sorted[at - 1] === value) return;
  sorted.splice(at, 0, value);
}

/** The value with `count` - 1 others that are smaller or the same. */
function smallestButFew(values: readonly number[], count: number): number {
  const [first] = values;
  if (values.every((value) => value === first)) return first ?? 0;
  return values.toSorted((one, other) => one - other)[count - 1] ?? 0;
}
