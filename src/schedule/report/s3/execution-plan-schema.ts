import { z } from "zod";
import { files, name, planHead, source } from "./schema-parts.ts";

/** `execution-plan.json`: who and what there is, and what the whole comes to (S3 `project_context`, `resource_analysis`). */
export const executionPlan = z
  .strictObject({
    ...planHead,
    project_context: z.strictObject({
      project_name: z.string(),
      total_phases: z.int().nonnegative(),
      total_activities: z.int().nonnegative(),
      start_date: z.iso.date(),
      end_date: z.iso.date(),
      time_zone: z.string(),
      total_estimated_duration: z.string().meta({ description: "One activity after another." }),
      parallel_estimated_duration: z.string(),
      time_savings_percentage: z.string().meta({
        description: "(sequential - parallel) / sequential * 100, as S3 defines it.",
      }),
      sequential_minutes: z.number().nonnegative(),
      parallel_minutes: z.number().nonnegative(),
      lower_bound_minutes: z.number().nonnegative().meta({
        description: "No schedule of this project takes less working time.",
      }),
      proved_optimal: z.boolean(),
    }),
    resource_analysis: z.strictObject({
      available_teams: z.array(
        z.strictObject({
          team_id: z.string(),
          team_size: z.int().nonnegative(),
          key_skills: z.array(z.string()),
          availability: z.string(),
          capacity: z.string(),
          utilisation: z.string(),
        }),
      ),
      infrastructure_capacity: z.record(z.string(), z.number().positive()),
      resource_constraints: z.array(
        z.strictObject({
          resource: z.string(),
          source,
          constraint_type: z.string(),
          description: z.string(),
          impact: z.string(),
          observed: z.string().meta({ description: "What of it shows in this schedule." }),
          mitigation: z.string(),
        }),
      ),
      capacity_buffer: z.string(),
      team_assignments: z.array(
        z.strictObject({
          activity_id: z.string(),
          team_assignment: z.string(),
          people: z.array(z.string()),
          reasons: z.array(z.string()),
          skill_match_score: z.number(),
          availability: z.number(),
          learning_curve: z.number(),
          collaboration_history: z.number(),
        }),
      ),
    }),
    critical_chain: z.array(name),
    quality_metrics: z.array(
      z.strictObject({
        metric_name: z.string(),
        value: z.string(),
        level: z.string(),
        evidence: z.string(),
      }),
    ),
    files,
  })
  .meta({ title: "execution-plan.json" });

export type ExecutionPlanFile = z.infer<typeof executionPlan>;
