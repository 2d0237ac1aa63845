import type { Reason } from "./reason.ts";

/** What decides when the whole ends, and what has room (MISSION WV-04). All minutes are of the axis of working time. */
export interface CriticalAnalysis {
  /** By precedence alone, as if people and resources were without limit: the longest path with the durations of the schedule. */
  readonly path: { readonly activities: readonly string[]; readonly minutes: number };
  /** By precedence and by who and what was waited for: from the start of the schedule to its end. */
  readonly chain: CriticalChain;
  /** In the order of the project's activities. */
  readonly activities: readonly ActivityRoom[];
}

export interface CriticalChain {
  /** In the order of time. Sync points are among them. */
  readonly steps: readonly ChainStep[];
  /** From the first step's start to the last one's end: the makespan where the chain begins with the project. */
  readonly minutes: number;
}

export interface ChainStep {
  /** Id of an activity or of a sync point. */
  readonly id: string;
  readonly kind: "activity" | "sync";
  readonly from: number;
  readonly to: number;
  /** What ties it to the step before, or what the chain begins with. */
  readonly why: Reason;
}

export interface ActivityRoom {
  readonly activity: string;
  readonly from: number;
  readonly to: number;
  /** How much later it can start with the same end of the whole, people and resources in the same order; none for what has started. */
  readonly totalSlack: number;
  /** How much later it can start without moving anything else. */
  readonly freeSlack: number;
  readonly onPath: boolean;
  /** `totalSlack` is 0. */
  readonly critical: boolean;
  /** What it waited for. */
  readonly why: Reason;
}
