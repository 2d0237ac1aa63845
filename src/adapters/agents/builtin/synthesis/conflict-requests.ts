import { parseJson, readReview } from "../../../../stage/checks/read-analyses.ts";
import type { ReviewSummary } from "../../../../stage/contracts/leading.ts";
import { BY_A_PERSON, decisionIn } from "../../../../stage/decide-conflicts.ts";
import type { Request } from "./requests.ts";

/**
 * What became of a line that decides a conflict of the review (`C-1: …`): the stage has put it into the review by then.
 * Undefined where a line is about no conflict.
 */
export function conflictRequest(
  text: string,
  conflicts: ReviewSummary["conflicts"],
): Request | undefined {
  const said = decisionIn(text);
  if (!said) return undefined;
  const found = conflicts.find(({ id }) => id.toUpperCase() === said.id);
  if (!found)
    return /^C-\d+$/.test(said.id)
      ? { text, result: `not applied: the review has no conflict ${said.id}`, done: false }
      : undefined;
  const resolution = found.resolution ?? "";
  if (!resolution.startsWith(BY_A_PERSON))
    return {
      text,
      result: `not applied: ${said.id} is not left to people; say what to change instead`,
      done: false,
    };
  const holds = resolution.endsWith(`: ${said.words}`);
  return {
    text,
    result: holds
      ? `recorded as the decision of ${said.id}`
      : `a later decision of ${said.id} holds`,
    done: true,
  };
}

export const conflictsIn = (inputs: Readonly<Record<string, string>>): ReviewSummary["conflicts"] =>
  readReview(parseJson(inputs["review.json"]) ?? null)?.conflicts ?? [];
