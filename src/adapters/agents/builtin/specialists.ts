import type { Json } from "../../../core/json.ts";
import { parseSpec } from "../../../spec/parse-spec.ts";
import type { Spec } from "../../../spec/model.ts";
import type { ContractName } from "../../../stage/contracts.ts";
import { designArchitecture } from "./architecture/design-architecture.ts";
import { askQuestions } from "./discovery/ask-questions.ts";
import { findScope } from "./discovery/find-scope.ts";
import { listAssumptions } from "./discovery/list-assumptions.ts";
import { settledInputs } from "./discovery/settle-spec.ts";
import { estimateProject } from "./estimation/estimate-project.ts";
import type { Part } from "./part.ts";
import { basisOf, type Basis } from "./preparation/basis.ts";
import { designCore } from "./preparation/core/design-core.ts";
import { planDocumentation } from "./preparation/docs/plan-documentation.ts";
import { designIntegrations } from "./preparation/integrations/design-integrations.ts";
import { planTests } from "./preparation/tests/plan-tests.ts";
import { qualityFacts, type QualityFacts } from "./quality/facts.ts";
import { reviewCompleteness } from "./quality/review-completeness.ts";
import { reviewConsistency } from "./quality/review-consistency.ts";
import { reviewFeasibility } from "./quality/review-feasibility.ts";
import { reviewSecurity } from "./quality/review-security.ts";
import { analyseRequirements } from "./requirements/analyse-requirements.ts";
import { assessRisks } from "./risk/assess-risks.ts";

/** Read the spec with the answers of a discovery in it, say what was read, analyse, say what was found. */
const analyst =
  <T>(analyse: (spec: Spec, text: string) => T, found: (result: T) => readonly string[]): Part =>
  (inputs, say) => {
    const text = settledInputs(inputs)["spec.md"] ?? "";
    const spec = parseSpec("spec.md", text);
    say(
      `Read ${spec.lines} lines: ${spec.requirements.length} requirements, ${spec.stories.length} stories, ${spec.entities.length} entities`,
    );
    return told(analyse(spec, text), found, say);
  };

/** Say what was found; the answer as plain JSON, without undefined fields: what is journaled is what was answered. */
function told<T>(
  result: T,
  found: (result: T) => readonly string[],
  say: (line: string) => void,
): Json {
  for (const line of found(result)) say(line);
  const answer: Json = JSON.parse(JSON.stringify(result));
  return answer;
}

/** The same from the spec and the approved plan together. */
const preparer =
  <T>(prepare: (basis: Basis) => T, found: (result: T) => readonly string[]): Part =>
  (inputs, say) => {
    const basis = basisOf(inputs);
    const { components, work } = basis.plan;
    say(
      `Read the plan: ${components.length} components, ${work.tasks.length} tasks; ${basis.around.demands.length} requirements of the spec`,
    );
    return told(prepare(basis), found, say);
  };

/** Look at documents and repository, say what was looked at, review, say what was found. */
const qualityReviewer =
  <T>(
    review: (facts: QualityFacts) => T,
    found: (result: T) => { readonly score: number; readonly findings: readonly unknown[] },
  ): Part =>
  (inputs, say) => {
    const facts = qualityFacts(inputs);
    const { scanned, tasks, traceability } = facts.measured;
    say(
      `${traceability.rows.length} requirements and criteria, ${tasks.length} tasks, ${scanned === null ? "no repository" : `${scanned.files} files`}`,
    );
    return told(
      review(facts),
      (result) => {
        const { score, findings } = found(result);
        return [`${findings.length} findings, score ${score} of 100`];
      },
      say,
    );
  };

/** The specialists by the contract that they answer. */
export const SPECIALISTS: ReadonlyMap<ContractName, Part> = new Map<ContractName, Part>([
  [
    "requirements_dossier",
    analyst(analyseRequirements, ({ requirements_dossier: found }) => [
      `${found.functional.length} functional requirements, ${found.functional.filter((one) => one.acceptance_criteria.length === 0).length} without an acceptance scenario`,
      `${found.dependencies.length} dependencies, ${found.open_questions.length} open questions`,
    ]),
  ],
  [
    "architecture_design",
    analyst(designArchitecture, ({ architecture_design: found }) => [
      `${found.components.length} components: ${found.components.map(({ name }) => name).join(", ")}`,
      `${found.patterns.length} patterns, ${found.integration_points.length} integration points, ${new Set(found.alternatives.map(({ topic }) => topic)).size} choices`,
    ]),
  ],
  [
    "risk_assessment",
    analyst(assessRisks, ({ risk_assessment: found }) => [
      `${found.risks.length} risks, highest: ${found.risks[0] ? `${found.risks[0].category} (${found.risks[0].score} of 9)` : "none"}`,
      `${found.edge_cases.length} edge cases, ${found.edge_cases.filter(({ handling }) => handling === null).length} without an answer`,
    ]),
  ],
  [
    "project_estimation",
    analyst(estimateProject, ({ project_estimation: found }) => [
      `${found.phases.length} phases, ${found.phases.reduce((sum, { tasks }) => sum + tasks.length, 0)} tasks`,
      `${found.total_effort_days.optimistic} to ${found.total_effort_days.pessimistic} person-days, likely ${found.total_effort_days.likely}`,
    ]),
  ],
  [
    "clarification_questions",
    analyst(askQuestions, ({ clarification_questions: found }) => [
      `${found.questions.length} questions, ${found.questions.filter(({ recommended }) => recommended !== null).length} with a recommended answer`,
    ]),
  ],
  [
    "planning_assumptions",
    analyst(listAssumptions, ({ planning_assumptions: found }) => [
      `${found.assumptions.length} assumptions, ${found.examples.length} examples`,
    ]),
  ],
  [
    "discovery_scope",
    analyst(findScope, ({ discovery_scope: found }) => [
      `${found.terms.length} terms to define, ${found.actors.length} actors, ${found.missing.length} parts missing`,
    ]),
  ],
  [
    "core_implementation",
    preparer(designCore, ({ core_implementation: found }) => [
      `${found.modules.length} modules, ${found.data_structures.length} data structures`,
      `${found.interfaces.reduce((sum, { operations }) => sum + operations.length, 0)} operations, ${found.algorithms.length} algorithms`,
    ]),
  ],
  [
    "integration_design",
    preparer(designIntegrations, ({ integration_design: found }) => [
      `${found.integrations.length} integrations: ${found.integrations.map(({ name }) => name).join(", ") || "none"}`,
      `${found.configuration.length} settings, ${found.configuration.filter(({ secret }) => secret).length} secret`,
    ]),
  ],
  [
    "test_strategy",
    preparer(planTests, ({ test_strategy: found }) => [
      `${found.cases.length} cases on ${found.levels.length} levels, ${found.fixtures.length} fixtures`,
      `${found.not_testable.length} requirements that nothing lets one test`,
    ]),
  ],
  [
    "documentation_plan",
    preparer(planDocumentation, ({ documentation_plan: found }) => [
      `${found.documents.length} documents: ${found.documents.map(({ name }) => name).join(", ")}`,
    ]),
  ],
  [
    "completeness_assessment",
    qualityReviewer(reviewCompleteness, (result) => result.completeness_assessment),
  ],
  [
    "feasibility_assessment",
    qualityReviewer(reviewFeasibility, (result) => result.feasibility_assessment),
  ],
  ["security_assessment", qualityReviewer(reviewSecurity, (result) => result.security_assessment)],
  [
    "consistency_assessment",
    qualityReviewer(reviewConsistency, (result) => result.consistency_assessment),
  ],
]);
