import type { Json } from "../../../../../core/json.ts";
import { inert } from "../../../../../core/text.ts";
import {
  questionsSection,
  requestedSection,
  reviewSection,
} from "../../synthesis/closing-sections.ts";
import { preparationAdditions } from "../../additions/preparation-additions.ts";
import { blocks } from "../../synthesis/markdown.ts";
import { notDone } from "../../synthesis/requests.ts";
import { buildImplementation, DOCUMENT } from "./build-implementation.ts";
import { documentationSection } from "./documentation-section.ts";
import { gateSection } from "./gate-section.ts";
import { integrationSection } from "./integration-section.ts";
import type { ImplementationModel } from "./implementation-model.ts";
import { moduleSection } from "./module-section.ts";
import { strategySection, summarySection } from "./opening-sections.ts";
import { testSection } from "./test-section.ts";
import {
  coverageSection,
  dependencySection,
  notCoveredSection,
  riskSection,
  taskSections,
} from "./work-sections.ts";

/** implementation_plan.md: S2 §8's ten sections, then what keeps it honest. */
const implementationDocument = (model: ImplementationModel, additions: string): string =>
  `${blocks(
    `# Implementation: ${model.name}`,
    summarySection(model),
    strategySection(model),
    moduleSection(model),
    integrationSection(model),
    testSection(model),
    documentationSection(model),
    taskSections(model),
    dependencySection(model),
    riskSection(model),
    gateSection(model),
    additions,
    coverageSection(model),
    questionsSection(model),
    notCoveredSection(model),
    reviewSection(model, "preparations"),
    requestedSection(model),
  )}\n`;

/**
 * Write implementation_plan.md (PR-03; contract `synthesis`) from the spec, the approved plan, the preparations and the
 * review. Deterministic: the same inputs give the same bytes. Nothing is invented; what is unknown is said to be unknown.
 *
 * @param inputs `spec.md`, `plan.md`, `analyses/<role>.json`, `review.json`, and in a rework round `rework.json` and
 * `previous/implementation_plan.md`
 */
export function synthesizeImplementation(inputs: Readonly<Record<string, string>>): Json {
  const model = buildImplementation(inputs);
  const text = implementationDocument(model, preparationAdditions(model, inputs));
  return { artifacts: { [DOCUMENT]: inert(text) }, not_done: notDone(model.requests.all) };
}
