import type { z } from "zod";
import { analysisReport } from "./contracts/general.ts";
import {
  clarificationQuestions,
  discoveryScope,
  planningAssumptions,
} from "./contracts/discovery.ts";
import { criteriaReport } from "./contracts/criteria-report.ts";
import { qaReport, reviewSummary, synthesis } from "./contracts/leading.ts";
import {
  architectureDesign,
  projectEstimation,
  requirementsDossier,
  riskAssessment,
} from "./contracts/planning.ts";
import {
  coreImplementation,
  documentationPlan,
  integrationDesign,
  testStrategy,
} from "./contracts/preparation.ts";
import {
  completenessAssessment,
  consistencyAssessment,
  feasibilityAssessment,
  securityAssessment,
} from "./contracts/quality.ts";
import { taskReport } from "./contracts/task-report.ts";

/** What answers must hold: of roles of stages, and of agents that carry out a task of a plan. */
export const CONTRACTS = {
  requirements_dossier: requirementsDossier,
  architecture_design: architectureDesign,
  risk_assessment: riskAssessment,
  project_estimation: projectEstimation,
  core_implementation: coreImplementation,
  integration_design: integrationDesign,
  test_strategy: testStrategy,
  documentation_plan: documentationPlan,
  completeness_assessment: completenessAssessment,
  feasibility_assessment: feasibilityAssessment,
  security_assessment: securityAssessment,
  consistency_assessment: consistencyAssessment,
  analysis_report: analysisReport,
  clarification_questions: clarificationQuestions,
  planning_assumptions: planningAssumptions,
  discovery_scope: discoveryScope,
  review_summary: reviewSummary,
  synthesis,
  qa_report: qaReport,
  task_report: taskReport,
  criteria_report: criteriaReport,
} as const satisfies Readonly<Record<string, z.ZodType>>;

export type ContractName = keyof typeof CONTRACTS;
