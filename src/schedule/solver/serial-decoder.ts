import { int, type Problem } from "./problem.ts";
import { usageOf } from "./usage-of.ts";

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
   * @param limits `end`: give up as soon as `tails` show that the schedule ends later; `anchor`: see `ResourceUsage.clear`
   * @returns the makespan, or TOO_LATE; `starts` is then of no use
   */
  decode(list: Int32Array, starts: Int32Array, limits: Limits): number;
  /** Start times assigned so far, by the number of activities: schedules as the literature counts them (Kolisch and Hartmann 2006). */
  schedules(): number;
}

export interface Limits {
  readonly end: number;
  readonly anchor?: number | undefined;
}

/**
 * @param problem its releases are read anew for each schedule
 * @param tails from the start of each activity to the end of the problem, resources left aside
 */
export function serialDecoder(problem: Problem, tails: Int32Array): SerialDecoder {
  const { size, durations, before, releases, deliveries } = problem;
  const usage = usageOf(problem);
  let assigned = 0;
  return {
    schedules: () => assigned / Math.max(1, size),
    decode(list, starts, { end: limit, anchor }) {
      usage.clear(anchor);
      let makespan = 0;
      for (let position = 0; position < size; position++) {
        const node = int(list, position);
        let start = int(releases, node);
        for (let arc = int(before.starts, node); arc < int(before.starts, node + 1); arc++) {
          const ready = int(starts, int(before.others, arc)) + int(before.lags, arc);
          if (ready > start) start = ready;
        }
        start = usage.place(node, start);
        starts[node] = start;
        const end = start + int(durations, node) + int(deliveries, node);
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
