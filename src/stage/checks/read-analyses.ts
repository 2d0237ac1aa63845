import { z } from "zod";
import { toJson, type Json } from "../../core/json.ts";
import {
  architectureDesign,
  projectEstimation,
  requirementsDossier,
  riskAssessment,
  type ArchitectureDesign,
  type ProjectEstimation,
  type RequirementsDossier,
  type RiskAssessment,
} from "../contracts/planning.ts";
import {
  mergeAssessments,
  mergeDesigns,
  mergeDossiers,
  mergeEstimations,
} from "./merge-answers.ts";
import { reviewSummary, type ReviewSummary } from "../contracts/leading.ts";

/** An analysis that could not be made: what is left in its place. */
export interface PartialAnalysis {
  readonly role: string;
  readonly known: readonly string[];
  readonly missing: readonly string[];
  readonly reason: string;
}

/** What a role leaves behind that could not be filled; see `stage/simplified.ts`. */
const simplified = z.object({
  simplified: z.literal(true),
  known: z.array(z.string()).default([]),
  missing: z.array(z.string()).default([]),
  reason: z.string().default("no reason was recorded"),
});

/** The specialists' answers, by what they are, all of one contract merged. Absent means that nobody gave one. */
export interface Analyses {
  readonly requirements: RequirementsDossier | undefined;
  readonly architecture: ArchitectureDesign | undefined;
  readonly risk: RiskAssessment | undefined;
  readonly estimation: ProjectEstimation | undefined;
  /** Each estimation as it was given. */
  readonly estimations: readonly ProjectEstimation[];
  /** Roles that left a simplified result, something unreadable, or nothing. */
  readonly partial: readonly PartialAnalysis[];
}

export type AnalysisName = Exclude<keyof Analyses, "partial" | "estimations">;

/** The four analyses of the planning stage, in the order people read them. */
export const ANALYSIS_NAMES: readonly AnalysisName[] = [
  "requirements",
  "architecture",
  "risk",
  "estimation",
];

/**
 * Read the analyses of a stage by their contents, whatever the roles are called. What does not match a contract is a
 * partial analysis with the reason; nothing throws.
 *
 * @param values by role name, or by input name (`analyses/<role>.json`)
 */
export function readAnalyses(values: Readonly<Record<string, Json>>): Analyses {
  const estimations = matches(values, projectEstimation).map((it) => it.project_estimation);
  const found = {
    requirements: mergeDossiers(
      matches(values, requirementsDossier).map((it) => it.requirements_dossier),
    ),
    architecture: mergeDesigns(
      matches(values, architectureDesign).map((it) => it.architecture_design),
    ),
    risk: mergeAssessments(matches(values, riskAssessment).map((it) => it.risk_assessment)),
    estimation: mergeEstimations(estimations),
  };
  const byRole = new Map(Object.entries(values).map(([name, value]) => [roleOf(name), value]));
  const partial = ANALYSIS_NAMES.filter((name) => !found[name]).map((name) =>
    partialOf(name, byRole.get(name)),
  );
  return { ...found, estimations, partial };
}

/** The review, or undefined when it is missing or not in its form. */
export function readReview(value: Json): ReviewSummary | undefined {
  const parsed = reviewSummary.safeParse(value);
  return parsed.success ? parsed.data.review_summary : undefined;
}

/** A JSON text as a value; undefined when it is absent or broken. */
export function parseJson(text: string | undefined): Json | undefined {
  if (text === undefined) return undefined;
  try {
    return toJson(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** `analyses/risk.json` → `risk`. */
export const roleOf = (name: string): string => name.replace(/^.*\//, "").replace(/\.json$/, "");

const matches = <T extends z.ZodType>(
  values: Readonly<Record<string, Json>>,
  contract: T,
): readonly z.infer<T>[] =>
  Object.values(values).flatMap((value) => {
    const parsed = contract.safeParse(value);
    return parsed.success ? [parsed.data] : [];
  });

/** The first value that matches a contract, as the contract reads it. */
export const firstMatch = <T extends z.ZodType>(
  values: Readonly<Record<string, Json>>,
  contract: T,
): z.infer<T> | undefined => matches(values, contract)[0];

function partialOf(role: string, value: Json | undefined): PartialAnalysis {
  const left = simplified.safeParse(value);
  return left.success
    ? { role, ...left.data }
    : { role, known: [], missing: [`the ${role} analysis`], reason: reasonOfPartial(value) };
}

/** Why a value that does not match its contract is there in its place. */
export function reasonOfPartial(value: Json | undefined): string {
  if (value === undefined) return "it was not delivered";
  const left = simplified.safeParse(value);
  return left.success ? left.data.reason : "its answer does not match its contract";
}
