import { z } from "zod";

/**
 * What each role of the planning stage answers with. Field names are those of the source documents (S0 §3, the
 * agent contracts in the formats reference), so that other tools' prompts fit. Answers may carry more; it is kept.
 */

const text = z.string().trim().min(1);
const list = <T extends z.ZodType>(item: T) => z.array(item).default([]);
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
});

const level = z.enum(["low", "medium", "high"]);

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
});

/** Three-point estimate, in person-days. */
export const estimate = z.looseObject({
  optimistic: z.number().nonnegative(),
  likely: z.number().nonnegative(),
  pessimistic: z.number().nonnegative(),
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
});

export const conflictFate = z.enum(["reconciled", "escalated", "noted"]);

export const reviewSummary = z.looseObject({
  review_summary: z.looseObject({
    conflicts: list(
      z.looseObject({
        id: text,
        topic: text,
        severity: z.enum(["low", "medium", "high", "critical"]),
        /** The statements that disagree, each with who said it. */
        statements: z.array(z.looseObject({ source: text, statement: text })).min(2),
        fate: conflictFate,
        resolution: z.string().nullable().default(null),
      }),
    ),
    gaps: list(
      z.looseObject({ description: text, affects: list(text), source: z.string().optional() }),
    ),
    open_questions: list(
      z.looseObject({
        question: text,
        source: z.string().optional(),
        blocking: z.boolean().default(false),
      }),
    ),
    completeness_check: list(
      z.looseObject({ item: text, complete: z.boolean(), note: z.string().optional() }),
    ),
    quality_score: z.number().min(0).max(100),
    synthesis_guidance: list(text),
  }),
});

/** The synthesizer's answer: each artifact whole, by file name. */
export const synthesis = z.looseObject({
  artifacts: z.record(z.string(), z.string().min(1)),
});

/** The main agent's QA: sign-off, or rework with reasons; final touches replace an artifact whole. */
export const qaReport = z.looseObject({
  qa_report: z.looseObject({
    signed_off: z.boolean(),
    /** What the synthesizer must change; empty when signed off. */
    rework: list(text),
    resolved_questions: list(z.looseObject({ question: text, answer: text })),
    remaining_questions: list(text),
    notes: z.string().default(""),
    final_touches: z.record(z.string(), z.string().min(1)).default({}),
  }),
});

/** The answer contracts a stage spec can name. */
export const CONTRACTS = {
  requirements_dossier: requirementsDossier,
  architecture_design: architectureDesign,
  risk_assessment: riskAssessment,
  project_estimation: projectEstimation,
  review_summary: reviewSummary,
  synthesis,
  qa_report: qaReport,
} as const satisfies Readonly<Record<string, z.ZodType>>;

export type ContractName = keyof typeof CONTRACTS;

export type RequirementsDossier = z.infer<typeof requirementsDossier>["requirements_dossier"];
export type ArchitectureDesign = z.infer<typeof architectureDesign>["architecture_design"];
export type RiskAssessment = z.infer<typeof riskAssessment>["risk_assessment"];
export type ProjectEstimation = z.infer<typeof projectEstimation>["project_estimation"];
export type ReviewSummary = z.infer<typeof reviewSummary>["review_summary"];
export type QaReport = z.infer<typeof qaReport>["qa_report"];
export type Estimate = z.infer<typeof estimate>;
