import { unmeasurableCriteria } from "../../../../stage/checks/measurable-criteria.ts";
import { HIGH_RISK } from "../../../../stage/checks/risk-mitigations.ts";
import { ANALYSIS_NAMES } from "../../../../stage/checks/read-analyses.ts";
import type { ReviewSummary } from "../../../../stage/contracts/leading.ts";
import { entitiesUnowned } from "./carrier-findings.ts";
import type { Facts } from "./facts.ts";
import type { Conflict, OpenQuestion } from "./finding.ts";

export type CompletenessItem = ReviewSummary["completeness_check"][number];

interface Part {
  readonly item: string;
  readonly weight: number;
  readonly have: number;
  readonly of: number;
  readonly what: string;
}

/**
 * Quality of the four analyses together, 0 to 100: the weighted share of each part that is there (weights below add up to
 * 100), minus 5 for each escalated conflict and 3 for each blocking question. A part with nothing to count is left out
 * and the others weigh more. The same figures are the completeness check, so that the score can be recomputed by hand.
 */
export function assess(
  facts: Facts,
  conflicts: readonly Conflict[],
  questions: readonly OpenQuestion[],
): { readonly score: number; readonly completeness: readonly CompletenessItem[] } {
  const parts = partsOf(facts).filter(({ of }) => of > 0);
  const weights = parts.reduce((sum, { weight }) => sum + weight, 0);
  const share = parts.reduce((sum, { weight, have, of }) => sum + (weight * have) / of, 0);
  const penalty =
    5 * conflicts.filter(({ fate }) => fate === "escalated").length +
    3 * questions.filter(({ blocking }) => blocking).length;
  const score = weights === 0 ? 0 : Math.round((100 * share) / weights - penalty);
  return {
    score: Math.max(0, Math.min(100, score)),
    completeness: parts.map(({ item, have, of, what }) => ({
      item,
      complete: have === of,
      note: `${have} of ${of} ${what}`,
    })),
  };
}

function partsOf(facts: Facts): readonly Part[] {
  const { analyses, ids, spec } = facts;
  const functional = analyses.requirements?.functional ?? [];
  const high = (analyses.risk?.risks ?? []).filter(({ score }) => score >= HIGH_RISK);
  const count = ids.length;
  return [
    part("Analyses delivered", 25, [
      ANALYSIS_NAMES.filter((name) => analyses[name]).length,
      ANALYSIS_NAMES.length,
      "analyses",
    ]),
    part("Requirements with a component", 15, [
      ids.filter((id) => facts.componentsFor(id).length > 0).length,
      count,
      "requirements",
    ]),
    part("Requirements with a task", 20, [
      ids.filter((id) => facts.tasksFor(id).length > 0).length,
      count,
      "requirements",
    ]),
    part("Requirements that can be verified", 20, [
      functional.filter((item) => item.verification !== null || item.acceptance_criteria.length > 0)
        .length,
      functional.length,
      "requirements",
    ]),
    part("Success criteria that can be measured", 10, [
      spec.criteria.length - unmeasurableCriteria(spec).length,
      spec.criteria.length,
      "criteria",
    ]),
    part("Entities with an owning component", 5, [
      spec.entities.length - entitiesUnowned(facts).length,
      spec.entities.length,
      "entities",
    ]),
    part("High risks with an owner", 5, [
      high.filter(({ owner }) => owner.trim() !== "").length,
      high.length,
      "high risks",
    ]),
  ];
}

const part = (
  item: string,
  weight: number,
  [have, of, what]: readonly [number, number, string],
): Part => ({ item, weight, have, of, what });
