import type { Strategy } from "../strategy/strategy.ts";

/** What all outputs of one schedule share. */
export interface Writing {
  readonly strategy: Strategy;
  /** Names the plan in all its files. */
  readonly id: string;
  /** The file that was scheduled, as the user named it. */
  readonly source: string;
  /** When it was planned: ISO 8601 with seconds, in UTC. */
  readonly planned: string;
  readonly dates: LocalDates;
}

/** Instants (minutes since 1970-01-01T00:00Z) on the clocks of the project's zone. */
export interface LocalDates {
  /** `2024-01-22` */
  day(instant: number): string;
  /** `2024-01-22T17:00` */
  minute(instant: number): string;
}
