import type { Measures, Rating } from "../../core/event.ts";
import type { ReviewSummary } from "../contracts/leading.ts";
import { ratingsBy } from "../judged.ts";
import type { RoleSpec } from "../stage-spec.ts";

/** What is counted in a review, and recorded with it. */
export const measureReview = (review: ReviewSummary): Measures => ({
  conflicts: review.conflicts.length,
  reconciled: review.conflicts.filter(({ fate }) => fate === "reconciled").length,
  noted: review.conflicts.filter(({ fate }) => fate === "noted").length,
  ...(review.approval_status === undefined ? {} : { approval_status: review.approval_status }),
  ...(review.recommendation === undefined ? {} : { recommendation: review.recommendation }),
});

/** For each conflict, the specialists whose statements disagree, as far as their sources name them. */
export const conflictingRoles = (
  review: ReviewSummary,
  roles: readonly Pick<RoleSpec, "name" | "title" | "contract">[],
): readonly (readonly string[])[] =>
  review.conflicts.map(({ statements }) =>
    roles
      .filter((role) => statements.some(({ source }) => names(source, role)))
      .map(({ name }) => name),
  );

/** What the reviewer judged, specialists by their names, whatever it called them. */
export const reviewRatings = (
  review: ReviewSummary,
  roles: readonly Pick<RoleSpec, "name" | "title" | "contract">[],
): readonly Rating[] =>
  ratingsBy(
    "reviewer",
    review.ratings.map(({ role: said, ...rating }) => ({
      ...rating,
      role: said ? roles.find((role) => names(said, role))?.name : undefined,
    })),
  );

const names = (source: string, role: Pick<RoleSpec, "name" | "title" | "contract">): boolean => {
  const words = ` ${plain(source)} `;
  return [role.name, role.title, role.contract].some((name) => words.includes(` ${plain(name)} `));
};

/** Lower case, words apart by one blank: `analyses/risk.json` names risk. */
const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
