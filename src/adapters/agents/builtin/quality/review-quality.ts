import { toJson, type Json } from "../../../../core/json.ts";
import { withAccepted } from "./accepted.ts";
import { qualityFacts, type QualityFacts } from "./facts.ts";
import {
  mergeFindings,
  reviewsFrom,
  type Disagreement,
  type Issue,
  type Review,
} from "./issues.ts";
import { few } from "./make-finding.ts";
import { countProof, linksTasks } from "./links.ts";
import { recommend } from "./recommend.ts";

/**
 * The lead reviewer of quality review (QR-01; contract `review_summary`): findings that are the same once and in order, a
 * recommendation by rule, action items. `issues` beside the contract's fields carry the joined findings on.
 *
 * @param inputs `spec.md`, the documents, `repository.json`, `analyses/<role>.json`, `people.json`
 */
export function reviewQuality(inputs: Readonly<Record<string, string>>): Json {
  const facts = qualityFacts(inputs);
  const reviews = reviewsFrom(inputs);
  const merged = mergeFindings(reviews);
  const issues = withAccepted(merged.issues, inputs["people.json"]);
  const { rows } = facts.measured.traceability;
  const { recommendation, reason } = recommend(issues, reviews, {
    items: rows.length + facts.spec.stories.length + facts.spec.unnumbered.length,
    measurable: isMeasurable(facts),
    proof: countProof(facts.measured),
  });
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

/** Whether completeness says something: work has begun, files were looked at, and tasks or code name ids. */
const isMeasurable = ({ measured }: QualityFacts): boolean =>
  measured.scanned !== null &&
  (linksTasks(measured) || measured.traceability.idsInUse) &&
  (measured.tasks.some(({ done }) => done) || measured.debt.facts.sourceLines > 0);

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

const MOST_ACTIONS = 60;

/** One line for each resolution: issues that are resolved the same way at several places are one piece of work. */
export function actionItems(issues: readonly Issue[]): string[] {
  const byDeed = new Map<string, Issue[]>();
  for (const one of issues.filter(({ accepted }) => accepted === null)) {
    const same = byDeed.get(one.resolution);
    if (same) same.push(one);
    else byDeed.set(one.resolution, [one]);
  }
  return [...byDeed]
    .map(
      ([deed, same]) =>
        `${same[0]?.severity ?? "low"}: ${deed} (${few(
          same.map(({ id, place }) => (place === null ? id : `${id} at ${place}`)),
          6,
        )})`,
    )
    .slice(0, MOST_ACTIONS);
}
