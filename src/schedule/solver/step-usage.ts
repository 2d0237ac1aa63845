import type { FreeAt } from "./free-at.ts";
import { int, type Problem } from "./problem.ts";
import type { ResourceUsage } from "./resource-usage.ts";

/** What is free from one change to the next: for long times of small ticks. Placing costs the steps it looks at, and a copy of those after it. */
export function stepUsage(
  { durations, capacities, demands }: Problem,
  freeFrom: (anchor: number | undefined) => FreeAt,
): ResourceUsage {
  const kinds = capacities.length;
  const list = new StepList(kinds);
  const fits = (step: number, first: number, last: number): boolean => {
    for (let slot = first; slot < last; slot++) {
      const cell = step * kinds + int(demands.resources, slot);
      if (int(list.free, cell) < int(demands.amounts, slot)) return false;
    }
    return true;
  };
  return {
    clear(anchor) {
      list.length = 0;
      const { ticks, units } = freeFrom(anchor);
      if (ticks[0] !== 0) list.insert(0, 0, capacities);
      for (const [at, tick] of ticks.entries())
        list.insert(list.length, tick, units.subarray(at * kinds, (at + 1) * kinds));
    },
    place(node, earliest) {
      const [first, last] = [int(demands.starts, node), int(demands.starts, node + 1)];
      const duration = int(durations, node);
      if (first === last || duration === 0) return earliest;
      let start = earliest;
      for (
        let step = list.at(start);
        step < list.length && int(list.ticks, step) < start + duration;
        step++
      )
        if (!fits(step, first, last)) start = int(list.ticks, step + 1);
      list.from(start + duration);
      for (let step = list.from(start); int(list.ticks, step) < start + duration; step++)
        for (let slot = first; slot < last; slot++) {
          const cell = step * kinds + int(demands.resources, slot);
          list.free[cell] = int(list.free, cell) - int(demands.amounts, slot);
        }
      return start;
    },
  };
}

/** Steps of time, the first from tick 0 on, the last one for ever. */
class StepList {
  length = 0;
  /** When each begins. */
  ticks = new Int32Array(64);
  /** In step s of resource r: `free[s × resources + r]`. */
  free: Int32Array;
  readonly #kinds: number;

  constructor(kinds: number) {
    this.#kinds = kinds;
    this.free = new Int32Array(64 * kinds);
  }

  /** The step that a tick is in. */
  at(tick: number): number {
    let [low, high] = [0, this.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (int(this.ticks, middle) <= tick) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** The step that begins at a tick; made if there is none. */
  from(tick: number): number {
    const step = this.at(tick);
    if (int(this.ticks, step) === tick) return step;
    this.insert(step + 1, tick, this.free.slice(step * this.#kinds, (step + 1) * this.#kinds));
    return step + 1;
  }

  insert(at: number, tick: number, row: Int32Array): void {
    const [length, kinds] = [this.length, this.#kinds];
    if (length === this.ticks.length) {
      const [ticks, free] = [new Int32Array(length * 2), new Int32Array(length * 2 * kinds)];
      ticks.set(this.ticks);
      free.set(this.free);
      [this.ticks, this.free] = [ticks, free];
    }
    this.ticks.copyWithin(at + 1, at, length);
    this.free.copyWithin((at + 1) * kinds, at * kinds, length * kinds);
    this.ticks[at] = tick;
    this.free.set(row, at * kinds);
    this.length++;
  }
}
