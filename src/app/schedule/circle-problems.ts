import type { Diagnostic } from "../../core/diagnostic.ts";
import type { PlanView } from "../../plan/answers/plan-view.ts";
import { softCircles } from "../../plan/graph/cycle-problems.ts";
import type { ScheduleCode } from "../../schedule/project/report.ts";

const BROKEN: ScheduleCode = "SCHEDULE_CIRCLE_BROKEN";

/**
 * What a plan's reader finds, as a schedule takes it: a circle with a soft dependency in it is broken there and keeps nothing from being
 * scheduled, so it is a warning that names the dependency, as in files of activities. Circles of hard ones stay errors of the plan.
 */
export function planProblems({ graph, diagnostics }: PlanView): readonly Diagnostic[] {
  const soft: ReadonlySet<Diagnostic> = softCircles(graph);
  return diagnostics.map((each) =>
    soft.has(each) ? { ...each, code: BROKEN, severity: "warning" } : each,
  );
}
