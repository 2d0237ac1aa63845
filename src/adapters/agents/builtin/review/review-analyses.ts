import { toJson, type Json } from "../../../../core/json.ts";
import { parseSpec } from "../../../../spec/parse-spec.ts";
import { waitingQuestions } from "../discovery/waiting-questions.ts";
import {
  componentsWithoutRequirement,
  entitiesWithoutOwner,
  requirementsWithoutComponent,
  requirementsWithoutTask,
} from "./carrier-findings.ts";
import { dossierAgainstSpec, missingAnalyses } from "./completeness-findings.ts";
import { specContradictions } from "./contradiction-findings.ts";
import { analysesFrom, factsOf, type Facts } from "./facts.ts";
import type { Findings } from "./finding.ts";
import {
  orderAgainstDependencies,
  orderAgainstPriority,
  requirementCycle,
  taskCycle,
} from "./order-findings.ts";
import { priorityDisagreements } from "./priority-findings.ts";
import { distinct, openQuestions } from "./question-findings.ts";
import { integrationsWithoutRisk, risksWithoutTask } from "./risk-findings.ts";
import { assess } from "./score.ts";
import { settledByPeople } from "./settled-by-people.ts";
import { analystUnknowns } from "./unknown-findings.ts";

/** Every comparison, in the order people read the result. */
const COMPARISONS: readonly ((facts: Facts) => Findings)[] = [
  missingAnalyses,
  requirementCycle,
  specContradictions,
  dossierAgainstSpec,
  orderAgainstDependencies,
  taskCycle,
  requirementsWithoutTask,
  requirementsWithoutComponent,
  risksWithoutTask,
  priorityDisagreements,
  orderAgainstPriority,
  entitiesWithoutOwner,
  componentsWithoutRequirement,
  integrationsWithoutRisk,
  openQuestions,
  analystUnknowns,
];

/**
 * Reconcile the analyses, each of which knew only the spec (ST-08; contract `review_summary`). Which source wins: the spec
 * before the dossier, the dossier before the others; what is needed before what needs it; nothing is invented to close a
 * gap. `directives` beside the contract's fields say exactly what the synthesizer changes.
 *
 * @param inputs `spec.md`, `analyses/<role>.json`, `discovery.md` if there was one, and `people.json` if somebody said something
 */
export function reviewAnalyses(inputs: Readonly<Record<string, string>>): Json {
  const spec = parseSpec("spec.md", inputs["spec.md"] ?? "");
  const facts = factsOf(spec, analysesFrom(inputs));
  const all = COMPARISONS.map((compare) => compare(facts));
  const conflicts = settledByPeople(
    all.flatMap((found) => found.conflicts ?? []),
    inputs["people.json"],
  );
  const questions = distinct(all.flatMap((found) => found.questions ?? []));
  const { score, completeness } = assess(facts, conflicts, questions);
  return toJson({
    review_summary: {
      conflicts: conflicts.map((conflict, index) => ({ id: `C-${index + 1}`, ...conflict })),
      gaps: all.flatMap((found) => found.gaps ?? []),
      open_questions: [...questions, ...waitingQuestions(inputs["discovery.md"], questions)],
      completeness_check: completeness,
      quality_score: score,
      synthesis_guidance: all.flatMap((found) => found.guidance ?? []),
      directives: all.flatMap((found) => found.directives ?? []),
    },
  });
}
