/** How a plan is run (S4's four patterns, the plan as it is written, and wave by wave). */
export type Pattern = "independent" | "dag" | "pipeline" | "phases" | "batched" | "waves";

export interface PatternRule {
  /** Whether tasks wait for their dependencies, and keep off resources that are in use. */
  readonly safe: boolean;
  /** What tasks are grouped by: their phase, their level over dependencies, or nothing. */
  readonly groups: "none" | "phases" | "levels";
  /** How many groups may have work in progress: a task waits until all groups so many before its own are finished. */
  readonly window: number;
  /** Whether a batch is taken and finished whole before the next one. */
  readonly batched: boolean;
}

export const PATTERNS: Readonly<Record<Pattern, PatternRule>> = {
  /** Everything as soon as a worker is free, in the order of the document. What that breaks is counted. */
  independent: { safe: false, groups: "none", window: Infinity, batched: false },
  /** Each task when what it waits for is done; who has most behind it first. */
  dag: { safe: true, groups: "none", window: Infinity, batched: false },
  /** Phases overlap with their neighbours. */
  pipeline: { safe: true, groups: "phases", window: 2, batched: false },
  /** A phase begins when all before it are done. */
  phases: { safe: true, groups: "phases", window: 1, batched: false },
  /** `next N` within a phase, and all of it is waited for. */
  batched: { safe: true, groups: "phases", window: 1, batched: true },
  /** A level begins when the one before it is done. */
  waves: { safe: true, groups: "levels", window: 1, batched: false },
};
