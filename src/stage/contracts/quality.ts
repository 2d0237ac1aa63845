import { z } from "zod";
import { list, ownConfidence, severity, text } from "./shared.ts";

/** What the specialists of quality review answer with (S1 §5, QR-01). */

/** One thing that is wrong: what, where, what it does, what to do about it. */
export const finding = z.looseObject({
  /** Unique in the answer. */
  id: text,
  severity,
  title: text,
  /** `path:line` in the repository or in a document of the feature, or null when it is something missing. */
  place: z.string().nullable().default(null),
  /** What was seen, so that it can be seen again. */
  evidence: text,
  impact: text,
  resolution: text,
  requirements: list(text),
});

const score = z.number().min(0).max(100);

export const completenessAssessment = z.looseObject({
  completeness_assessment: z.looseObject({
    score,
    /** One row for each requirement and success criterion of the specification. */
    requirements: list(
      z.looseObject({
        id: text,
        tasks: list(text),
        done: z.boolean().nullable().default(null),
        files: list(text),
        tests: list(text),
      }),
    ),
    findings: list(finding),
    unknowns: list(text),
  }),
  confidence_score: ownConfidence,
});

export const feasibilityAssessment = z.looseObject({
  feasibility_assessment: z.looseObject({
    score,
    findings: list(finding),
    unknowns: list(text),
  }),
  confidence_score: ownConfidence,
});

export const securityAssessment = z.looseObject({
  security_assessment: z.looseObject({
    score,
    /** What was looked at, and what was not with the reason. */
    scanned: list(z.looseObject({ what: text, done: z.boolean(), note: text })),
    findings: list(finding),
    unknowns: list(text),
  }),
  confidence_score: ownConfidence,
});

export const consistencyAssessment = z.looseObject({
  consistency_assessment: z.looseObject({
    score,
    findings: list(finding),
    unknowns: list(text),
  }),
  confidence_score: ownConfidence,
});

export type Finding = z.infer<typeof finding>;
export type CompletenessAssessment = z.infer<
  typeof completenessAssessment
>["completeness_assessment"];
export type FeasibilityAssessment = z.infer<typeof feasibilityAssessment>["feasibility_assessment"];
export type SecurityAssessment = z.infer<typeof securityAssessment>["security_assessment"];
export type ConsistencyAssessment = z.infer<typeof consistencyAssessment>["consistency_assessment"];
