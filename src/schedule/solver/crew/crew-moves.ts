import { int } from "../problem.ts";
import type { CrewProblem } from "./crew-problem.ts";
import { headsOf, type CrewSchedule } from "./crew-schedule.ts";
import { ANY_OPTION, ANYBODY, NOISES, ONLY, RATHER, type Guide } from "./guide.ts";
import { addTo } from "./people-sets.ts";

/** Activities, one after the other, that the window of a step has room for: from NARROW to NARROW + WIDTH, times three. */
const NARROW = 2;
const WIDTH = 4.5;
/** How often everybody outside of the window keeps exactly what they do, whatever it costs in time. */
const ONLY_SHARE = 0.1;
/** How far, in mean scarcities, people may be out of the order in which they are taken. */
const SPREAD = 1;

/** The changes that steps of a search try: they set the guide by which the next schedule is made, and `shift`. */
export class CrewMoves {
  /** How far each activity is moved in the order. */
  readonly shift: Float64Array;
  readonly #problem: CrewProblem;
  readonly #guide: Guide;
  readonly #random: () => number;

  constructor(problem: CrewProblem, guide: Guide, random: () => number) {
    this.shift = new Float64Array(problem.size);
    this.#problem = problem;
    this.#guide = guide;
    this.#random = random;
    for (let at = 0; at < NOISES; at++) guide.noise[at] = random() - 0.5;
  }

  /** Nothing is kept; people are taken by scarcity, with as much noise. */
  forget(spread: number): void {
    const guide = this.#guide;
    guide.hold.fill(ANYBODY);
    guide.options.fill(ANY_OPTION);
    guide.spread.fill(spread);
    guide.noiseAt = Math.floor(this.#random() * NOISES);
  }

  /** Everybody rather, or only, does what they do now. */
  keep(from: CrewSchedule, hold: typeof RATHER | typeof ONLY = RATHER): void {
    const { size, words, seats } = this.#problem;
    const guide = this.#guide;
    this.shift.fill(0);
    guide.wishes.fill(0);
    guide.hold.fill(hold);
    guide.options.set(from.options);
    guide.spread.fill(0);
    for (let node = 0; node < size; node++) {
      const first = int(seats, node);
      const last = first + headsOf(this.#problem, from, node);
      for (let seat = first; seat < last; seat++)
        addTo(guide.wishes, node * words, int(from.people, seat));
    }
  }

  /** Around one tick, activities change places, some of them hands, and some of those that can the way they are done. */
  shuffle(from: CrewSchedule): void {
    const random = this.#random;
    const { size, options } = this.#problem;
    const guide = this.#guide;
    this.keep(from, random() < ONLY_SHARE ? ONLY : RATHER);
    guide.noiseAt = Math.floor(random() * NOISES);
    const middle = random() * from.makespan;
    const reach = (1.5 * from.makespan * (NARROW + random() * WIDTH)) / Math.max(1, size);
    const share = 0.15 + random() * 0.5;
    const noise = 2 * (0.5 + random() * 2.5) * reach;
    const handing = random();
    for (let node = 0; node < size; node++) {
      const centre = (int(from.starts, node) + int(from.ends, node)) / 2;
      if (Math.abs(centre - middle) >= reach) continue;
      if (random() < share) this.shift[node] = (random() - 0.5) * noise;
      const count = int(options.starts, node + 1) - int(options.starts, node);
      const changes = count > 1 && random() < share;
      if (changes) guide.options[node] = this.#anotherOption(node, count);
      if (changes || random() < handing) {
        guide.hold[node] = ANYBODY;
        guide.spread[node] = SPREAD;
      }
    }
  }

  #anotherOption(node: number, count: number): number {
    const first = int(this.#problem.options.starts, node);
    return this.#random() < 0.5 ? ANY_OPTION : first + Math.floor(this.#random() * count);
  }
}
