import { int, type Demands } from "../problem.ts";
import { NEVER, type CrewProblem } from "./crew-problem.ts";
import { addTo, bitsIn } from "./people-sets.ts";

/** People and resources that are taken from `start` up to `end`. */
export interface Booking {
  start: number;
  end: number;
  /** Whose resources. */
  option: number;
  /** The people are those at `first` … `last - 1`. */
  people: Int32Array;
  first: number;
  last: number;
}

export const ENOUGH = -1;
export const TOO_FEW = -2;

/** Who can be taken for an option at all. */
export interface Crowd {
  /** People that each option takes. */
  readonly heads: Int32Array;
  /** Options of one kind have the same set. */
  readonly kindOf: Int32Array;
  /** The set of each kind. */
  readonly sets: Int32Array;
}

/**
 * Who is busy and what is used of each resource, over time: stretches in which nothing changes, the last one endless. Its size is that of the
 * number of activities, not of ticks. Booking moves the stretches after it, so bookings in the order of time cost least.
 */
export class Timeline {
  /** The people busy at some time of what `look` last looked at, as a set. */
  readonly taken: Int32Array;
  readonly #words: number;
  readonly #capacities: Int32Array;
  readonly #demands: Demands;
  #room: number;
  /** First tick of each stretch, and NEVER after the last one. */
  #begins: Int32Array<ArrayBuffer>;
  #busy: Int32Array<ArrayBuffer>;
  #used: Int32Array<ArrayBuffer>;
  #count = 1;

  constructor({ words, capacities, options, size }: CrewProblem) {
    this.taken = new Int32Array(words);
    this.#words = words;
    this.#capacities = capacities;
    this.#demands = options.demands;
    this.#room = Math.min(2 * size + 2, 1024);
    this.#begins = new Int32Array(this.#room + 1);
    this.#busy = new Int32Array(this.#room * words);
    this.#used = new Int32Array(this.#room * capacities.length);
    this.clear();
  }

  clear(): void {
    this.#busy.fill(0, 0, this.#words);
    this.#used.fill(0, 0, this.#capacities.length);
    this.#begins[0] = 0;
    this.#begins[1] = NEVER;
    this.#count = 1;
  }

  /** The first tick of a stretch; NEVER after the last one. */
  begin(stretch: number): number {
    return int(this.#begins, stretch);
  }

  /** The stretch that contains a tick. */
  stretchAt(tick: number): number {
    const begins = this.#begins;
    let [low, high] = [0, this.#count - 1];
    if (int(begins, high) <= tick) return high;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (int(begins, middle) <= tick) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** The next tick at which something changes; NEVER if nothing does. */
  nextChange(tick: number): number {
    return this.begin(this.stretchAt(tick) + 1);
  }

  /** The first tick of the stretch that is so many after that of a tick, the last one at most. */
  skip(tick: number, stretches: number): number {
    return Math.max(tick, this.begin(Math.min(this.stretchAt(tick) + stretches, this.#count - 1)));
  }

  /**
   * Whether an option can have its resources and as many people as it takes from a stretch on up to a tick: ENOUGH, and `taken` has those who
   * are busy meanwhile; TOO_FEW people; or the stretch where resources fail.
   */
  look(stretch: number, end: number, option: number, crowd: Crowd): number {
    const words = this.#words;
    const begins = this.#begins;
    const busy = this.#busy;
    const taken = this.taken;
    const { sets } = crowd;
    const first = int(crowd.kindOf, option) * words;
    const heads = int(crowd.heads, option);
    for (let word = 0; word < words; word++) taken[word] = 0;
    for (let at = stretch; int(begins, at) < end; at++) {
      if (!this.#hasRoom(at, option)) return at;
      let free = 0;
      for (let word = 0; word < words; word++) {
        const all = int(taken, word) | int(busy, at * words + word);
        taken[word] = all;
        if (free < heads) free += bitsIn(int(sets, first + word) & ~all);
      }
      if (free < heads) return TOO_FEW;
    }
    return ENOUGH;
  }

  book({ start, end, option, people, first, last }: Booking): void {
    if (start >= end) return;
    const from = this.#cut(start);
    const to = this.#cut(end);
    for (let stretch = from; stretch < to; stretch++) {
      for (let slot = first; slot < last; slot++)
        addTo(this.#busy, stretch * this.#words, int(people, slot));
      this.#use(stretch, option);
    }
  }

  /** `taken` gets those who are busy at some time between two ticks. */
  lookAtPeople(start: number, end: number): void {
    this.taken.fill(0);
    for (let at = this.stretchAt(start); this.begin(at) < end; at++)
      for (let word = 0; word < this.#words; word++)
        this.taken[word] = int(this.taken, word) | int(this.#busy, at * this.#words + word);
  }

  /** Take somebody out of a booking with these ends. */
  release(person: number, start: number, end: number): void {
    for (let at = this.stretchAt(start); this.begin(at) < end; at++) {
      const word = at * this.#words + (person >> 5);
      this.#busy[word] = int(this.#busy, word) & ~(1 << (person & 31));
    }
  }

  /** Add somebody to a booking with these ends. */
  engage(person: number, start: number, end: number): void {
    for (let at = this.stretchAt(start); this.begin(at) < end; at++)
      addTo(this.#busy, at * this.#words, person);
  }

  #use(stretch: number, option: number): void {
    const { starts, resources, amounts } = this.#demands;
    for (let slot = int(starts, option); slot < int(starts, option + 1); slot++) {
      const cell = stretch * this.#capacities.length + int(resources, slot);
      this.#used[cell] = int(this.#used, cell) + int(amounts, slot);
    }
  }

  #hasRoom(stretch: number, option: number): boolean {
    const { starts, resources, amounts } = this.#demands;
    const row = stretch * this.#capacities.length;
    for (let slot = int(starts, option); slot < int(starts, option + 1); slot++) {
      const resource = int(resources, slot);
      const used = int(this.#used, row + resource) + int(amounts, slot);
      if (used > int(this.#capacities, resource)) return false;
    }
    return true;
  }

  /** The stretch that begins at a tick, made by cutting one in two if there is none. */
  #cut(tick: number): number {
    const stretch = this.stretchAt(tick);
    if (int(this.#begins, stretch) === tick) return stretch;
    if (this.#count === this.#room) this.#grow();
    const [words, kinds] = [this.#words, this.#capacities.length];
    this.#begins.copyWithin(stretch + 2, stretch + 1, this.#count + 1);
    this.#busy.copyWithin((stretch + 1) * words, stretch * words, this.#count * words);
    this.#used.copyWithin((stretch + 1) * kinds, stretch * kinds, this.#count * kinds);
    this.#begins[stretch + 1] = tick;
    this.#count++;
    return stretch + 1;
  }

  #grow(): void {
    this.#room *= 2;
    this.#begins = longer(this.#begins, this.#room + 1);
    this.#busy = longer(this.#busy, this.#room * this.#words);
    this.#used = longer(this.#used, this.#room * this.#capacities.length);
  }
}

function longer(array: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const next = new Int32Array(length);
  next.set(array);
  return next;
}
