import type { Json } from "../../core/json.ts";
import { CONTRACTS } from "../contracts.ts";
import type { RoleSpec } from "../stage-spec.ts";
import type { CheckResult, CheckSubject } from "./check-result.ts";
import { readReview, reasonOfPartial } from "./read-analyses.ts";

/**
 * Names analyses that are missing or partial, and a missing review. Not blocking: the quorum decides whether the stage
 * goes on without them (ST-06); here they are only never silent.
 */
export function checkAnalysesComplete({ stage, analyses, review }: CheckSubject): CheckResult {
  const findings = [
    ...stage.roles.flatMap((role) => {
      const reason = whyPartial(role, analyses[role.name]);
      return reason === undefined ? [] : [`The ${role.name} analysis is partial: ${reason}.`];
    }),
    ...(readReview(review) ? [] : ["There is no review in its contract's form."]),
  ];
  return {
    id: "analyses-complete",
    title: "All analyses and the review are there",
    passed: findings.length === 0,
    blocking: false,
    findings,
  };
}

const whyPartial = ({ contract }: RoleSpec, value: Json | undefined): string | undefined =>
  value !== undefined && CONTRACTS[contract].safeParse(value).success
    ? undefined
    : reasonOfPartial(value);
