import { z } from "zod";
import { level, planHead, source, texts } from "./schema-parts.ts";

const trigger = z.union([
  z.strictObject({
    kind: z.literal("metric"),
    metric: z.string(),
    subjects: texts,
    comparison: z.enum(["above", "below"]),
    threshold: z.number(),
    unit: z.string(),
  }),
  z.strictObject({ kind: z.literal("sign"), text: z.string() }),
]);

const risk = z.strictObject({
  risk_id: z.string(),
  risk_name: z.string(),
  source,
  source_place: z.string().optional().meta({ description: "Where the plan names it." }),
  category: z.string(),
  probability: level,
  probability_value: z.number().min(0).max(1).optional().meta({
    description: "Not there where the plan has only a word for it.",
  }),
  probability_source: z.enum(["simulated", "given", "assumed"]),
  impact: level,
  impact_days: z.number().nonnegative().optional().meta({
    description: "Not there where the plan has only a word for it.",
  }),
  risk_level: level,
  affected_sessions: texts,
  affected_activities: texts,
  detection_method: z.string(),
  trigger,
  early_warning_signs: texts,
  prevention_measures: texts,
  response_procedures: texts,
  contingency_plan: z.string(),
  owner: z.string(),
  evidence: texts,
});

/** `risk-mitigation-plan.json`: what can go wrong and what is done then (S3 `risk_management`, `quality_assurance`). */
export const riskMitigationPlan = z
  .strictObject({
    ...planHead,
    risk_management: z.strictObject({
      risk_assessment: z.array(risk),
      mitigation_strategies: z.array(
        z.strictObject({
          strategy_id: z.string(),
          strategy_name: z.string(),
          source,
          description: z.string(),
          implementation: texts,
          success_metrics: texts,
          monitoring: z.string(),
          risks: texts,
        }),
      ),
      risk_coverage: z.string().meta({
        description: "High risks with prevention, response, contingency and an owner.",
      }),
    }),
    quality_assurance: z.strictObject({
      quality_gates: z.array(
        z.strictObject({
          gate_id: z.string(),
          gate_name: z.string(),
          trigger: z.string(),
          wave_number: z.int().positive(),
          validation_criteria: texts,
          approval_required: texts,
          failure_handling: z.string(),
          blocks: texts,
        }),
      ),
      testing_coordination: z.strictObject({
        unit_testing: z.string(),
        integration_testing: z.string(),
        system_testing: z.string(),
        performance_testing: z.string(),
      }),
      code_review: z.strictObject({
        review_requirements: z.string(),
        cross_team_reviews: z.string(),
        architecture_reviews: z.string(),
        review_timelines: z.string(),
      }),
    }),
  })
  .meta({ title: "risk-mitigation-plan.json" });

export type RiskMitigationPlanFile = z.infer<typeof riskMitigationPlan>;
