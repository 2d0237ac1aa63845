import { approachSection } from "./approach-section.ts";
import {
  assumptionsSection,
  dependenciesSection,
  metricsSection,
  questionsSection,
  requestedSection,
  reviewSection,
} from "./closing-sections.ts";
import { coverageSection, notCoveredSection } from "./coverage-section.ts";
import { blocks, count, inline, sentence, short } from "./markdown.ts";
import { phaseSections } from "./phase-sections.ts";
import { tasksOf, type PlanModel } from "./plan-model.ts";
import { riskSection } from "./risk-section.ts";

/** plan.md: the sections of S0 §8.2 around phases in the plan grammar, and those that rules add. */
export const planDocument = (model: PlanModel, additions = ""): string =>
  `${blocks(
    `# Implementation Plan: ${model.name}`,
    overview(model),
    approachSection(model),
    phaseSections(model),
    coverageSection(model),
    riskSection(model),
    metricsSection(model),
    dependenciesSection(model),
    assumptionsSection(model),
    additions,
    questionsSection(model),
    notCoveredSection(model),
    reviewSection(model),
    requestedSection(model),
  )}\n`;

function overview(model: PlanModel): string {
  const { spec, facts, phases } = model;
  const priorities = spec.stories.flatMap(({ priority }) => priority ?? []);
  return blocks(
    "## Overview",
    [
      `- **Goal:** ${sentence(inline(short(spec.input ?? facts.analyses.requirements?.objectives[0] ?? spec.title, 400)))}`,
      `- **Specification:** ${[
        count(spec.stories.length, "user story", "user stories"),
        count(facts.ids.length, "requirement"),
        count(spec.criteria.length, "success criterion", "success criteria"),
      ].join(", ")}${spec.branch ? `; branch ${inline(spec.branch)}` : ""}`,
      `- **Work:** ${count(phases.length, "phase")}, ${count(tasksOf(model).length, "task")}`,
      priorities.length > 0 && `- **Priority:** ${priorities.toSorted()[0]}`,
    ]
      .filter(Boolean)
      .join("\n"),
  );
}
