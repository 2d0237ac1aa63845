import type { ChecklistStanding } from "./checklists-answer.ts";
import type { PlanHead, ProblemCount, Tally } from "./plan-head.ts";

export interface ListedPlan extends Omit<PlanHead, "foundBy"> {
  readonly phases: number;
  readonly tally: Tally;
  /** Of a feature of Spec Kit. */
  readonly checklists: readonly ChecklistStanding[];
  readonly problems: ProblemCount;
}

/** All plans of a repository. */
export interface ListAnswer {
  /** By path. */
  readonly plans: readonly ListedPlan[];
  /** The one that commands mean when none is named; null where nothing says. */
  readonly current: PlanHead | null;
  /** Files with check boxes of which it is not sure that they are plans; they count where they are named. */
  readonly unsure: readonly string[];
  /** Whether there are more files than are looked for: plans may be missing here. */
  readonly more: boolean;
  /** What looked like a plan and could not be read, with the reason. */
  readonly unread: readonly { readonly file: string; readonly reason: string }[];
}
