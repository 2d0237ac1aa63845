import type { RecordedEvent } from "../../core/event.ts";
import type { Measured } from "../measured.ts";
import { stagesOf, type StageHistory } from "../stage-history.ts";
import type { Metric } from "./metric.ts";
import { METRICS } from "./registry.ts";

/** One metric over the runs asked for. */
export interface MetricReport {
  readonly metric: Metric;
  readonly all: Measured;
  /** By role, where the metric is about roles and there is a value. */
  readonly roles: Readonly<Record<string, Measured>>;
}

export interface MetricsReport {
  readonly runs: number;
  /** How often each stage was run. */
  readonly stages: Readonly<Record<string, number>>;
  readonly metrics: readonly MetricReport[];
}

/** Every metric that is about the stages in these runs. */
export function metricsReport(runs: readonly (readonly RecordedEvent[])[]): MetricsReport {
  const stages = runs.flatMap(stagesOf);
  const counts = new Map<string, number>();
  for (const { stage } of stages) counts.set(stage, (counts.get(stage) ?? 0) + 1);
  return {
    runs: runs.length,
    stages: Object.fromEntries(counts),
    metrics: METRICS.flatMap((metric) => reportOf(metric, stages)),
  };
}

function reportOf(metric: Metric, all: readonly StageHistory[]): readonly MetricReport[] {
  const about = all.filter(({ stage }) => !metric.stages || metric.stages.includes(stage));
  if (about.length === 0) return [];
  const roles = metric.perRole ? rolesIn(about) : [];
  const measured = roles.map((role) => [role, metric.measure(about, role)] as const);
  return [
    {
      metric,
      all: metric.measure(about),
      roles: Object.fromEntries(measured.filter(([, value]) => saysSomething(value))),
    },
  ];
}

const saysSomething = ({ is }: Measured): boolean =>
  is === "figure" || is === "spread" || is === "words";

/** Every role that was played, specialists first. */
const rolesIn = (stages: readonly StageHistory[]): readonly string[] => [
  ...new Set([
    ...stages.flatMap(({ roles }) => roles),
    ...stages.flatMap(({ events }) =>
      events.flatMap(({ event }) => ("role" in event ? [event.role] : [])),
    ),
  ]),
];
