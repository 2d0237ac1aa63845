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

/** S3 `progress_tracking` and `control_mechanisms`. */
const PROGRESS: Monitoring["progress"] = {
  metrics: ["Phase completion %", "Task velocity", "Dependency resolution rate"],
  frequency: "daily",
  dashboard: "project_monitoring_dashboard",
  escalationTriggers: ["5% behind schedule", "Quality gate failures", "Resource conflicts"],
};
const CONTROLS: readonly ControlMechanism[] = [
  {
    type: "automated_conflict_detection",
    implementation: "File monitoring and dependency tracking",
    response: "Automatic alerts and coordination requests",
  },
  {
    type: "progress_monitoring",
    implementation: "Automated progress tracking from session states",
    response: "Weekly progress reports and trend analysis",
  },
];

/** What can be done about each metric that is not in order. */
const HINTS: ReadonlyMap<string, string> = new Map([
  [
    "parallel_efficiency",
    "Look at what shortens it most: more people for the critical chain, softer dependencies, fewer barriers.",
  ],
  [
    "coordination_overhead",
    "Hold fewer or shorter meetings, with fewer people in them, or drop sync points that cost more than they are worth.",
  ],
  [
    "resource_utilisation",
    "Give idle people to other work, or split the work that all others wait for.",
  ],
  [
    "workload_balance",
    "Move work from the busiest to the least busy, or train them in the skills that only the busiest have.",
  ],
  [
    "schedule_confidence",
    "Promise the date that four of five runs keep, or take work off the critical chain.",
  ],
  [
    "deadline_confidence",
    "Take work out of the scope, move the deadline, or shorten what the end hangs on.",
  ],
  ["completeness", "Give the phases that are missing activities, or take them out of the plan."],
  [
    "optimisation",
    "Look at what shortens it most; where the lower bound is near, only other dependencies or people help.",
  ],
  ["feasibility", "Schedule again, and look at what was started by several at once."],
  [
    "risk_coverage",
    "Add prevention, response, contingency and an owner to the risks that lack them.",
  ],
  [
    "coordination_design",
    "Add participants, criteria and failure procedures to the sync points, and meetings of teams that wait for each other.",
  ],
]);

/** `measures`: of the plan's quality; they give alerts as the performance does. */
export function monitoringOf(
  performance: readonly Measured[],
  measures: readonly Measured[],
): Monitoring {
  return {
    progress: PROGRESS,
    performance,
    controls: CONTROLS,
    alerts: [...performance, ...measures]
      .flatMap(alertOf)
      .toSorted((a, b) => (a.level === b.level ? 0 : a.level === "critical" ? -1 : 1)),
  };
}

function alertOf({ id, name, level, value, thresholds, evidence }: Measured): readonly Alert[] {
  if (level === "ok" || level === "unknown" || value === undefined) return [];
  const limit = level === "critical" ? thresholds.critical : thresholds.warning;
  const side = thresholds.better === "higher" ? "below" : "above";
  return [
    {
      metric: id,
      level,
      message: `${name} is ${Math.round(value * 10) / 10} %, ${side} ${limit} %: ${evidence}.`,
      hint: HINTS.get(id) ?? "Look at the evidence.",
    },
  ];
}
