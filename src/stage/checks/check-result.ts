import type { Json } from "../../core/json.ts";
import type { Spec } from "../../spec/model.ts";
import type { StageSpec } from "../stage-spec.ts";
import type { Analyses } from "./read-analyses.ts";
import type { PlanText } from "./read-plan.ts";

/** What one deterministic check found. A failed blocking check keeps QA from signing off (ST-10). */
export type CheckResult = {
  /** Stable, kebab-case. */
  readonly id: string;
  readonly title: string;
  readonly passed: boolean;
  readonly blocking: boolean;
  /** One sentence each, saying what is wrong and where. A passed check may carry remarks. */
  readonly findings: readonly string[];
};

/** What the checks look at: the spec, the proposed files, and the answers they were made from. */
export interface CheckInput {
  readonly spec: Spec;
  /** Proposed artifacts by file name. */
  readonly artifacts: Readonly<Record<string, string>>;
  readonly stage: Pick<StageSpec, "checks" | "artifacts" | "roles">;
  /** What the stage worked from besides the spec, by name: ids that these define are known. */
  readonly documents: Readonly<Record<string, string>>;
  /** Analyses by role: whole contract answers, simplified results, or missing. */
  readonly analyses: Readonly<Record<string, Json>>;
  readonly review: Json;
}

/** The same, read once for all checks. */
export interface CheckSubject extends CheckInput {
  /** The artifact that the stage is about: the first of its contract. */
  readonly main: { readonly name: string; readonly text: string };
  readonly plan: PlanText;
  readonly answers: Analyses;
}

/** A check that passes when nothing was found. */
export const outcome = (
  check: Pick<CheckResult, "id" | "title" | "blocking">,
  findings: readonly string[],
): CheckResult => ({ ...check, passed: findings.length === 0, findings });
