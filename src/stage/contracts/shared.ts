import { z } from "zod";

/**
 * What contracts are built of. Names follow the source documents; answers may carry more, and it is kept. A contract
 * only grows by fields with a default: answers journaled under an earlier version must still match.
 */

/** Text that says something. */
export const text = z.string().trim().min(1);

/** A list that may be left out. */
export const list = <T extends z.ZodType>(item: T) => z.array(item).default([]);

export const level = z.enum(["low", "medium", "high"]);

export const severity = z.enum(["low", "medium", "high", "critical"]);

/** Three-point estimate, in person-days. */
export const estimate = z.looseObject({
  optimistic: z.number().nonnegative(),
  likely: z.number().nonnegative(),
  pessimistic: z.number().nonnegative(),
});

export type Estimate = z.infer<typeof estimate>;

/**
 * How sure the agent says it is of its answer, 0 to 100 (S1 §8.2). Its own word, and shown as that. What is no such number
 * says nothing: an answer that was paid for does not fail by it.
 */
export const ownConfidence = z
  .number()
  .min(0)
  .max(100)
  .optional()
  .catch(undefined)
  .describe("How sure you are of this answer as a whole, 0 to 100; leave it out if you can't say.");

/** What is judged of metrics that nothing can count; unknown names and scores are passed over, not refused. */
export const ratingsOf = (question: string) =>
  z
    .array(
      z.looseObject({
        metric: z.string(),
        role: z.string().nullish(),
        score: z.number(),
        reason: z.string().nullish(),
      }),
    )
    .default([])
    .catch([])
    .describe(question);
