import { z } from "zod";

/** What all five files begin with. */
export const planHead = {
  execution_plan_id: z.string().meta({ description: "The same in all five files of a plan." }),
  dependency_analysis_source: z.string().meta({ description: "The file that was scheduled." }),
  planning_date: z.iso.datetime(),
};

/** Something with an id, for people. */
export const name = z.strictObject({ id: z.string(), title: z.string() });

/** The other files of the plan, by what they hold. */
export const files = z.strictObject({
  wave_schedules: z.string(),
  coordination_protocols: z.string(),
  risk_mitigation_plan: z.string(),
  monitoring_config: z.string(),
});

export const level = z.enum(["low", "medium", "high"]);
export const texts = z.array(z.string());

/** Whose words something is in. */
export const source = z.enum(["derived", "given"]).meta({
  description:
    "derived: found in graph and schedule; given: the plan that was scheduled names it, in these words.",
});
