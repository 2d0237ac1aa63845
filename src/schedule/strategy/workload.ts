/** Who is busy how much (S3 `capacity_optimization`). Minutes of presence on the axis of working time. */
export interface Workload {
  readonly people: readonly Load[];
  readonly teams: readonly Load[];
  /** Minutes that one step of a profile stands for: whole days. */
  readonly step: number;
  /** Booked minutes of those that could be, all people together, 0 … 1. */
  readonly utilisation: number;
  readonly balance: Balance;
  readonly buffer: CapacityBuffer;
}

export interface Load {
  readonly id: string;
  readonly team: string;
  readonly title: string;
  readonly people: number;
  /** Between the schedule's start and end. */
  readonly booked: number;
  readonly available: number;
  /** booked / available; 0 where there is nothing available. */
  readonly used: number;
  /** Booked and available minutes of each step from the schedule's start. */
  readonly profile: readonly { readonly booked: number; readonly available: number }[];
}

/** How evenly the work lies, over people who could do any of it (each person's `used`). */
export interface Balance {
  /** Mean of the loads / the highest one: 1 where all have the same. */
  readonly evenness: number;
  /** Standard deviation of the loads / their mean. */
  readonly variation: number;
  readonly most?: string;
  readonly least?: string;
}

/** Time that is kept free for what goes wrong. */
export interface CapacityBuffer {
  /** Part of everybody's time, 0 … <1. */
  readonly share: number;
  /** Minutes of the bookings that are reserve. */
  readonly minutes: number;
  /** What the reserve makes the whole longer by. Undefined where that was not tried. */
  readonly costs?: number;
  /** The part of simulated runs that ends in time with it, and the part that would without. */
  readonly onTime: number;
}
