/** The last beat of a worker, as a look found it. */
export interface Beat {
  readonly workerId: string;
  /** As the database tells it. */
  readonly beatAt: string;
  /** Whether it lies ahead of the database's clock, as after that was put back. */
  readonly ahead: boolean;
}

/**
 * Which hearts stand still although their last beat lies ahead: no clock tells that, so one looks again and again. Holds state; what
 * was not looked at for long, as when the server was away, is looked at anew.
 */
export class BeatWatch {
  readonly #stillMs: number;
  readonly #monotonic: () => number;
  #seen: ReadonlyMap<string, { readonly beatAt: string; readonly since: number }> = new Map();
  #lookedAt = -Infinity;

  /** @param monotonic milliseconds since whenever */
  constructor(stillMs: number, monotonic: () => number) {
    this.#stillMs = stillMs;
    this.#monotonic = monotonic;
  }

  /** Of all workers there are, those that showed no other beat for that long. */
  still(beats: readonly Beat[]): readonly string[] {
    const now = this.#monotonic();
    const before = now - this.#lookedAt < this.#stillMs / 2 ? this.#seen : new Map<string, never>();
    this.#lookedAt = now;
    const ahead = beats.filter((beat) => beat.ahead);
    this.#seen = new Map(
      ahead.map(({ workerId, beatAt }) => {
        const last = before.get(workerId);
        return [workerId, last?.beatAt === beatAt ? last : { beatAt, since: now }];
      }),
    );
    return ahead
      .map(({ workerId }) => workerId)
      .filter((id) => now - (this.#seen.get(id)?.since ?? now) >= this.#stillMs);
  }
}
