import { unmeasurableCriteria } from "../../../../stage/checks/measurable-criteria.ts";
import { HIGH_RISK } from "../../../../stage/checks/risk-mitigations.ts";
import { ANALYSIS_NAMES } from "../../../../stage/checks/read-analyses.ts";
import { entitiesUnowned } from "./carrier-findings.ts";
import type { Facts } from "./facts.ts";
import type { Conflict, OpenQuestion } from "./finding.ts";
import { part, weigh, type Part, type Weighed } from "./weighted-score.ts";

/** Quality of the four analyses together, 0 to 100; the weights below add up to 100. */
export function assess(
  facts: Facts,
  conflicts: readonly Conflict[],
  questions: readonly OpenQuestion[],
): Weighed {
  return weigh(partsOf(facts), conflicts, questions);
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
