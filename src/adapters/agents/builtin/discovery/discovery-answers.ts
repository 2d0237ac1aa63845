import type { z } from "zod";
import { CONTRACTS } from "../../../../stage/contracts.ts";
import { firstMatch, parseJson } from "../../../../stage/checks/read-analyses.ts";
import { readReview } from "../../../../stage/checks/read-analyses.ts";
import type { ReviewSummary } from "../../../../stage/contracts/leading.ts";

type Answer<Name extends keyof typeof CONTRACTS> = z.infer<(typeof CONTRACTS)[Name]>;

/** What the specialists of discovery said; absent where one said nothing. */
export interface DiscoveryAnswers {
  readonly questions: Answer<"clarification_questions">["clarification_questions"] | undefined;
  readonly assumptions: Answer<"planning_assumptions">["planning_assumptions"] | undefined;
  readonly scope: Answer<"discovery_scope">["discovery_scope"] | undefined;
  readonly review: ReviewSummary | undefined;
}

export function discoveryAnswers(inputs: Readonly<Record<string, string>>): DiscoveryAnswers {
  const values = Object.fromEntries(
    Object.entries(inputs)
      .filter(([name]) => name.startsWith("analyses/"))
      .map(([name, text]) => [name, parseJson(text) ?? null]),
  );
  return {
    questions: firstMatch(values, CONTRACTS.clarification_questions)?.clarification_questions,
    assumptions: firstMatch(values, CONTRACTS.planning_assumptions)?.planning_assumptions,
    scope: firstMatch(values, CONTRACTS.discovery_scope)?.discovery_scope,
    review: readReview(parseJson(inputs["review.json"]) ?? null),
  };
}
