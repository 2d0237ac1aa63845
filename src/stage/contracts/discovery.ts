import { z } from "zod";
import { list, text } from "./shared.ts";

/**
 * What the discovery stage's specialists answer with: it runs before planning when a specification is too unclear to
 * plan from (ST-14, clarity below 40).
 */
export const discoveryNotes = z.looseObject({
  discovery_notes: z.looseObject({
    questions: list(
      z.looseObject({
        question: text,
        /** Whom to ask: the author, a stakeholder by role. */
        ask: text,
        /** What can't be decided without the answer. */
        decides: text,
        /** Answers that the text leaves possible; empty when it gives none. */
        options: list(text),
        place: z.string().nullable().default(null),
      }),
    ),
    assumptions: list(z.looseObject({ assumption: text, if_wrong: text, source: text })),
    examples: list(z.looseObject({ statement: text, example: text })),
    unknowns: list(text),
  }),
});

export type DiscoveryNotes = z.infer<typeof discoveryNotes>["discovery_notes"];
