import { z } from "zod";
import { list, text } from "./shared.ts";

/**
 * What the specialists of discovery answer with: it runs before planning when a specification is too unclear to plan from
 * (S0 §7.2, S1 §9.2).
 */

export const clarificationQuestions = z.looseObject({
  clarification_questions: z.looseObject({
    /** Most important first. */
    questions: list(
      z.looseObject({
        question: text,
        /** Whom to ask: the author, or a stakeholder by role. */
        ask: text,
        /** What can't be decided without the answer. */
        decides: text,
        /** Answers that the text leaves possible; empty when it gives none. */
        options: list(text),
        /** What planning goes on with until somebody answers, or null when nothing speaks for an answer. */
        recommended: z.string().nullable().default(null),
        /** Why that one. */
        because: z.string().nullable().default(null),
        /** Where in the specification it arises: `line 12`. */
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

export const discoveryScope = z.looseObject({
  discovery_scope: z.looseObject({
    /** Words that are used and not explained. */
    terms: list(z.looseObject({ term: text, why: text, source: text })),
    /** Who takes part, in the words of the specification. */
    actors: list(z.looseObject({ name: text, does: text, source: text })),
    /** Parts that a plan needs and the specification lacks. */
    missing: list(z.looseObject({ part: text, why: text, how: text })),
    unknowns: list(text),
  }),
});

export type ClarificationQuestions = z.infer<
  typeof clarificationQuestions
>["clarification_questions"];
export type PlanningAssumptions = z.infer<typeof planningAssumptions>["planning_assumptions"];
export type DiscoveryScope = z.infer<typeof discoveryScope>["discovery_scope"];
