import { int } from "../problem.ts";
import type { CrewProblem } from "./crew-problem.ts";
import { type Guide, ONLY, weightOf } from "./guide.ts";
import { costIn } from "./pools.ts";
import { bitsIn, isIn } from "./people-sets.ts";

/**
 * Chooses people for the needs of an option: as many different ones as it takes, each for a need that they can serve (a matching of people
 * with needs), and among all such choices one with the least sum of weights (the sets of people that can be matched are a matroid, so taking
 * the lightest who still fits is best: Edmonds 1971). O(people² + people × needs²) for an option.
 */
export class Chooser {
  /** The chosen, those of the first need first. */
  readonly people: Int32Array;
  /** Who may serve each need of the option at hand: sets, one after the other. */
  readonly allowed: Int32Array;
  readonly #problem: CrewProblem;
  readonly #guide: Guide;
  readonly #line: Int32Array;
  readonly #weights: Float64Array;
  /** Of each need: its first place in `people`, and how many are filled. */
  readonly #firsts: Int32Array;
  readonly #filled: Int32Array;
  readonly #seen: Int32Array;
  #needs = 0;

  constructor(problem: CrewProblem, guide: Guide) {
    const { options, words, people } = problem;
    let [most, heads] = [1, 1];
    for (let option = 0; option < options.work.length; option++) {
      most = Math.max(
        most,
        int(options.needs.starts, option + 1) - int(options.needs.starts, option),
      );
      heads = Math.max(heads, int(options.heads, option));
    }
    this.#problem = problem;
    this.#guide = guide;
    this.people = new Int32Array(heads);
    this.allowed = new Int32Array(most * words);
    this.#line = new Int32Array(people);
    this.#weights = new Float64Array(people);
    this.#firsts = new Int32Array(most + 1);
    this.#filled = new Int32Array(most);
    this.#seen = new Int32Array(most);
  }

  /** Allow those of each pool who are not taken, and who are among the wishes where nobody else will do. */
  allowPools(activity: number, option: number, taken: Int32Array): void {
    const { words, pools, options } = this.#problem;
    const { starts, pools: poolOf } = options.needs;
    const only = int(this.#guide.hold, activity) === ONLY;
    let at = 0;
    for (let need = int(starts, option); need < int(starts, option + 1); need++) {
      const set = pools[int(poolOf, need)]?.set ?? NOBODY;
      for (let word = 0; word < words; word++) {
        const free = int(set, word) & ~int(taken, word);
        this.allowed[at++] = only ? free & int(this.#guide.wishes, activity * words + word) : free;
      }
    }
  }

  /** Choose among those who are allowed. False if there are too few. */
  choose(activity: number, option: number): boolean {
    const { starts, counts } = this.#problem.options.needs;
    const first = int(starts, option);
    this.#needs = int(starts, option + 1) - first;
    let heads = 0;
    for (let need = 0; need < this.#needs; need++) {
      const count = int(counts, first + need);
      if (this.#allowedFor(need) < count) return false;
      this.#firsts[need] = heads;
      this.#filled[need] = 0;
      heads += count;
    }
    this.#firsts[this.#needs] = heads;
    let waiting = this.#lineUp(activity, option);
    for (let chosen = 0; chosen < heads;) {
      if (waiting < heads - chosen) return false;
      const lightest = this.#lightestOf(waiting);
      const person = int(this.#line, lightest);
      waiting--;
      this.#line[lightest] = int(this.#line, waiting);
      this.#weights[lightest] = this.#weights[waiting] ?? 0;
      this.#seen.fill(0, 0, this.#needs);
      if (this.#seat(person)) chosen++;
    }
    return true;
  }

  #allowedFor(need: number): number {
    const { words } = this.#problem;
    let count = 0;
    for (let word = need * words; word < (need + 1) * words; word++)
      count += bitsIn(int(this.allowed, word));
    return count;
  }

  /** All who are allowed for something, with their weights. Returns how many. */
  #lineUp(activity: number, option: number): number {
    const { words } = this.#problem;
    let length = 0;
    for (let word = 0; word < words; word++) {
      let some = 0;
      for (let need = 0; need < this.#needs; need++) some |= int(this.allowed, need * words + word);
      for (; some !== 0; some &= some - 1) {
        const person = word * 32 + 31 - Math.clz32(some & -some);
        this.#line[length] = person;
        this.#weights[length] =
          weightOf(this.#guide, words, activity, person) + this.#costOf(person, option);
        length++;
      }
    }
    return length;
  }

  /** What their first need costs with them; another one of theirs may cost something else. */
  #costOf(person: number, option: number): number {
    const { words, pools, options } = this.#problem;
    for (let need = 0; need < this.#needs; need++) {
      if (!isIn(this.allowed, need * words, person)) continue;
      const pool = pools[int(options.needs.pools, int(options.needs.starts, option) + need)];
      return pool?.hasCosts === true ? this.#guide.thrift * costIn(pool, person) : 0;
    }
    return 0;
  }

  #lightestOf(length: number): number {
    let lightest = 0;
    for (let at = 1; at < length; at++)
      if ((this.#weights[at] ?? 0) < (this.#weights[lightest] ?? 0)) lightest = at;
    return lightest;
  }

  /** Give somebody a need to serve, where others have to change theirs. `seen` needs are not tried again. */
  #seat(person: number): boolean {
    const { words } = this.#problem;
    for (let need = 0; need < this.#needs; need++) {
      if (int(this.#seen, need) !== 0 || !isIn(this.allowed, need * words, person)) continue;
      this.#seen[need] = 1;
      const first = int(this.#firsts, need);
      const filled = int(this.#filled, need);
      if (first + filled < int(this.#firsts, need + 1)) {
        this.people[first + filled] = person;
        this.#filled[need] = filled + 1;
        return true;
      }
      for (let seat = first; seat < first + filled; seat++)
        if (this.#seat(int(this.people, seat))) {
          this.people[seat] = person;
          return true;
        }
    }
    return false;
  }
}

const NOBODY = new Int32Array(0);
