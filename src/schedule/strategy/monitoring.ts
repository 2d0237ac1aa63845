import type { Level, Measured } from "./measured.ts";

/** What is watched while the plan is executed: S3 `monitoring_and_control` (MISSION WV-12). */
export interface Monitoring {
  readonly progress: {
    readonly metrics: readonly string[];
    readonly frequency: string;
    readonly dashboard: string;
    readonly escalationTriggers: readonly string[];
  };
  /** Efficiency, overhead, utilisation, … with their thresholds, as they are planned. */
  readonly performance: readonly Measured[];
  readonly controls: readonly ControlMechanism[];
  /** What is not in order now. Worst first. */
  readonly alerts: readonly Alert[];
}

export interface ControlMechanism {
  readonly type: string;
  readonly implementation: string;
  readonly response: string;
}

export interface Alert {
  /** Id of what is measured. */
  readonly metric: string;
  readonly level: Exclude<Level, "ok" | "unknown">;
  /** One sentence with the figure and the threshold. */
  readonly message: string;
  /** What can be done. */
  readonly hint: string;
}
