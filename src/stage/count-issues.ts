import { z } from "zod";
import type { IssueCounts, ReviewSummary } from "./contracts/leading.ts";
import { severity } from "./contracts/shared.ts";

const issue = z.looseObject({ severity, accepted: z.string().nullish() });

/** Open issues by weight, and those that people accepted; what is not in the form of one is none. */
export function countIssues(issues: readonly unknown[]): IssueCounts {
  const counts = { critical: 0, high: 0, medium: 0, low: 0, accepted: 0 };
  for (const one of issues) {
    const read = issue.safeParse(one);
    if (read.success) counts[read.data.accepted ? "accepted" : read.data.severity] += 1;
  }
  return counts;
}

/** The same of a review; undefined where it carries no list of issues, as the contract lets it. */
export function issuesIn(review: ReviewSummary): IssueCounts | undefined {
  const carried = review["issues"];
  return Array.isArray(carried) ? countIssues(carried) : undefined;
}
