import type { PhaseState } from "./status-answer.ts";
import type { PlanHead, Tally, TaskLine } from "./plan-head.ts";

/** How far a plan is. */
export interface ProgressAnswer {
  readonly plan: PlanHead;
  readonly tally: Tally;
  /** `blocked`: nothing runs and nothing can begin, though not all is done. */
  readonly state: "pending" | "in-progress" | "blocked" | "completed";
  readonly phases: readonly {
    readonly key: string;
    readonly title: string;
    readonly state: PhaseState;
    readonly tally: Tally;
  }[];
  readonly tasks: readonly TaskLine[];
}
