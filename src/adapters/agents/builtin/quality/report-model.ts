import { z } from "zod";
import type { SecurityAssessment } from "../../../../stage/contracts/quality.ts";
import { parseJson, readReview } from "../../../../stage/checks/read-analyses.ts";
import type { ReviewSummary } from "../../../../stage/contracts/leading.ts";
import { withAccepted } from "./accepted.ts";
import { actionItems } from "./action-items.ts";
import { qualityFacts, type QualityFacts } from "./facts.ts";
import {
  assessment,
  issue,
  mergeFindings,
  reviewsFrom,
  type Issue,
  type Review,
} from "./issues.ts";
import { recommend, toReviewBy, type Recommendation } from "./recommend.ts";
import type { Request } from "../synthesis/requests.ts";
import { requestsOf } from "./requested.ts";

/** What the report is written from. */
export interface ReportModel {
  readonly facts: QualityFacts;
  readonly reviews: readonly Review[];
  readonly review: ReviewSummary | undefined;
  readonly issues: readonly Issue[];
  readonly recommendation: Recommendation;
  readonly reason: string;
  readonly actions: readonly string[];
  readonly scanned: SecurityAssessment["scanned"];
  readonly wanted: readonly string[];
  /** Changes that people or QA asked for, with what became of them. */
  readonly requests: readonly Request[];
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

/**
 * Read the inputs of the synthesizer. What the reviewer recommends holds, until a person accepts issues at the gate: then
 * recommendation and action items are made anew by the rule.
 */
export function reportModel(inputs: Readonly<Record<string, string>>): ReportModel {
  const facts = qualityFacts(inputs);
  const reviews = reviewsFrom(inputs);
  const carried = issuesOf(inputs);
  const issues = withAccepted(carried, inputs);
  const extras = reviewExtras.safeParse(parseJson(inputs["review.json"]));
  const security = assessment.security.safeParse(parseJson(inputs["analyses/security.json"]));
  const review = readReview(parseJson(inputs["review.json"]) ?? null);
  const changed = issues.some(({ accepted }, index) => accepted !== carried[index]?.accepted);
  const anew = recommend(issues, reviews, toReviewBy(facts));
  const kept = changed ? undefined : review?.recommendation;
  const said = extras.success ? extras.data.review_summary.recommendation_reason : undefined;
  return {
    facts,
    reviews,
    review,
    issues,
    recommendation: kept ?? anew.recommendation,
    reason: kept === undefined ? anew.reason : (said ?? "as the reviewer judges the issues below"),
    actions: changed || !review ? actionItems(issues) : review.action_items,
    scanned: security.success ? security.data.scanned : [],
    wanted: listIn(inputs["wanted.json"]),
    requests: requestsOf(listIn(inputs["rework.json"]), issues),
  };
}

/** A JSON list of texts; none where it is something else. */
function listIn(text: string | undefined): readonly string[] {
  const read = names.safeParse(parseJson(text));
  return read.success ? read.data : [];
}
