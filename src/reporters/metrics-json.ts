import type { MetricsReport } from "../history/metrics/metrics-report.ts";

interface Reported extends MetricsReport {
  readonly statuses: Readonly<Record<string, number>>;
  readonly since?: string;
}

/** Metrics for programs: every value with its unit, and why where there is none. */
export const metricsJson = ({ metrics, ...runs }: Reported) => ({
  ...runs,
  metrics: metrics.map(({ metric, all, roles }) => ({
    name: metric.name,
    sources: metric.sources,
    unit: metric.unit,
    ...(metric.judgedBy === undefined ? {} : { judgedBy: metric.judgedBy }),
    ...all,
    ...(metric.perRole ? { roles } : {}),
  })),
});
