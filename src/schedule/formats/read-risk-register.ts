import { z } from "zod";
import type { Risk, RiskLevel, RiskTrigger, WatchedMetric } from "../strategy/risks/risk.ts";
import { WATCHED_METRICS } from "../strategy/risks/watched-metrics.ts";

/** A risk that a program can watch, as a register on disk has it. */
export interface RegisteredRisk {
  readonly id: string;
  readonly name: string;
  readonly source: Risk["source"]["kind"];
  readonly level: RiskLevel;
  readonly trigger: Extract<RiskTrigger, { readonly kind: "metric" }>;
  readonly owner: string;
  readonly response: readonly string[];
  readonly contingency: string;
}

/** The risks of a `risk-mitigation-plan.json`, and what it was made of. */
export interface RegisterFile {
  /** The plan, relative to the project. */
  readonly plan: string;
  /** ISO 8601, UTC. */
  readonly planned: string;
  readonly risks: readonly RegisteredRisk[];
}

const isMetric = (name: string): name is WatchedMetric => Object.hasOwn(WATCHED_METRICS, name);

const risk = z.looseObject({
  risk_id: z.string(),
  risk_name: z.string(),
  source: z.enum(["derived", "given"]),
  risk_level: z.enum(["low", "medium", "high"]),
  trigger: z.looseObject({
    kind: z.literal("metric"),
    metric: z.string().refine(isMetric),
    subjects: z.array(z.string()),
    comparison: z.enum(["above", "below"]),
    threshold: z.number(),
    unit: z.string(),
  }),
  response_procedures: z.array(z.string()),
  contingency_plan: z.string(),
  owner: z.string(),
});

const file = z.looseObject({
  dependency_analysis_source: z.string(),
  planning_date: z.string(),
  risk_management: z.looseObject({ risk_assessment: z.array(z.unknown()) }),
});

/** Undefined for a text that is none. Risks that only people can see, and what somebody broke by hand, are left out. */
export function readRiskRegister(text: string): RegisterFile | undefined {
  const read = file.safeParse(jsonOf(text));
  if (!read.success) return undefined;
  const { dependency_analysis_source: plan, planning_date: planned, risk_management } = read.data;
  return { plan, planned, risks: risk_management.risk_assessment.flatMap(riskIn) };
}

function riskIn(value: unknown): readonly RegisteredRisk[] {
  const read = risk.safeParse(value);
  if (!read.success) return [];
  const { trigger, risk_id, risk_name, source, risk_level, owner, ...told } = read.data;
  const { metric, subjects, comparison, threshold, unit } = trigger;
  if (!isMetric(metric)) return [];
  return [
    {
      id: risk_id,
      name: risk_name,
      source,
      level: risk_level,
      trigger: { kind: "metric", metric, subjects, comparison, threshold, unit },
      owner,
      response: told.response_procedures,
      contingency: told.contingency_plan,
    },
  ];
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
