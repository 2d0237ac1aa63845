import { toJson, type Json } from "../../../../../core/json.ts";
import type { Conflict, Findings, OpenQuestion } from "../../review/finding.ts";
import { settledByPeople } from "../../review/settled-by-people.ts";
import { part, weigh, type Part } from "../../review/weighted-score.ts";
import {
  integrationGaps,
  missingParts,
  planAgainstModules,
  uncarried,
  openSecrets,
} from "./cover-findings.ts";
import {
  absentAudiences,
  cyclicOrder,
  operationsNobodyOffers,
  unknownIds,
} from "./name-findings.ts";
import { danglingNames } from "./dangling-findings.ts";
import { isRequirement, preparationFacts, type PreparationFacts } from "./preparation-facts.ts";
import { openPoints, unknownsTold } from "./question-findings.ts";
import { PART_NAMES } from "./read-preparations.ts";

/** Every comparison, in the order people read the result. */
const COMPARISONS: readonly ((facts: PreparationFacts) => Findings)[] = [
  missingParts,
  planAgainstModules,
  cyclicOrder,
  operationsNobodyOffers,
  danglingNames,
  unknownIds,
  uncarried,
  integrationGaps,
  openSecrets,
  absentAudiences,
  openPoints,
  unknownsTold,
];

function partsOf(facts: PreparationFacts): readonly Part[] {
  const { ids, integrations, tests, core, docs, basis } = facts;
  const required = ids.filter(isRequirement);
  const designed = integrations?.integrations ?? [];
  const operations = (core?.interfaces ?? []).flatMap((one) => one.operations);
  const structures = core?.data_structures ?? [];
  return [
    part("Preparations delivered", 25, [
      PART_NAMES.length - facts.missing.length,
      PART_NAMES.length,
      "preparations",
    ]),
    part("Requirements with a module", 15, [
      required.filter((id) => facts.modulesCarrying(id).length > 0).length,
      required.length,
      "requirements",
    ]),
    part("Requirements and criteria with a case", 25, [
      ids.filter((id) => facts.casesFor(id).length > 0).length,
      ids.length,
      "ids",
    ]),
    part("Entities with a data structure", 10, [
      Math.min(structures.length, basis.spec.entities.length),
      basis.spec.entities.length,
      "entities",
    ]),
    part("Operations with a stated outcome", 10, [
      operations.filter(({ output }) => output !== null).length,
      operations.length,
      "operations",
    ]),
    part("Integrations with failures and responses", 5, [
      designed.filter(({ errors }) => errors.length > 0).length,
      designed.length,
      "integrations",
    ]),
    part("Cases with a source in the specification", 5, [
      (tests?.cases ?? []).filter(({ source }) => !/^proposed\b/i.test(source)).length,
      tests?.cases.length ?? 0,
      "cases",
    ]),
    part("Documents with examples", 5, [
      (docs?.documents ?? []).filter(({ examples }) => examples.length > 0).length,
      docs?.documents.length ?? 0,
      "documents",
    ]),
  ];
}

/** Fail: it cannot be built from. Conditional: it can, once what is named is settled. Pass: as it is. */
function statusOf(
  conflicts: readonly Conflict[],
  questions: readonly OpenQuestion[],
  facts: PreparationFacts,
): "pass" | "conditional" | "fail" {
  if (conflicts.some(({ severity, fate }) => severity === "critical" && fate !== "reconciled"))
    return "fail";
  const open = conflicts.some(({ severity, fate }) => severity !== "low" && fate !== "reconciled");
  return open ||
    questions.length > 0 ||
    facts.missing.length > 0 ||
    (facts.tests?.not_testable ?? []).length > 0
    ? "conditional"
    : "pass";
}

/**
 * Integration review of the preparations (S2 §3; contract `review_summary`): whether they speak of the same things by the
 * same names, carry and test every requirement, and can be built in the order given.
 *
 * @param inputs `spec.md`, `plan.md`, `analyses/<role>.json`, and `people.json` if somebody said something
 */
export function reviewPreparations(inputs: Readonly<Record<string, string>>): Json {
  const facts = preparationFacts(inputs);
  const all = COMPARISONS.map((compare) => compare(facts));
  const conflicts = settledByPeople(
    all.flatMap((found) => found.conflicts ?? []),
    inputs["people.json"],
  );
  const questions = all.flatMap((found) => found.questions ?? []);
  const { score, completeness } = weigh(partsOf(facts), conflicts, questions);
  return toJson({
    review_summary: {
      conflicts: conflicts.map((conflict, index) => ({ id: `C-${index + 1}`, ...conflict })),
      gaps: all.flatMap((found) => found.gaps ?? []),
      open_questions: questions,
      completeness_check: completeness,
      quality_score: score,
      synthesis_guidance: all.flatMap((found) => found.guidance ?? []),
      approval_status: statusOf(conflicts, questions, facts),
    },
  });
}
