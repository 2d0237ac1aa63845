import type { ScheduleWish } from "../../../app/schedule/schedule-cases.ts";
import type { Budget } from "../../../schedule/answers/schedule-answer.ts";
import type { CommonFlags } from "../../cli.ts";

/** Flags of every command that makes a schedule of a plan. */
export interface SearchFlags extends CommonFlags {
  readonly teams?: string;
  readonly workers?: number;
  readonly budget?: Budget;
  readonly seed?: number;
  readonly start?: string;
}

/** Flags of commands whose answer is one schedule. */
export interface ProvingFlags extends SearchFlags {
  readonly prove: boolean;
}

/** What is wished, as far as flags say. */
export const wishOf = (
  plan: string | undefined,
  { teams, workers, budget, seed, start, prove }: SearchFlags & Partial<ProvingFlags>,
): ScheduleWish => ({
  ...(plan !== undefined && { plan }),
  ...(teams !== undefined && { teams }),
  ...(workers !== undefined && { workers }),
  ...(budget !== undefined && { budget }),
  ...(seed !== undefined && { seed }),
  ...(start !== undefined && { start }),
  ...(prove === true && { prove }),
});
