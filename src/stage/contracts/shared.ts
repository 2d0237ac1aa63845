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
