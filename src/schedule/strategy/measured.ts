/** How a figure stands against its thresholds. `unknown` where there is nothing to measure it by. */
export type Level = "ok" | "warning" | "critical" | "unknown";

/** Thresholds as data: where a figure is good, where it warns, where it is critical, and who says so. */
export interface Thresholds {
  readonly better: "higher" | "lower";
  readonly target: number;
  /** Worse than this is a warning, */
  readonly warning: number;
  /** worse than this is critical. */
  readonly critical: number;
  /** Where the three come from: `S3`, or `our choice: …`. */
  readonly source: string;
}

/** A figure with what it is measured against. */
export interface Measured {
  readonly id: string;
  readonly name: string;
  /** How it is calculated, in words. */
  readonly calculation: string;
  readonly unit: "percent" | "ratio" | "minutes" | "count";
  /** Undefined where there is nothing to measure. */
  readonly value?: number;
  readonly thresholds: Thresholds;
  readonly level: Level;
  /** What the value rests on, with numbers: `12 of 12 activities are in the schedule`. */
  readonly evidence: string;
}
