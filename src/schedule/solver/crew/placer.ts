import { int } from "../problem.ts";
import { alikeOptions } from "./alike.ts";
import { BlockedTimes } from "./blocked-times.ts";
import { beginningFor, endOfWork, nextWorked } from "./calendar.ts";
import { Chooser } from "./chooser.ts";
import { NEVER, ticksOf, type CrewProblem } from "./crew-problem.ts";
import { DoneTimes } from "./done-times.ts";
import { ONLY, type Guide } from "./guide.ts";
import { factorIn } from "./pools.ts";
import { ENOUGH, TOO_FEW, type Crowd, type Timeline } from "./timeline.ts";

/** What `tryAt` gives when it found a place. */
export const PLACED = -1;

/** Ticks that are tried one after the other in problems of more than LARGE activities; after them ever more are left out in between. */
const PATIENCE = 200;
const LARGE = 5_000;

/** Where a place is looked for: starts at `ready` or later, ends at `endReady` or later and before `limit`. */
export interface PlaceWindow {
  ready: number;
  endReady: number;
  limit: number;
}

/**
 * Finds where an option of an activity fits into a timeline: its resources are free, and people for its needs who are free until the last of
 * them is done.
 */
export class Placer {
  /** The place that was found last. */
  start = 0;
  end = 0;
  /** Those of the option's first need first; of no use after a failure. */
  readonly people: Int32Array;
  readonly #problem: CrewProblem;
  readonly #timeline: Timeline;
  readonly #chooser: Chooser;
  readonly #guide: Guide;
  readonly #crowd: Crowd;
  readonly #blocked: BlockedTimes;
  readonly #patience: number;
  readonly #nobody: Int32Array;
  readonly #dones: DoneTimes;

  constructor(problem: CrewProblem, guide: Guide, timeline: Timeline) {
    this.#problem = problem;
    this.#timeline = timeline;
    this.#chooser = new Chooser(problem, guide);
    this.people = this.#chooser.people;
    this.#dones = new DoneTimes(problem, guide);
    this.#guide = guide;
    this.#crowd = crowdOf(problem);
    this.#blocked = new BlockedTimes(this.#crowd.kindOf, problem.options.work);
    this.#patience = problem.size > LARGE ? PATIENCE : Infinity;
    this.#nobody = new Int32Array(problem.words);
  }

  /**
   * The earliest place, or, where people take different times, the one that ends first. `keep` is called with each that is better than those
   * before. False if there is none.
   */
  findEarliest(activity: number, option: number, window: PlaceWindow, keep: () => void): boolean {
    const least = int(this.#problem.options.least, option);
    const work = int(this.#problem.options.work, option);
    const isOpen = window.endReady === 0 && int(this.#guide.hold, activity) !== ONLY;
    const first = this.#blocked.firstOpen(option, work, window.ready);
    let [tick, tries, found] = [first, 0, false];
    while (tick + least < window.limit) {
      const next = this.tryAt(activity, option, tick, window.endReady);
      if (next === PLACED) {
        if (!found && isOpen) this.#blocked.block(option, work, window.ready, tick);
        if (this.end < window.limit) {
          window.limit = this.end;
          found = true;
          keep();
        }
        if (this.end === tick + least) break;
        tick = this.#timeline.nextChange(tick);
      } else
        tick = ++tries < this.#patience ? next : this.#timeline.skip(next, tries - this.#patience);
      if (found && this.#earliestEnd(option, tick) >= window.limit) break;
    }
    return found;
  }

  /** To be called when the timeline is cleared. */
  clear(): void {
    this.#blocked.clear();
  }

  /** A place from this tick on. PLACED, or the next tick that is worth a try. */
  tryAt(activity: number, option: number, tick: number, endReady: number): number {
    const { options } = this.#problem;
    const work = int(options.work, option);
    const needsPeople = int(options.heads, option) > 0;
    if (needsPeople && work > 0 && int(options.uniform, option) === 0)
      return this.#tryUneven(activity, option, tick, endReady);
    const end = tick + int(options.least, option);
    if (end < endReady) return tick + endReady - end;
    const stretch = this.#timeline.stretchAt(tick);
    const failed = end === tick ? ENOUGH : this.#timeline.look(stretch, end, option, this.#crowd);
    if (failed !== ENOUGH) return this.#after(failed === TOO_FEW ? stretch : failed);
    if (needsPeople) {
      const taken = end === tick ? this.#nobody : this.#timeline.taken;
      this.#chooser.allowPools(activity, option, taken);
      if (!this.#chooser.choose(activity, option)) return this.#after(stretch);
    }
    this.start = tick;
    this.end = end;
    return PLACED;
  }

  /** Where it depends on the people how long it takes: the earliest end for which there are enough who are done and free by then. */
  #tryUneven(activity: number, option: number, tick: number, endReady: number): number {
    const timeline = this.#timeline;
    const stretch = timeline.stretchAt(tick);
    const failedNow = timeline.look(stretch, tick + 1, option, this.#crowd);
    if (failedNow !== ENOUGH) return this.#after(failedNow === TOO_FEW ? stretch : failedNow);
    if (!this.#dones.begin(activity, option, tick, timeline.taken)) return this.#after(stretch);
    const { ends } = this.#dones;
    for (let at = 0; at < ends.length; at++) {
      const end = ends[at] ?? 0;
      const failed = timeline.look(stretch, end, option, this.#crowd);
      if (failed !== ENOUGH) return this.#after(at === 0 && failed !== TOO_FEW ? failed : stretch);
      this.#dones.allow(option, end, timeline.taken, this.#chooser.allowed);
      if (!this.#chooser.choose(activity, option)) continue;
      if (end < endReady) return Math.max(tick + 1, this.#beginningFor(option, endReady));
      this.end = end;
      this.start = this.#beginningFrom(option, tick);
      return PLACED;
    }
    return this.#after(stretch);
  }

  /** No place from this tick on ends earlier. */
  #earliestEnd(option: number, tick: number): number {
    const { options, pools, calendars } = this.#problem;
    const { starts, pools: poolOf } = options.needs;
    let latest = tick + int(options.least, option);
    for (let need = int(starts, option); need < int(starts, option + 1); need++) {
      const kinds = pools[int(poolOf, need)]?.kinds ?? [];
      let first = kinds.length === 0 ? 0 : NEVER;
      for (const { person, factor } of kinds) {
        const ticks = ticksOf(int(options.work, option), factor);
        first = Math.min(first, endOfWork(calendars[person], tick, ticks));
      }
      latest = Math.max(latest, first);
    }
    return latest;
  }

  /** The first tick at which the chosen end it at `end` or later. */
  #beginningFor(option: number, end: number): number {
    return this.#leastOfChosen(option, (person, ticks) =>
      beginningFor(this.#problem.calendars[person], end, ticks),
    );
  }

  /** The first tick at which one of the chosen works. */
  #beginningFrom(option: number, tick: number): number {
    return this.#leastOfChosen(option, (person) =>
      nextWorked(this.#problem.calendars[person], tick),
    );
  }

  #leastOfChosen(option: number, value: (person: number, ticks: number) => number): number {
    const { pools, options } = this.#problem;
    const { starts, pools: poolOf, counts } = options.needs;
    let [least, seat] = [NEVER, 0];
    for (let need = int(starts, option); need < int(starts, option + 1); need++) {
      const pool = pools[int(poolOf, need)];
      for (let last = seat + int(counts, need); seat < last; seat++) {
        const person = int(this.people, seat);
        const ticks = ticksOf(int(options.work, option), pool ? factorIn(pool, person) : 1);
        least = Math.min(least, value(person, ticks));
      }
    }
    return least;
  }

  #after(stretch: number): number {
    return this.#timeline.begin(stretch + 1);
  }
}

function crowdOf(problem: CrewProblem): Crowd {
  const { options, pools, words } = problem;
  const { starts, pools: poolOf } = options.needs;
  const kindOf = alikeOptions(problem);
  const kinds = kindOf.reduce((most, kind) => Math.max(most, kind + 1), 0);
  const sets = new Int32Array(kinds * words);
  for (const [option, kind] of kindOf.entries())
    for (let need = int(starts, option); need < int(starts, option + 1); need++)
      for (const [word, bits] of pools[int(poolOf, need)]?.set.entries() ?? [])
        sets[kind * words + word] = int(sets, kind * words + word) | bits;
  return { heads: options.heads, kindOf, sets };
}
