import { z } from "zod";
import { planHead, texts } from "./schema-parts.ts";

/** `monitoring-config.json`: what is watched while the plan runs (S3 `monitoring_and_control`). */
export const monitoringConfig = z
  .strictObject({
    ...planHead,
    monitoring_and_control: z.strictObject({
      progress_tracking: z.strictObject({
        metrics: texts,
        reporting_frequency: z.string(),
        dashboard_location: z.string(),
        escalation_triggers: texts,
      }),
      performance_metrics: z.array(
        z.strictObject({
          metric_name: z.string(),
          calculation: z.string(),
          target: z.string(),
          warning_threshold: z.string(),
          critical_threshold: z.string(),
          planned_value: z.string(),
          level: z.enum(["ok", "warning", "critical", "unknown"]),
        }),
      ),
      control_mechanisms: z.array(
        z.strictObject({
          control_type: z.string(),
          implementation: z.string(),
          response: z.string(),
        }),
      ),
      alerts: z.array(
        z.strictObject({
          metric: z.string(),
          level: z.enum(["warning", "critical"]),
          message: z.string(),
          hint: z.string(),
        }),
      ),
    }),
  })
  .meta({ title: "monitoring-config.json" });

export type MonitoringConfigFile = z.infer<typeof monitoringConfig>;
