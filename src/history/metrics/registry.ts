import { AGENT_METRICS } from "./agent-metrics.ts";
import type { Metric } from "./metric.ts";
import { BUDGET_METRICS } from "./budget-metrics.ts";
import { OWN_METRICS } from "./own-metrics.ts";
import { PLANNING_METRICS } from "./planning-metrics.ts";
import { PREPARATION_METRICS } from "./preparation-metrics.ts";
import { STAGE_METRICS } from "./stage-metrics.ts";

/** Every metric there is: those of the source documents (S0 §6, S1 §8, S2 §6), and Wavegate's own. */
export const METRICS: readonly Metric[] = [
  ...STAGE_METRICS,
  ...AGENT_METRICS,
  ...PLANNING_METRICS,
  ...PREPARATION_METRICS,
  ...OWN_METRICS,
  ...BUDGET_METRICS,
];
