import { Heap } from "../../core/heap.ts";

/** Workers by number, from 1: who begins gets the lowest that is free, and keeps it until it gives it back. */
export class Lanes<Holder> {
  readonly #held = new Map<Holder, number>();
  readonly #free = new Heap<number>((a, b) => a < b);
  #last = 0;

  take(holder: Holder): number {
    const held = this.#held.get(holder);
    if (held !== undefined) return held;
    const lane = this.#free.pop() ?? ++this.#last;
    this.#held.set(holder, lane);
    return lane;
  }

  give(holder: Holder): void {
    const lane = this.#held.get(holder);
    if (lane === undefined) return;
    this.#held.delete(holder);
    this.#free.push(lane);
  }
}
