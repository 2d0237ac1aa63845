import { int } from "../problem.ts";

/** Buckets of work for each factor of two. */
const PER_DOUBLING = 2;
/** Kinds of options beyond which nothing is remembered. */
const MOST_KINDS = 2_000;

/**
 * Where options have been looked for a place in vain while a schedule is built: bookings only get more, so what needs the same and has as much
 * work finds none there, either. Without this, dense schedules of n activities take n² steps.
 */
export class BlockedTimes {
  readonly #kindOf: Int32Array;
  readonly #buckets: number;
  /** Of each kind and bucket: no place for `work` or more that begins from `from` on, before `until`. */
  readonly #from: Int32Array;
  readonly #until: Int32Array;
  readonly #work: Int32Array;

  /**
   * @param kindOf a number for each option, the same for those with the same needs and demands
   * @param works of each option
   */
  constructor(kindOf: Int32Array, works: Int32Array) {
    let [kinds, most] = [0, 1];
    for (const kind of kindOf) kinds = Math.max(kinds, kind + 1);
    for (const work of works) most = Math.max(most, work);
    this.#kindOf = kindOf;
    this.#buckets = kinds > MOST_KINDS ? 0 : bucketOf(most) + 1;
    const length = kinds * this.#buckets;
    [this.#from, this.#until, this.#work] = [
      new Int32Array(length),
      new Int32Array(length),
      new Int32Array(length),
    ];
  }

  clear(): void {
    this.#until.fill(0);
  }

  /** The first tick from `ready` on that has not been tried in vain for an option. */
  firstOpen(option: number, work: number, ready: number): number {
    if (this.#buckets === 0 || work === 0) return ready;
    const row = int(this.#kindOf, option) * this.#buckets;
    let first = ready;
    for (let at = row + bucketOf(work); at >= row; at--)
      if (
        int(this.#until, at) > first &&
        int(this.#from, at) <= first &&
        int(this.#work, at) <= work
      )
        first = int(this.#until, at);
    return first;
  }

  /** Remember that there is no place that begins from `ready` on, before `until`. */
  block(option: number, work: number, ready: number, until: number): void {
    if (this.#buckets === 0 || work === 0 || until <= ready) return;
    const at = int(this.#kindOf, option) * this.#buckets + bucketOf(work);
    const [from, known] = [int(this.#from, at), int(this.#until, at)];
    if (known >= until && from <= ready) return;
    const isOne = known > 0 && ready <= known && from <= until;
    if (!isOne && known - from > until - ready) return;
    this.#work[at] = isOne ? Math.max(work, int(this.#work, at)) : work;
    this.#from[at] = isOne ? Math.min(ready, from) : ready;
    this.#until[at] = isOne ? Math.max(until, known) : until;
  }
}

const bucketOf = (work: number): number => Math.floor(PER_DOUBLING * Math.log2(work) + 1e-9);
