import { figuresOf } from "../stage/budget/standing.ts";
import { statusText, type ShownRun } from "./run-lines.ts";

/** A run as `--json` shows it. Fields that do not apply are left out. */
export function runReport(run: ShownRun) {
  const { record, stage, gate, reviewers, hold, work, asks, budget, folder } = run;
  const { runId, workflow, subject, createdAt, updatedAt, owner, output, error } = record;
  return {
    runId,
    status: record.status,
    /** The status in words: `at a gate`, `held`, `rejected`, … */
    state: statusText(run),
    workflow,
    stage,
    subject,
    createdAt,
    updatedAt,
    folder,
    owner,
    gate,
    reviewers,
    hold,
    work,
    asks,
    budget: budget?.map((scope) => ({
      stage: scope.stage,
      role: scope.role,
      ...figuresOf(scope),
      calls: scope.calls,
      interrupted: scope.interrupted,
    })),
    output,
    error,
  };
}
