import { z } from "zod";
import { list, text } from "./shared.ts";

/**
 * What the discovery stage's specialists answer with: it runs before planning when a specification is too unclear to
 * plan from (ST-14, clarity below 40).
 */

export const clarificationQuestions = z.looseObject({
  clarification_questions: z.looseObject({
    questions: list(
      z.looseObject({
        question: text,
        /** Whom to ask: the author, or a stakeholder by role. */
        ask: text,
        /** What can't be decided without the answer. */
        decides: text,
        /** Answers that the text leaves possible; empty when it gives none. */
        options: list(text),
        /** Where in the specification it arises: `spec.md:12`. */
        place: z.string().nullable().default(null),
        requirements: list(text),
      }),
    ),
    unknowns: list(text),
  }),
});

export const planningAssumptions = z.looseObject({
  planning_assumptions: z.looseObject({
    assumptions: list(z.looseObject({ assumption: text, if_wrong: text, source: text })),
    /** One concrete case for each statement that two people could read differently. */
    examples: list(z.looseObject({ statement: text, example: text, source: text })),
    unknowns: list(text),
  }),
});

export type ClarificationQuestions = z.infer<
  typeof clarificationQuestions
>["clarification_questions"];
export type PlanningAssumptions = z.infer<typeof planningAssumptions>["planning_assumptions"];
