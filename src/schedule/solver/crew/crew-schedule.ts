import { int } from "../problem.ts";
import { NEVER, type CrewProblem } from "./crew-problem.ts";

/** When each activity starts and ends, how it is done, and by whom. */
export interface CrewSchedule {
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** Options by their number among all options. */
  readonly options: Int32Array;
  /** By `seats` of the problem, those of the option's first need first. */
  readonly people: Int32Array;
  /** The latest end. */
  makespan: number;
  /** Ticks after their deadlines that activities end, added up. */
  lateness: number;
  /** Costs of the options, and of people in the needs that they serve. */
  cost: number;
}

export function emptySchedule({ size, seats }: CrewProblem): CrewSchedule {
  return {
    starts: new Int32Array(size),
    ends: new Int32Array(size),
    options: new Int32Array(size),
    people: new Int32Array(int(seats, size)),
    makespan: Infinity,
    lateness: Infinity,
    cost: Infinity,
  };
}

export function copySchedule(from: CrewSchedule, to: CrewSchedule): void {
  to.starts.set(from.starts);
  to.ends.set(from.ends);
  to.options.set(from.options);
  to.people.set(from.people);
  to.makespan = from.makespan;
  to.lateness = from.lateness;
  to.cost = from.cost;
}

/** Places of `people` in a schedule that are filled for an activity. */
export const headsOf = (
  { fixed, options }: CrewProblem,
  schedule: CrewSchedule,
  activity: number,
): number =>
  fixed.get(activity)?.people.length ?? int(options.heads, int(schedule.options, activity));

/** Ticks after their deadlines that activities end, added up. */
export function latenessOf({ size, deadlines }: CrewProblem, ends: Int32Array): number {
  let lateness = 0;
  for (let activity = 0; activity < size; activity++) {
    const deadline = int(deadlines, activity);
    if (deadline < NEVER) lateness += Math.max(0, int(ends, activity) - deadline);
  }
  return lateness;
}
