import { finished } from "../progress/finished.ts";
import type { Plan, PlanDiagnostic } from "../model.ts";
import type { MatchedStatus } from "./match-records.ts";

/** Keys of verifications without a record of their own, all of whose criteria are ticked or recorded as finished. */
export function verifiedInStatus(status: MatchedStatus, plan: Plan): readonly string[] {
  return plan.verifications.flatMap(({ key, criteria }) => {
    const states = status.criteria.get(key);
    if (!states) return [];
    const made = criteria.every(({ box }, index) => {
      const state = states.get(index)?.state;
      return state === "completed" || state === "skipped" || !box || finished(box.state);
    });
    return made ? [key] : [];
  });
}

/** What is wrong with the plan itself, without ticked boxes of tasks that have a record: the original sees those there. */
export function withoutRecorded(
  plan: Plan,
  status: MatchedStatus | undefined,
): readonly PlanDiagnostic[] {
  if (!status) return plan.diagnostics;
  const records = new Set(status.tasks.map(({ key }) => key));
  const lines = new Set(
    plan.tasks.flatMap(({ key, place }) => (records.has(key) ? [place.line] : [])),
  );
  return plan.diagnostics.filter(
    ({ code, place }) => code !== "PLAN_BOX_TICKED" || !lines.has(place.line),
  );
}
