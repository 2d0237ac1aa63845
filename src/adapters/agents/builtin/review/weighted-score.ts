import type { ReviewSummary } from "../../../../stage/contracts/leading.ts";
import type { Conflict, OpenQuestion } from "./finding.ts";

type CompletenessItem = ReviewSummary["completeness_check"][number];

/** Something that is counted, with how much of it is there. */
export interface Part {
  readonly item: string;
  readonly weight: number;
  readonly have: number;
  readonly of: number;
  readonly what: string;
}

/** A score with the figures that it is made of. */
export interface Weighed {
  readonly score: number;
  readonly completeness: readonly CompletenessItem[];
}

/**
 * 0 to 100: the weighted share of each part that is there, minus 5 for each escalated conflict and 3 for each blocking
 * question. A part with nothing to count is left out and the others weigh more. The same figures are the completeness
 * check, so that the score can be recomputed by hand.
 */
export function weigh(
  all: readonly Part[],
  conflicts: readonly Conflict[],
  questions: readonly OpenQuestion[],
): Weighed {
  const parts = all.filter(({ of }) => of > 0);
  const weights = parts.reduce((sum, { weight }) => sum + weight, 0);
  const share = parts.reduce((sum, { weight, have, of }) => sum + (weight * have) / of, 0);
  const penalty =
    5 * conflicts.filter(({ fate }) => fate === "escalated").length +
    3 * questions.filter(({ blocking }) => blocking).length;
  const score = weights === 0 ? 0 : Math.round((100 * share) / weights - penalty);
  return {
    score: Math.max(0, Math.min(100, score)),
    completeness: parts.map(({ item, have, of, what }) => ({
      item,
      complete: have === of,
      note: `${have} of ${of} ${what}`,
    })),
  };
}

export const part = (
  item: string,
  weight: number,
  [have, of, what]: readonly [number, number, string],
): Part => ({ item, weight, have, of, what });
