import type { ScoreSource } from "./readings.ts";

/** One thing that a rule changed. */
export type RuleChange = {
  readonly what: string;
  readonly from: string;
  readonly to: string;
};

/** A rule that fired, and all that it did (ST-14). */
export type FiredRule = {
  readonly rule: string;
  /** Seed and section, or the user's file. */
  readonly source: string;
  readonly on: string;
  readonly value: string | number;
  readonly is: "above" | "below" | "equal";
  readonly threshold: string | number;
  /** Where the value comes from. */
  readonly from: ScoreSource | "measured";
  /** Empty where the stage was as strict already. */
  readonly changes: readonly RuleChange[];
};
