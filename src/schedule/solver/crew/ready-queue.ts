import { Heap } from "../../../core/heap.ts";
import { int } from "../problem.ts";
import type { CrewProblem } from "./crew-problem.ts";

/**
 * The activities that can be begun next: first those that wait for others, then for a tick, then for people and resources, the smallest key
 * first. Of those that are alike only the first is given, and none any more until the next tick when that one is set aside.
 */
export class ReadyQueue {
  readonly #problem: CrewProblem;
  readonly #alike: Int32Array;
  /** How many each waits for. */
  readonly #waiting: Int32Array;
  /** When each may begin, as far as is known. */
  readonly #ready: Float64Array;
  readonly #sleeping: Heap<number>;
  /** Those that are alike. */
  readonly #groups: Heap<number>[] = [];
  /** First ones of groups; also some that are so no more. */
  readonly #firsts: Heap<number>;
  readonly #aside = new Set<number>();
  readonly #isFirst: (one: number, other: number) => boolean;

  constructor(problem: CrewProblem, alike: Int32Array, keys: Float64Array) {
    this.#problem = problem;
    this.#alike = alike;
    this.#waiting = new Int32Array(problem.size);
    this.#ready = new Float64Array(problem.size);
    this.#isFirst = byValue(keys);
    this.#firsts = new Heap(this.#isFirst);
    this.#sleeping = new Heap(byValue(this.#ready));
    const { before } = problem;
    for (let node = 0; node < problem.size; node++)
      this.#waiting[node] = int(before.starts, node + 1) - int(before.starts, node);
  }

  /** Tell that an activity waits for nothing but a tick. */
  sleep(activity: number, until: number): void {
    this.#ready[activity] = until;
    this.#sleeping.push(activity);
  }

  /** When the next one that sleeps is ready; Infinity if none does. */
  nextTick(): number {
    const first = this.#sleeping.peek();
    return first === undefined ? Infinity : (this.#ready[first] ?? 0);
  }

  /** Some wait for people or resources. */
  hasWaiting(): boolean {
    return this.#firsts.size > 0 || this.#aside.size > 0;
  }

  /** A new tick: those set aside may be tried again. */
  tryAgain(): void {
    for (const group of this.#aside) {
      const first = this.#groups[group]?.peek();
      if (first !== undefined) this.#firsts.push(first);
    }
    this.#aside.clear();
  }

  /** Those that are ready by now wait for people and resources alone. */
  wake(now: number): void {
    while (this.nextTick() <= now) {
      const activity = this.#sleeping.pop() ?? 0;
      const group = this.#groupOf(activity);
      group.push(activity);
      if (group.peek() === activity) this.#firsts.push(activity);
    }
  }

  /** The first that can be tried; it stays until it is removed or its group set aside. */
  first(): number | undefined {
    for (let first = this.#firsts.peek(); first !== undefined; first = this.#firsts.peek()) {
      if (this.#groupOf(first).peek() === first && !this.#aside.has(int(this.#alike, first)))
        return first;
      this.#firsts.pop();
    }
    return undefined;
  }

  setAside(first: number): void {
    this.#firsts.pop();
    this.#aside.add(int(this.#alike, first));
  }

  remove(first: number): void {
    this.#firsts.pop();
    const group = this.#groupOf(first);
    group.pop();
    const next = group.peek();
    if (next !== undefined) this.#firsts.push(next);
  }

  /** Those that wait for nothing more now that an activity is placed. */
  released(activity: number): readonly number[] {
    const { after } = this.#problem;
    const released: number[] = [];
    for (let arc = int(after.starts, activity); arc < int(after.starts, activity + 1); arc++) {
      const other = int(after.others, arc);
      this.#waiting[other] = int(this.#waiting, other) - 1;
      if (int(this.#waiting, other) === 0) released.push(other);
    }
    return released;
  }

  /** All that wait for nothing from the beginning. */
  unbound(): readonly number[] {
    return Array.from(this.#waiting.keys()).filter((node) => int(this.#waiting, node) === 0);
  }

  #groupOf(activity: number): Heap<number> {
    const number = int(this.#alike, activity);
    return (this.#groups[number] ??= new Heap(this.#isFirst));
  }
}

/** By a value of each, then by number. */
const byValue =
  (values: Float64Array) =>
  (one: number, other: number): boolean => {
    const difference = (values[one] ?? 0) - (values[other] ?? 0);
    return difference < 0 || (difference === 0 && one < other);
  };
