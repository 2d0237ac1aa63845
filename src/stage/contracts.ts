import type { z } from "zod";
import { qaReport, reviewSummary, synthesis } from "./contracts/leading.ts";
import {
  architectureDesign,
  projectEstimation,
  requirementsDossier,
  riskAssessment,
} from "./contracts/planning.ts";

/** The answer contracts that a role of a stage can name. */
export const CONTRACTS = {
  requirements_dossier: requirementsDossier,
  architecture_design: architectureDesign,
  risk_assessment: riskAssessment,
  project_estimation: projectEstimation,
  review_summary: reviewSummary,
  synthesis,
  qa_report: qaReport,
} as const satisfies Readonly<Record<string, z.ZodType>>;

export type ContractName = keyof typeof CONTRACTS;
