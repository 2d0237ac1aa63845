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

/** Without a value it is `unknown`. */
export function measured(what: Omit<Measured, "level">): Measured {
  return {
    ...what,
    level: what.value === undefined ? "unknown" : levelOf(what.value, what.thresholds),
  };
}

/** Between target and warning it is not as good as wanted, but in order. */
function levelOf(value: number, { better, warning, critical }: Thresholds): Level {
  const worse = (limit: number) =>
    better === "higher" ? value < limit - EXACT : value > limit + EXACT;
  if (worse(critical)) return "critical";
  return worse(warning) ? "warning" : "ok";
}

const EXACT = 1e-9;

const RANK: Readonly<Record<Level, number>> = { unknown: 0, ok: 1, warning: 2, critical: 3 };

/** The worst of them; `unknown` where there is none. */
export const worstLevel = (levels: readonly Level[]): Level =>
  levels.reduce((worst: Level, level) => (RANK[level] > RANK[worst] ? level : worst), "unknown");
