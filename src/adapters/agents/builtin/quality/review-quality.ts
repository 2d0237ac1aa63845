import { toJson, type Json } from "../../../../core/json.ts";
import { withAccepted } from "./accepted.ts";
import { qualityFacts, type QualityFacts } from "./facts.ts";
import { mergeFindings, reviewsFrom, type Disagreement, type Review } from "./issues.ts";
import { actionItems } from "./action-items.ts";
import { recommend, toReviewBy } from "./recommend.ts";

/**
 * The lead reviewer of quality review (QR-01; contract `review_summary`): findings that are the same once and in order, a
 * recommendation by rule, action items. `issues` beside the contract's fields carry the joined findings on.
 *
 * @param inputs `spec.md`, the documents, `repository.json`, `analyses/<role>.json`, `people.json`, the
 * `quality_report.md` of the review before
 */
export function reviewQuality(inputs: Readonly<Record<string, string>>): Json {
  const facts = qualityFacts(inputs);
  const reviews = reviewsFrom(inputs);
  const merged = mergeFindings(reviews);
  const issues = withAccepted(merged.issues, inputs);
  const { recommendation, reason } = recommend(issues, reviews, toReviewBy(facts));
  return toJson({
    review_summary: {
      conflicts: merged.disagreements.map(conflict),
      gaps: reviews
        .filter(({ problem }) => problem !== null)
        .map(({ name, problem }) => ({
          description: `The ${name} review is missing: ${problem}.`,
          affects: [],
          source: name,
        })),
      open_questions: openQuestions(facts),
      completeness_check: checked(facts, reviews),
      quality_score: overall(reviews),
      synthesis_guidance: [
        "Issues first, most severe first; each with evidence, impact and resolution.",
        "What is a guess is called one.",
      ],
      recommendation,
      recommendation_reason: reason,
      action_items: actionItems(issues),
      issues,
    },
  });
}

const conflict = ({ kept, other }: Disagreement, index: number) => ({
  id: `C-${index + 1}`,
  topic: `How much “${kept.title}” weighs`,
  severity: "low",
  statements: [
    { source: kept.reviewers[0] ?? "a reviewer", statement: `${kept.severity} (${kept.id})` },
    { source: other.reviewers[0] ?? "a reviewer", statement: `${other.severity} (${other.id})` },
  ],
  fate: "reconciled",
  resolution: `The heavier weight holds: ${kept.severity}.`,
});

const openQuestions = ({ measured }: QualityFacts) =>
  measured.markers
    .filter(({ question }) => question !== "")
    .slice(0, 50)
    .map(({ document, line, question }) => ({
      question,
      source: `${document}:${line}`,
      blocking: false,
    }));

const checked = (facts: QualityFacts, reviews: readonly Review[]) => [
  ...reviews.map(({ name, problem, score }) => ({
    item: `${name} review`,
    complete: problem === null,
    note: problem ?? `score ${score ?? 0}`,
  })),
  {
    item: "files of the repository",
    complete: facts.repository === "looked at",
    note: facts.repository,
  },
];

/** The mean of the reviews; one that is missing counts as nothing. */
const overall = (reviews: readonly Review[]): number =>
  Math.round(
    reviews.reduce((sum, { score }) => sum + (score ?? 0), 0) / Math.max(1, reviews.length),
  );
