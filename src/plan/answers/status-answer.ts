import type { FilePlace } from "../../core/place.ts";
import type { PlanHead, ProblemCount, Tally, TaskLine } from "./plan-head.ts";

/** How a phase stands: `waiting` when none of its tasks may begin yet. */
export type PhaseState = "done" | "failed" | "in-progress" | "ready" | "waiting";

/** A verification's check boxes. */
export interface VerificationStanding {
  readonly key: string;
  readonly ticked: number;
  readonly criteria: number;
  readonly blocking: boolean;
}

export interface PhaseStanding {
  readonly key: string;
  readonly title: string;
  readonly place: FilePlace;
  readonly state: PhaseState;
  readonly tally: Tally;
  readonly verifications: readonly VerificationStanding[];
  /** Keys of the phases that have to be finished first and are not. */
  readonly waitsFor: readonly string[];
}

export interface FailedTask extends TaskLine {
  /** What the status file says of it. */
  readonly error: string | null;
}

/** How a plan stands. */
export interface StatusAnswer {
  readonly plan: PlanHead;
  readonly tally: Tally;
  readonly phases: readonly PhaseStanding[];
  /** Tasks outside of phases; null where there are none. */
  readonly outside: Tally | null;
  readonly running: readonly TaskLine[];
  readonly failed: readonly FailedTask[];
  /** What can be begun now, at most 3. */
  readonly next: readonly TaskLine[];
  readonly problems: ProblemCount;
  /** The status file that states were read from, beside the boxes; null where there is none. */
  readonly statusFile: string | null;
}
