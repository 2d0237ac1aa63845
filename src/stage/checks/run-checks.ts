import { checkAnalysesComplete } from "./analyses-complete.ts";
import { checkArtifactSections } from "./artifact-sections.ts";
import type { CheckInput, CheckResult, CheckSubject } from "./check-result.ts";
import { checkCoverage } from "./coverage.ts";
import { checkEstimatesAddUp } from "./estimates-add-up.ts";
import { checkIdsResolve } from "./ids-resolve.ts";
import { checkLinksResolve } from "./links-resolve.ts";
import { checkMeasurableCriteria } from "./measurable-criteria.ts";
import { checkOrphanTasks } from "./orphan-tasks.ts";
import { checkPlaceholderText } from "./placeholder-text.ts";
import { checkPlanPhases } from "./plan-phases.ts";
import { readAnalyses } from "./read-analyses.ts";
import { readPlan } from "./read-plan.ts";
import { checkRequirementTasks } from "./requirement-tasks.ts";
import { checkRiskMitigations } from "./risk-mitigations.ts";
import { checkTaskDependencies } from "./task-dependencies.ts";

const CHECKS: readonly ((subject: CheckSubject) => CheckResult)[] = [
  checkArtifactSections,
  checkCoverage,
  checkRequirementTasks,
  checkPlanPhases,
  checkTaskDependencies,
  checkEstimatesAddUp,
  checkRiskMitigations,
  checkIdsResolve,
  checkLinksResolve,
  checkPlaceholderText,
  checkOrphanTasks,
  checkMeasurableCriteria,
  checkAnalysesComplete,
];

/**
 * Run every deterministic check on proposed artifacts (ST-10), in a fixed order. Plan checks only run on stages that
 * produce a `plan.md`. Never throws for what agents wrote.
 */
export function runChecks(input: CheckInput): readonly CheckResult[] {
  const subject: CheckSubject = {
    ...input,
    plan: readPlan(input.artifacts["plan.md"] ?? ""),
    answers: readAnalyses(input.analyses),
  };
  return CHECKS.map((check) => check(subject));
}
