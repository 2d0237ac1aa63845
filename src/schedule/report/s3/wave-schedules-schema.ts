import { z } from "zod";
import { level, planHead, texts } from "./schema-parts.ts";

const syncPoint = z.strictObject({
  sync_point_id: z.string(),
  name: z.string(),
  trigger: z.string(),
  date: z.iso.date(),
  participants: texts,
  duration: z.string(),
  success_criteria: texts,
});

const coordinationRequirement = z.strictObject({
  type: z.string(),
  frequency: z.string(),
  participants: texts,
  duration: z.string(),
});

const activity = z.strictObject({
  activity_id: z.string(),
  title: z.string(),
  team_assignment: z.string().nullable(),
  people: texts,
  start: z.iso.datetime({ local: true }),
  end: z.iso.datetime({ local: true }),
  duration_minutes: z.number().nonnegative(),
  slack_minutes: z.number().nonnegative(),
  critical: z.boolean(),
});

const phase = z.strictObject({
  phase_id: z.string(),
  phase_name: z.string(),
  session_id: z.string().nullable().meta({ description: "Null where nobody is needed." }),
  session_ids: texts,
  team_assignment: z.string().nullable(),
  team_assignments: texts,
  estimated_duration: z.string(),
  start_date: z.iso.date(),
  end_date: z.iso.date(),
  dependencies: texts,
  deliverables: texts,
  activities: z.array(activity),
});

const wave = z.strictObject({
  wave_number: z.int().positive(),
  wave_name: z.string(),
  wave_type: z.enum(["foundation", "parallel", "integration"]),
  duration: z.string(),
  start_date: z.iso.date(),
  end_date: z.iso.date(),
  max_concurrent_sessions: z.int().nonnegative(),
  phases: z.array(phase),
  wave_success_criteria: texts,
  blocking_factors: texts,
  risk_level: level,
  barrier_cost_days: z.number().nonnegative().nullable().meta({
    description:
      "What it would cost if the next wave waited for all of this one. Waves are a view; nothing waits for them.",
  }),
  synchronization_points: z.array(syncPoint),
  coordination_requirements: z.array(coordinationRequirement),
});

/** `wave-schedules.json`: what is done when and by whom (S3 `wave_execution_plan`). */
export const waveSchedules = z
  .strictObject({
    ...planHead,
    wave_execution_plan: z.strictObject({
      total_waves: z.int().nonnegative(),
      parallel_efficiency: z.string(),
      coordination_overhead: z.string(),
      waves: z.array(wave),
    }),
    milestones: z.array(
      z.strictObject({
        milestone_id: z.string(),
        title: z.string(),
        date: z.iso.date(),
        date_p80: z.iso.date().nullable(),
      }),
    ),
    forecast: z.strictObject({
      runs: z.int().nonnegative(),
      seed: z.number(),
      p50: z.iso.date(),
      p80: z.iso.date(),
      p95: z.iso.date(),
    }),
  })
  .meta({ title: "wave-schedules.json" });

export type WaveSchedulesFile = z.infer<typeof waveSchedules>;
