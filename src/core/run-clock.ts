/** The clocks of a process, in milliseconds. */
export interface Clocks {
  /** Since the epoch; people and their machines put it back and forward. */
  readonly wall: () => number;
  /** Since whenever; it only goes on. */
  readonly monotonic: () => number;
}

/**
 * The time of one execution of a run, in milliseconds since the epoch. It is the wall clock's, but never goes back: where that is put
 * back, time goes on from the last that is known, so that no wait is longer than it was meant to be, here or where the run
 * goes on. A clock that is put forward ends waits early. Holds state; the clocks are arguments.
 */
export class RunClock {
  readonly #clocks: Clocks;
  #at: number;
  #since: number;
  #received = -Infinity;

  constructor(clocks: Clocks) {
    this.#clocks = clocks;
    this.#at = clocks.wall();
    this.#since = clocks.monotonic();
  }

  now(): number {
    const monotonic = this.#clocks.monotonic();
    this.#at = Math.max(this.#clocks.wall(), this.#at + monotonic - this.#since);
    this.#since = monotonic;
    return Math.floor(this.#at);
  }

  /** The run receives what became known at `at`, by whoever's clock: when that is for the run, the same on replay. */
  receive(at: number): number {
    this.#received = Math.max(this.#received, at);
    this.now();
    this.#at = Math.max(this.#at, this.#received);
    return this.#received;
  }
}
