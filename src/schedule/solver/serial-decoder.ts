import { int, type Problem } from "./problem.ts";

/** What a decoder gives when the schedule would end after the limit. */
export const TOO_LATE = -1;

/**
 * Serial schedule generation (Kelley 1963): each activity of a list, in turn, as early as what it waits for and what is left of the resources
 * allow. Every problem has a list that it makes an optimal schedule of.
 */
export interface SerialDecoder {
  /**
   * @param list all activities, each after what it waits for
   * @param starts gets the start of each
   * @param limit give up as soon as `tails` show that the schedule ends later
   * @returns the makespan, or TOO_LATE; `starts` is then of no use
   */
  decode(list: Int32Array, starts: Int32Array, limit: number): number;
  /** Start times assigned so far, by the number of activities: schedules as the literature counts them (Kolisch and Hartmann 2006). */
  schedules(): number;
}

/** @param tails from the start of each activity to the end of the problem, resources left aside */
export function serialDecoder(problem: Problem, tails: Int32Array): SerialDecoder {
  const { size, durations, before } = problem;
  const usage = resourceUsage(problem);
  let assigned = 0;
  return {
    schedules: () => assigned / Math.max(1, size),
    decode(list, starts, limit) {
      usage.clear();
      let makespan = 0;
      for (let position = 0; position < size; position++) {
        const node = int(list, position);
        let start = 0;
        for (let arc = int(before.starts, node); arc < int(before.starts, node + 1); arc++) {
          const ready = int(starts, int(before.others, arc)) + int(before.lags, arc);
          if (ready > start) start = ready;
        }
        start = usage.place(node, start);
        starts[node] = start;
        const end = start + int(durations, node);
        if (end > makespan) makespan = end;
        if (start + int(tails, node) > limit) {
          assigned += position + 1;
          return TOO_LATE;
        }
      }
      assigned += size;
      return makespan;
    },
  };
}

interface ResourceUsage {
  clear(): void;
  /** Take what an activity needs at the earliest tick from `start` on at which it is free throughout. Returns that tick. */
  place(node: number, start: number): number;
}

/** What is free of each resource at each tick, tick by tick: room for all activities one after the other, made as it is needed. */
function resourceUsage({ durations, capacities, demands }: Problem): ResourceUsage {
  const kinds = capacities.length;
  let ticks = 0;
  let free = new Int32Array(0);
  let used = 0;
  const grow = (needed: number): void => {
    const larger = Math.max(needed, ticks * 2, 256);
    const next = new Int32Array(larger * kinds);
    next.set(free);
    for (let tick = ticks; tick < larger; tick++) next.set(capacities, tick * kinds);
    [free, ticks] = [next, larger];
  };
  const fits = (tick: number, first: number, last: number): boolean => {
    for (let slot = first; slot < last; slot++)
      if (int(free, tick * kinds + int(demands.resources, slot)) < int(demands.amounts, slot))
        return false;
    return true;
  };
  return {
    clear() {
      for (let tick = 0; tick < used; tick++) free.set(capacities, tick * kinds);
      used = 0;
    },
    place(node, earliest) {
      const [first, last] = [int(demands.starts, node), int(demands.starts, node + 1)];
      const duration = int(durations, node);
      if (first === last || duration === 0) return earliest;
      let start = earliest;
      // From the end, so that a tick without room moves the start behind it at once.
      for (let tick = start + duration - 1; tick >= start;) {
        if (tick >= ticks) grow(tick + 1);
        if (fits(tick, first, last)) tick--;
        else {
          start = tick + 1;
          tick = start + duration - 1;
        }
      }
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
