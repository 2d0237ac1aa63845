import { z } from "zod";
import { parseJson } from "../../../../stage/checks/read-analyses.ts";
import { askQuestions } from "../discovery/ask-questions.ts";
import { readDiscovery } from "../../../../stage/discovery/read-discovery.ts";
import type { PlanModel, PlannedPhase } from "../synthesis/plan-model.ts";

/** A question that a plan has to live with, or its answer. */
export interface PlanQuestion {
  readonly question: string;
  readonly options: readonly string[];
  readonly recommended: string | undefined;
  readonly answer: string | undefined;
  /** Requirement ids that it is about. */
  readonly requirements: readonly string[];
}

/** What sections that rules add to a plan are written from. */
export interface PlanMaterial {
  readonly model: PlanModel;
  readonly questions: readonly PlanQuestion[];
  /** What people said so far: who, where, what. */
  readonly words: readonly { readonly by: string; readonly at: string; readonly text: string }[];
}

const words = z.array(z.object({ by: z.string(), at: z.string(), text: z.string() })).catch([]);

/** The questions of the discovery where there was one, else those that the specification leaves open. */
export function planMaterial(
  model: PlanModel,
  inputs: Readonly<Record<string, string>>,
): PlanMaterial {
  const found = askQuestions(model.spec, inputs["spec.md"] ?? "").clarification_questions.questions;
  const discovered = readDiscovery(inputs["discovery.md"]);
  const idsIn = (text: string | undefined) =>
    model.facts.ids.filter((id) => text !== undefined && text.includes(id));
  return {
    model,
    questions:
      discovered.length > 0
        ? discovered.map(({ question, decides, options, recommended, answer }) => ({
            question,
            options,
            recommended,
            answer,
            requirements: idsIn(decides),
          }))
        : found.map(({ question, options, recommended, requirements }) => ({
            question,
            options,
            recommended: recommended ?? undefined,
            answer: undefined,
            requirements,
          })),
    words: words.parse(parseJson(inputs["people.json"]) ?? []),
  };
}

/** The phases in which work on any of these ids is done. */
export const phasesFor = (
  { model }: PlanMaterial,
  ids: readonly string[],
): readonly PlannedPhase[] =>
  model.phases.filter(({ tasks }) => tasks.some((task) => task.ids.some((id) => ids.includes(id))));
