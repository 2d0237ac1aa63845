import { z } from "zod";
import { estimate, level, list, ownConfidence, text } from "./shared.ts";

/**
 * What the specialists of planning answer with. Field names are those of the source documents (S0 §3, the agent
 * contracts in the formats reference), so that other tools' prompts fit.
 */

const priority = z.enum(["P0", "P1", "P2", "P3"]);

export const scenario = z.looseObject({
  given: z.string(),
  when: z.string(),
  then: z.string(),
  source: z.string().optional(),
});

export const requirementsDossier = z.looseObject({
  requirements_dossier: z.looseObject({
    objectives: list(text),
    functional: z
      .array(
        z.looseObject({
          id: text,
          statement: text,
          priority,
          /** Ids of the stories it serves. */
          stories: list(text),
          acceptance_criteria: list(scenario),
          /** How it will be verified, or null when nothing in the spec says so. */
          verification: z.string().nullable().default(null),
        }),
      )
      .min(1),
    non_functional: list(
      z.looseObject({
        id: text,
        category: text,
        statement: text,
        measure: z.string().nullable().default(null),
      }),
    ),
    constraints: list(text),
    success_metrics: list(
      z.looseObject({ id: text, statement: text, target: z.string().nullable().default(null) }),
    ),
    /** Requirement `from` needs requirement or outside thing `to` first. */
    dependencies: list(z.looseObject({ from: text, to: text, reason: text })),
    open_questions: list(text),
    unknowns: list(text),
  }),
  confidence_score: ownConfidence,
});

export const architectureDesign = z.looseObject({
  architecture_design: z.looseObject({
    components: z
      .array(
        z.looseObject({
          name: text,
          responsibility: text,
          /** Ids of the requirements it carries. */
          requirements: list(text),
          entities: list(text),
          depends_on: list(text),
        }),
      )
      .min(1),
    interfaces: list(
      z.looseObject({
        name: text,
        provider: text,
        consumers: list(text),
        operations: list(text),
        requirements: list(text),
      }),
    ),
    data_flow: list(
      z.looseObject({ from: text, to: text, data: text, trigger: z.string().optional() }),
    ),
    patterns: list(z.looseObject({ name: text, applies_to: list(text), reason: text })),
    alternatives: list(
      z.looseObject({
        topic: text,
        option: text,
        pros: list(text),
        cons: list(text),
        decision: z.enum(["chosen", "rejected", "open"]),
      }),
    ),
    integration_points: list(
      z.looseObject({ name: text, purpose: text, requirements: list(text) }),
    ),
    unknowns: list(text),
  }),
  confidence_score: ownConfidence,
});

export const riskAssessment = z.looseObject({
  risk_assessment: z.looseObject({
    risks: z.array(
      z.looseObject({
        id: text,
        category: text,
        description: text,
        likelihood: level,
        impact: level,
        /** likelihood × impact, each 1–3: 1 to 9. */
        score: z.number().int().min(1).max(9),
        mitigation: text,
        owner: text,
        early_sign: text,
        /** What is done when it happens all the same. */
        contingency: z.string().nullable().default(null),
        /** Ids and lines in the spec that raise it. */
        sources: list(text),
      }),
    ),
    edge_cases: list(
      z.looseObject({
        description: text,
        handling: z.string().nullable().default(null),
        source: z.string().optional(),
      }),
    ),
    compliance: list(z.looseObject({ item: text, applies_because: text, action: text })),
    non_functionals: list(z.looseObject({ quality: text, concern: text, sources: list(text) })),
    unknowns: list(text),
  }),
  confidence_score: ownConfidence,
});

export const projectEstimation = z.looseObject({
  project_estimation: z.looseObject({
    method: text,
    phases: z
      .array(
        z.looseObject({
          id: text,
          name: text,
          goal: text,
          deliverables: list(text),
          depends_on: list(text),
          effort_days: estimate,
          tasks: z
            .array(
              z.looseObject({
                id: text,
                title: text,
                requirements: list(text),
                depends_on: list(text),
                effort_days: estimate,
              }),
            )
            .min(1),
        }),
      )
      .min(1),
    sequencing: list(text),
    total_effort_days: estimate,
    critical_path: list(text),
    resources: list(
      z.looseObject({ role: text, why: text, effort_days: z.number().nonnegative().optional() }),
    ),
    assumptions: list(text),
    confidence: level,
    unknowns: list(text),
  }),
  confidence_score: ownConfidence,
});

export type RequirementsDossier = z.infer<typeof requirementsDossier>["requirements_dossier"];
export type ArchitectureDesign = z.infer<typeof architectureDesign>["architecture_design"];
export type RiskAssessment = z.infer<typeof riskAssessment>["risk_assessment"];
export type ProjectEstimation = z.infer<typeof projectEstimation>["project_estimation"];
