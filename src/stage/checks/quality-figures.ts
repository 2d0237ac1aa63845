import { coverageOf } from "./coverage.ts";
import type { CheckInput } from "./check-result.ts";
import { ownIds } from "./ids.ts";
import { mainArtifact } from "./main-artifact.ts";
import { unmeasurableCriteria } from "./measurable-criteria.ts";
import { orphanTasks } from "./orphan-tasks.ts";
import { readAnalyses } from "./read-analyses.ts";
import { readPlan } from "./read-plan.ts";
import { unmitigatedRisks } from "./risk-mitigations.ts";

/** Reference-free quality of a plan (PL-05), as shown at the gate. */
export interface QualityFigures {
  readonly requirementsTotal: number;
  readonly requirementsCovered: number;
  readonly notCovered: readonly string[];
  readonly tasks: number;
  readonly orphanTasks: readonly string[];
  readonly unmitigatedRisks: readonly string[];
  readonly unmeasurableCriteria: readonly string[];
}

/** Computed from the spec, the proposed files and the analyses; no reference plan needed. */
export function qualityFigures(
  input: Pick<CheckInput, "spec" | "stage" | "artifacts" | "analyses">,
): QualityFigures {
  const main = mainArtifact(input.stage, input.artifacts);
  const coverage = coverageOf(input.spec, main.text);
  const plan = readPlan(main.text, ownIds(input.spec));
  return {
    requirementsTotal: coverage.total,
    requirementsCovered: coverage.covered.length,
    notCovered: coverage.notCovered,
    tasks: plan.tasks.length,
    orphanTasks: orphanTasks(plan),
    unmitigatedRisks: unmitigatedRisks(readAnalyses(input.analyses).risk),
    unmeasurableCriteria: unmeasurableCriteria(input.spec),
  };
}
