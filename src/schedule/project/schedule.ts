import type { Link } from "./project.ts";

/** When and by whom each activity of a project is done. Instants are minutes since 1970-01-01T00:00Z. */
export interface Schedule {
  /** In the order of the project's activities. */
  readonly bookings: readonly Booking[];
  /** Sync points with their times. */
  readonly syncs: readonly { readonly id: string; readonly start: number; readonly end: number }[];
  /** When the first activity starts, and when the last one ends. */
  readonly start: number;
  readonly end: number;
  /** Working time between the two in minutes, on the axis of the project (`project/axis`): what is minimised. */
  readonly makespan: number;
  /** No schedule takes less, in the same unit; equal to `makespan` where it is proved to be the best. */
  readonly bound: number;
  /** Schedules that were tried, and the seed that they were tried with. */
  readonly effort: { readonly schedules: number; readonly seed: number; readonly proved: boolean };
  /** Soft links of circles that are not kept. */
  readonly passedOver: readonly Link[];
}

export interface Booking {
  readonly activity: string;
  readonly start: number;
  readonly end: number;
  /** The same on the project's axis of working time. */
  readonly from: number;
  readonly to: number;
  /** Undefined for what needs nobody. */
  readonly team?: string;
  /** Ids of people, sorted. */
  readonly people: readonly string[];
  /** Why these: skill match, availability, learning, earlier work together (S3 `team_assignment_criteria`), each 0 … 1, and in words. */
  readonly reasons: readonly string[];
  /** Was started before, and is not moved. */
  readonly fixed: boolean;
}
