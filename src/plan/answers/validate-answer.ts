import { compareDiagnostics } from "../../core/diagnostic.ts";
import { dependencyCounts } from "../graph/dependency-counts.ts";
import type { PlanDiagnostic } from "../model.ts";
import { taskLines, type PlanView } from "./plan-view.ts";
import { countProblems, tallyOf } from "./tally.ts";
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
  /** As `deps` counts them. */
  readonly dependencies: number;
}

/** What is wrong with the plan of a view (WV-02). */
export function validateAnswer(view: PlanView): ValidateAnswer {
  const { plan, diagnostics, head } = view;
  const problems = countProblems(diagnostics);
  const count = (what: PlanDiagnostic["original"]) =>
    diagnostics.filter(({ original }) => original === what).length;
  return {
    plan: head,
    ok: problems.errors === 0,
    problems,
    original: { dropped: count("dropped"), misread: count("misread") },
    diagnostics: diagnostics.toSorted(compareDiagnostics),
    tally: tallyOf(taskLines(view).map(({ state }) => state)),
    phases: plan.phases.length,
    dependencies: dependencyCounts(view.graph).total,
  };
}
