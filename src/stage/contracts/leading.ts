import { z } from "zod";
import { judgingQuestion } from "../judged.ts";
import { list, ratingsOf, severity, text } from "./shared.ts";

/** What the leading roles of every stage answer with: reviewer, synthesizer, QA. */

export const conflictFate = z.enum(["reconciled", "escalated", "noted"]);

const recommendation = z.enum(["proceed", "fix-first", "abort"]);

export const reviewSummary = z.looseObject({
  review_summary: z.looseObject({
    conflicts: list(
      z.looseObject({
        id: text,
        topic: text,
        severity: severity,
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
    /** Preparation only: whether it can be built from (S2's integration review). */
    approval_status: z.enum(["pass", "conditional", "fail"]).optional(),
    /** Quality review only (QR-01). */
    recommendation: recommendation.optional(),
    action_items: list(text),
    /** Metrics that only somebody who read it all can judge. */
    ratings: ratingsOf(judgingQuestion("reviewer")),
  }),
});

/** Open issues by weight, and those that people accepted. */
export const issueCounts = z.object({
  critical: z.number(),
  high: z.number(),
  medium: z.number(),
  low: z.number(),
  accepted: z.number(),
});
export type IssueCounts = z.infer<typeof issueCounts>;

/** The synthesizer's answer: each artifact whole, by file name. */
export const synthesis = z.looseObject({
  artifacts: z.record(z.string(), z.string().min(1)),
  /** Changes that were asked for and not made, each with the reason: shown at the gate. */
  not_done: list(text),
  /** Quality review only: what the report says after what people accepted since the reviewer looked. */
  verdict: z
    .looseObject({
      recommendation: recommendation.optional(),
      issues: issueCounts.optional(),
    })
    .optional()
    .catch(undefined),
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
    /** What was looked at, section by section; asked for where QA is to be detailed. */
    examined: list(z.looseObject({ item: text, finding: text })),
    final_touches: z.record(z.string(), z.string().min(1)).default({}),
    ratings: ratingsOf(judgingQuestion("qa")),
  }),
});

export type ReviewSummary = z.infer<typeof reviewSummary>["review_summary"];
export type QaReport = z.infer<typeof qaReport>["qa_report"];
