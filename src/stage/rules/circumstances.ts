import type { Timeouts } from "../stage-spec.ts";
import type { Readings, ScoreSource } from "./readings.ts";
import type { Rule, WorkflowKind } from "./rule.ts";

/** Whether the machine is short, and by what. */
export type Resources = {
  readonly limited: boolean;
  /** For people: what was measured. */
  readonly because: string;
  readonly from: ScoreSource | "measured";
};

/** What the user said of a stage in so many words: rules do not widen it. */
export type Stated = {
  readonly concurrency: boolean;
  readonly timeouts: readonly (keyof Timeouts)[];
  /** How the stage uses the cache, or for how long. */
  readonly cache: boolean;
};

/** All that rules look at. */
export type Circumstances = {
  readonly workflow: WorkflowKind;
  readonly readings: Readings;
  readonly resources: Resources;
  readonly implementation: "whole" | "phased";
  /** Whether the discovery stage waits for a rule to ask for it. */
  readonly discovery: "by-rules" | "asked";
  readonly stated: Stated;
  /** In force, in the order in which they are applied. */
  readonly rules: readonly Rule[];
};
