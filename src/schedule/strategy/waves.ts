import type { Point } from "./timeline.ts";

/**
 * Waves are a view, not a barrier: levels of dependency over the units that S3 calls phases (MISSION WV-05).
 *
 * A unit is a group, or an activity without a group; where there are fewer than two groups, each activity. Units that wait for
 * each other both ways count as one level. Level 0 is the foundation: no prerequisites. The last levels in which every
 * unit joins two or more others, and the very last of three or more, are integration; what is between is parallel.
 */
export interface Wave {
  /** From 1. */
  readonly number: number;
  readonly name: string;
  readonly kind: WaveKind;
  readonly units: readonly WaveUnit[];
  readonly start: Point;
  readonly end: Point;
  /** Minutes of working time from start to end. */
  readonly minutes: number;
  /** Most of its sessions at one time. */
  readonly maxConcurrent: number;
  /** Units of later waves that wait for something of it, directly or not. */
  readonly blocks: readonly string[];
  readonly successCriteria: readonly string[];
  /** Sync points that end within its span. */
  readonly syncs: readonly string[];
  /** The highest level of the risks that touch it. */
  readonly risk: "low" | "medium" | "high";
  /** What it would cost if the next wave waited for all of it. Undefined for the last one, and where it was not tried. */
  readonly barrier?: Price;
}

export type WaveKind = "foundation" | "parallel" | "integration";

export interface WaveUnit {
  /** Id of a group, or of an activity. */
  readonly id: string;
  readonly title: string;
  readonly activities: readonly string[];
  /** `session_001`, …: one for each unit and team. */
  readonly sessions: readonly string[];
  readonly teams: readonly string[];
  readonly start: Point;
  readonly end: Point;
  readonly minutes: number;
  /** Units that it waits for directly, and that wait for it, directly or not. */
  readonly dependencies: readonly string[];
  readonly blocks: readonly string[];
  readonly deliverables: readonly string[];
}

/** What a constraint costs, by scheduling anew with and without it. */
export interface Price {
  /** Minutes of working time that the whole takes longer with it; never below 0. */
  readonly minutes: number;
  /** Working days. */
  readonly days: number;
  /** Minutes by which the search, a heuristic, found the tighter problem shorter: what its answers may be off by. Mostly 0. */
  readonly noise: number;
}
