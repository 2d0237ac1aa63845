import type { OutputDemand } from "./demand.ts";

/** How complex the work is, by its score: below 40 low, above 70 high (docs/scores.md). */
export type Level = "low" | "medium" | "high";

export const LEVELS: readonly Level[] = ["low", "medium", "high"];

const LOW = 40;
const HIGH = 70;

export const levelOf = (complexity: number): Level =>
  complexity > HIGH ? "high" : complexity < LOW ? "low" : "medium";

/** The higher of two levels. */
export const atLeast = (one: Level, other: Level): Level =>
  LEVELS.indexOf(one) >= LEVELS.indexOf(other) ? one : other;

/** One cell of a depth table: what a role is asked for at one level, and what its answer must hold (ST-15). */
export interface Depth {
  /** As the seed calls it. */
  readonly word: string;
  /** Said in the prompt. */
  readonly instruction: string;
  readonly demands: readonly OutputDemand[];
}

/** The depths of a stage's roles, by role and level. */
export type DepthTable = Readonly<Record<string, Readonly<Record<Level, Depth>>>>;

/** Specialists at once by complexity, where nobody set a number: S0 §5.1 and S2 §5. */
export const CONCURRENCY: Readonly<Record<Level, number>> = { low: 4, medium: 3, high: 2 };
