import type { PlanDiagnostic } from "../model.ts";
import type { PlanHead, ProblemCount, Tally } from "./plan-head.ts";

/** What is wrong with a plan: all of it at once, by place. */
export interface ValidateAnswer {
  readonly plan: PlanHead;
  readonly ok: boolean;
  readonly problems: ProblemCount;
  /** Lines that the dialect's own tool does not see, or reads as something else. */
  readonly original: { readonly dropped: number; readonly misread: number };
  readonly diagnostics: readonly PlanDiagnostic[];
  readonly tally: Tally;
  readonly phases: number;
  readonly dependencies: number;
}
