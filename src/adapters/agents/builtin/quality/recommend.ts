import type { ReviewSummary } from "../../../../stage/contracts/leading.ts";
import type { QualityFacts } from "./facts.ts";
import type { Issue, Review } from "./issues.ts";
import { countProof, linksTasks } from "./links.ts";

export type Recommendation = NonNullable<ReviewSummary["recommendation"]>;

/** Completeness below which the work is not the one that was asked for; told only where tasks or code name ids. */
const TOO_LITTLE = 25;
/** Share of the ticked tasks whose files are missing, from which on the work is not in this repository. */
const MOSTLY_MISSING = 0.8;
const ENOUGH_TASKS = 6;

/** What the recommendation is decided by, besides the reviews. */
export interface ToReviewBy {
  /** Requirements, criteria and stories of the specification. */
  readonly items: number;
  /** Whether something is said to be done or built, tasks or code name ids, and the repository was looked at. */
  readonly measurable: boolean;
  readonly proof: { readonly naming: number; readonly unproven: number };
}

export const toReviewBy = ({ spec, measured }: QualityFacts): ToReviewBy => ({
  items: measured.traceability.rows.length + spec.stories.length + spec.unnumbered.length,
  measurable:
    measured.scanned !== null &&
    (linksTasks(measured) || measured.traceability.idsInUse) &&
    (measured.tasks.some(({ done }) => done) || measured.debt.facts.sourceLines > 0),
  proof: countProof(measured),
});

/**
 * What to do next, by the first rule that holds (docs/quality-review.md):
 * abort when there is nothing to review against, or the repository does not hold the work that counts as done, or almost
 * nothing of the specification can be shown although ids are in use; fix first when an issue is critical or high, or a review is missing; proceed otherwise.
 * Accepted issues and guesses below critical do not count.
 */
export function recommend(
  issues: readonly Issue[],
  reviews: readonly Review[],
  facts: ToReviewBy,
): { readonly recommendation: Recommendation; readonly reason: string } {
  if (facts.items === 0)
    return {
      recommendation: "abort",
      reason: "the specification has no requirement, criterion or story to review against",
    };
  const completeness = reviews.find(({ name }) => name === "completeness");
  const shown = completeness?.score ?? null;
  const { naming, unproven } = facts.proof;
  if (naming >= ENOUGH_TASKS && unproven >= naming * MOSTLY_MISSING)
    return {
      recommendation: "abort",
      reason: `the repository does not hold the work: ${unproven} of ${naming} ticked tasks name files that are not there`,
    };
  if (facts.measurable && shown !== null && shown < TOO_LITTLE)
    return {
      recommendation: "abort",
      reason: `completeness is ${shown} of 100: almost nothing of the specification can be shown to be planned or built`,
    };
  const missing = reviews.filter(({ problem }) => problem !== null).map(({ name }) => name);
  if (missing.length > 0)
    return { recommendation: "fix-first", reason: `not reviewed: ${missing.join(", ")}` };
  const open = issues.filter(({ accepted }) => accepted === null);
  const grave = open.filter(
    ({ severity, certainty }) =>
      severity === "critical" || (severity === "high" && certainty === "fact"),
  );
  if (grave.length > 0)
    return {
      recommendation: "fix-first",
      reason: `${grave.length} ${grave.length === 1 ? "issue is" : "issues are"} critical or high: ${grave
        .slice(0, 8)
        .map(({ id }) => id)
        .join(", ")}${grave.length > 8 ? " and more" : ""}`,
    };
  return {
    recommendation: "proceed",
    reason:
      open.length === 0
        ? "no issue is open"
        : `no open issue is critical or surely high; ${open.length} of lesser weight ${open.length === 1 ? "is" : "are"} listed`,
  };
}
