import type { LocalTime } from "../project/project.ts";

/**
 * What strategy needs to know of the axis of working time that a schedule is laid on. Minutes of the axis are those in which
 * somebody could work, 0 at the project's start; instants are minutes since 1970-01-01T00:00Z. The axis goes on past the schedule's end:
 * what is simulated can take longer.
 */
export interface Timeline {
  /** Minutes of a working day: what a "day" is in every figure. */
  readonly dayMinutes: number;
  /** A position of the axis as a start, and as an end: over a pause these are two instants. */
  startAt(minute: number): Point;
  endAt(minute: number): Point;
  /** Where an instant is on the axis: one outside of working time is where the pause was cut out. 0 before the start. */
  minuteOf(instant: number): number;
  /** The instant of a time that is written in the project. */
  instantOf(time: LocalTime): number;
  /** Parts of the axis in which not all of these people work, in order and apart. Nobody has no gaps. */
  gapsOf(people: readonly string[]): readonly Gap[];
}

export interface Gap {
  readonly from: number;
  readonly to: number;
}

/** A point of the axis and the instant that it stands for. */
export interface Point {
  readonly minute: number;
  readonly instant: number;
}
