import type { CheckResult, CheckSubject } from "./check-result.ts";
import { readReview } from "./read-analyses.ts";

/**
 * Names analyses that are missing or partial, and a missing review. Not blocking: the quorum decides whether the stage
 * goes on without them (ST-06); here they are only never silent.
 */
export function checkAnalysesComplete({ answers, review }: CheckSubject): CheckResult {
  const findings = [
    ...answers.partial.map(({ role, reason }) => `The ${role} analysis is partial: ${reason}.`),
    ...(readReview(review) ? [] : ["There is no review in its contract's form."]),
  ];
  return {
    id: "analyses-complete",
    title: "All four analyses and the review are there",
    passed: findings.length === 0,
    blocking: false,
    findings,
  };
}
