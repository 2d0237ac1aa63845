import type { CheckSet } from "../stage-spec.ts";
import { checkAnalysesComplete } from "./analyses-complete.ts";
import { checkArtifactSections } from "./artifact-sections.ts";
import type { CheckInput, CheckResult, CheckSubject } from "./check-result.ts";
import { checkControlCharacters } from "./control-characters.ts";
import { checkCoverage } from "./coverage.ts";
import { checkEstimatesAddUp } from "./estimates-add-up.ts";
import { checkIdsResolve } from "./ids-resolve.ts";
import { ownIds } from "./ids.ts";
import { checkInertMarkup } from "./inert-markup.ts";
import { checkLinksResolve } from "./links-resolve.ts";
import { mainArtifact } from "./main-artifact.ts";
import { checkMeasurableCriteria } from "./measurable-criteria.ts";
import { checkOrphanTasks } from "./orphan-tasks.ts";
import { checkPlaceholderText } from "./placeholder-text.ts";
import { checkPlanPhases } from "./plan-phases.ts";
import { readAnalyses } from "./read-analyses.ts";
import { readPlan } from "./read-plan.ts";
import { checkRequirementTasks } from "./requirement-tasks.ts";
import { checkRiskMitigations } from "./risk-mitigations.ts";
import { checkTaskDependencies } from "./task-dependencies.ts";

type Check = (subject: CheckSubject) => CheckResult;

/** What any artifact must hold. */
const DOCUMENT: readonly Check[] = [
  checkControlCharacters,
  checkInertMarkup,
  checkArtifactSections,
  checkIdsResolve,
  checkLinksResolve,
  checkPlaceholderText,
  checkAnalysesComplete,
];

/** What a plan must hold besides, so that it can be scheduled. */
const TASKS: readonly Check[] = [
  checkCoverage,
  checkRequirementTasks,
  checkPlanPhases,
  checkTaskDependencies,
  checkEstimatesAddUp,
  checkOrphanTasks,
];

const CHECKS: Readonly<Record<CheckSet, readonly Check[]>> = {
  plan: [...DOCUMENT, ...TASKS, checkRiskMitigations, checkMeasurableCriteria],
  "implementation-plan": [...DOCUMENT, ...TASKS],
  report: DOCUMENT,
};

/**
 * Run the stage's deterministic checks on its proposed artifacts (ST-10), in a fixed order. Never throws for what agents
 * wrote.
 */
export function runChecks(input: CheckInput): readonly CheckResult[] {
  const main = mainArtifact(input.stage, input.artifacts);
  const subject: CheckSubject = {
    ...input,
    main,
    plan: readPlan(main.text, ownIds(input.spec)),
    answers: readAnalyses(input.analyses),
  };
  return CHECKS[input.stage.checks].map((check) => check(subject));
}
