import type { FreeAt } from "./free-at.ts";
import { int, type Problem } from "./problem.ts";
import type { ResourceUsage } from "./resource-usage.ts";

/** What is free at each tick, tick by tick: the fastest where time spans thousands of ticks. */
export function tickUsage(
  { durations, capacities, demands }: Problem,
  freeFrom: (anchor: number | undefined) => FreeAt,
): ResourceUsage {
  const kinds = capacities.length;
  const table = new TickTable(capacities, freeFrom(undefined));
  let used = 0;
  const fits = (tick: number, first: number, last: number): boolean => {
    for (let slot = first; slot < last; slot++) {
      const cell = tick * kinds + int(demands.resources, slot);
      if (int(table.free, cell) < int(demands.amounts, slot)) return false;
    }
    return true;
  };
  return {
    clear(anchor) {
      table.clear(used, freeFrom(anchor));
      used = 0;
    },
    place(node, earliest) {
      const [first, last] = [int(demands.starts, node), int(demands.starts, node + 1)];
      const duration = int(durations, node);
      if (first === last || duration === 0) return earliest;
      let start = earliest;
      // From the end, so that a tick without room moves the start behind it at once.
      for (let tick = start + duration - 1; tick >= start;) {
        if (tick >= table.ticks) table.grow(tick + 1);
        if (fits(tick, first, last)) tick--;
        else {
          start = tick + 1;
          tick = start + duration - 1;
        }
      }
      const { free } = table;
      for (let tick = start; tick < start + duration; tick++)
        for (let slot = first; slot < last; slot++) {
          const cell = tick * kinds + int(demands.resources, slot);
          free[cell] = int(free, cell) - int(demands.amounts, slot);
        }
      if (start + duration > used) used = start + duration;
      return start;
    },
  };
}

/** Units free of each resource at each tick, made as far as it is needed. */
class TickTable {
  ticks = 0;
  /** At tick t of resource r: `free[t × resources + r]`. */
  free = new Int32Array(0);
  readonly #capacities: Int32Array;
  #level: FreeAt;

  constructor(capacities: Int32Array, level: FreeAt) {
    this.#capacities = capacities;
    this.#level = level;
  }

  /** Give back all that was taken, before tick `used`. */
  clear(used: number, level: FreeAt): void {
    const stale = level === this.#level ? used : this.ticks;
    this.#level = level;
    this.#fill(0, stale);
  }

  grow(needed: number): void {
    const [made, larger] = [this.ticks, Math.max(needed, this.ticks * 2, 256)];
    const free = new Int32Array(larger * this.#capacities.length);
    free.set(this.free);
    [this.free, this.ticks] = [free, larger];
    this.#fill(made, larger);
  }

  #fill(from: number, to: number): void {
    const kinds = this.#capacities.length;
    const { ticks, units } = this.#level;
    for (let tick = from; tick < to; tick++) this.free.set(this.#capacities, tick * kinds);
    for (const [at, begin] of ticks.entries()) {
      const row = units.subarray(at * kinds, (at + 1) * kinds);
      const end = Math.min(to, ticks[at + 1] ?? begin);
      for (let tick = Math.max(from, begin); tick < end; tick++) this.free.set(row, tick * kinds);
    }
  }
}
