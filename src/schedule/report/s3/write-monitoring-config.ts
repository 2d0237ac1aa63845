import type { Writing } from "../writing.ts";
import { headOf } from "./head.ts";
import { measuredText } from "./measured-text.ts";
import type { MonitoringConfigFile } from "./monitoring-config-schema.ts";

export function writeMonitoringConfig(writing: Writing): MonitoringConfigFile {
  const { progress, performance, controls, alerts } = writing.strategy.monitoring;
  return {
    ...headOf(writing),
    monitoring_and_control: {
      progress_tracking: {
        metrics: [...progress.metrics],
        reporting_frequency: progress.frequency,
        dashboard_location: progress.dashboard,
        escalation_triggers: [...progress.escalationTriggers],
      },
      performance_metrics: performance.map((metric) => ({
        metric_name: metric.name,
        calculation: metric.calculation,
        target: measuredText(metric, metric.thresholds.target),
        warning_threshold: measuredText(metric, metric.thresholds.warning),
        critical_threshold: measuredText(metric, metric.thresholds.critical),
        planned_value: measuredText(metric, metric.value),
        level: metric.level,
      })),
      control_mechanisms: controls.map(({ type, implementation, response }) => ({
        control_type: type,
        implementation,
        response,
      })),
      alerts: alerts.map((alert) => ({ ...alert })),
    },
  };
}
