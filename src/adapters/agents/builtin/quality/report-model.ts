import { z } from "zod";
import type { SecurityAssessment } from "../../../../stage/contracts/quality.ts";
import { parseJson, readReview } from "../../../../stage/checks/read-analyses.ts";
import type { ReviewSummary } from "../../../../stage/contracts/leading.ts";
import { qualityFacts, type QualityFacts } from "./facts.ts";
import {
  assessment,
  issue,
  mergeFindings,
  reviewsFrom,
  type Issue,
  type Review,
} from "./issues.ts";

/** What the report is written from. */
export interface ReportModel {
  readonly facts: QualityFacts;
  readonly reviews: readonly Review[];
  readonly review: ReviewSummary | undefined;
  readonly issues: readonly Issue[];
  readonly reason: string;
  readonly scanned: SecurityAssessment["scanned"];
  readonly wanted: readonly string[];
  readonly rework: readonly string[];
}

const names = z.array(z.string());
const reviewExtras = z.looseObject({
  review_summary: z.looseObject({
    issues: z.array(issue).optional(),
    recommendation_reason: z.string().optional(),
  }),
});

/** The issues that the lead reviewer joined, or those of the reviews where the review does not carry them. */
export function issuesOf(inputs: Readonly<Record<string, string>>): readonly Issue[] {
  const extras = reviewExtras.safeParse(parseJson(inputs["review.json"]));
  const carried = extras.success ? extras.data.review_summary.issues : undefined;
  return carried ?? mergeFindings(reviewsFrom(inputs)).issues;
}

export function reportModel(inputs: Readonly<Record<string, string>>): ReportModel {
  const extras = reviewExtras.safeParse(parseJson(inputs["review.json"]));
  const security = assessment.security.safeParse(parseJson(inputs["analyses/security.json"]));
  const wanted = names.safeParse(parseJson(inputs["wanted.json"]));
  const rework = names.safeParse(parseJson(inputs["rework.json"]));
  return {
    facts: qualityFacts(inputs),
    reviews: reviewsFrom(inputs),
    review: readReview(parseJson(inputs["review.json"]) ?? null),
    issues: issuesOf(inputs),
    reason: extras.success ? (extras.data.review_summary.recommendation_reason ?? "") : "",
    scanned: security.success ? security.data.scanned : [],
    wanted: wanted.success ? wanted.data : [],
    rework: rework.success ? rework.data : [],
  };
}
