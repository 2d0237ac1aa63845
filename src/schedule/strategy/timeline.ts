/**
 * What strategy needs to know of the axis of working time that a schedule is laid on. Minutes of the axis are those in which
 * somebody could work, 0 at the project's start; instants are minutes since 1970-01-01T00:00Z. The axis goes on past the schedule's end:
 * what is simulated can take longer.
 */
export interface Timeline {
  /** Minutes of a working day: what a "day" is in every figure. */
  readonly dayMinutes: number;
  /** The instant at which a minute of the axis begins; of an end (`ends`), the instant at which the minute before it is over. */
  instantOf(minute: number, edge: "begins" | "ends"): number;
  /** Where an instant is on the axis; one outside of working time is where the next working minute is. */
  minuteOf(instant: number): number;
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
