import type { Spec } from "../../../../spec/model.ts";
import { sharedTerms } from "../review/terms.ts";
import { plain, termsOf } from "../text/terms.ts";

/** Share of a question's terms that an answered question must have to be the same one. */
const SAME = 0.7;

/**
 * The answer that the spec's clarifications give to a question, or undefined. Only a question the spec itself asks and
 * answers counts: a sentence on the same subject is no answer.
 */
export function answerFromSpec(question: string, spec: Spec): string | undefined {
  const terms = termsOf(question).size;
  if (terms < 2) return undefined;
  const answered = spec.answered.find(
    (other) => sharedTerms(question, other.question).length / terms >= SAME,
  );
  return answered && `${plain(answered.answer)} (clarified in the spec, line ${answered.line})`;
}
