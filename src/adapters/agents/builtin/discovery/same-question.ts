import { termsOf, wordsOf } from "../text/terms.ts";

/** A question with the ids that it is about; none where nobody knows. */
export interface Asked {
  readonly question: string;
  readonly requirements: readonly string[];
}

/** Fewer words than this ask something else in every requirement: `for how long?`. */
const TELLING = 5;

/** The words of a question, without punctuation, marks and capitals. */
export const questionKey = (question: string): string => wordsOf(question).join(" ");

/**
 * Whether two questions are one: the same words, and not about different requirements, unless the words say by themselves
 * what they are about. A question of a list, about no requirement, is also the one whose subject it has or that has its.
 */
export function isSameQuestion(a: Asked, b: Asked): boolean {
  const key = questionKey(a.question);
  if (key === "") return false;
  if (key !== questionKey(b.question))
    return (a.requirements.length === 0) !== (b.requirements.length === 0) && isWithin(a, b);
  return (
    a.requirements.length === 0 ||
    b.requirements.length === 0 ||
    a.requirements.some((id) => b.requirements.includes(id)) ||
    key.split(" ").length >= TELLING
  );
}

/** All subject matter of one, at least two words, in the other. */
function isWithin(a: Asked, b: Asked): boolean {
  const [less, more] = [termsOf(a.question), termsOf(b.question)].toSorted(
    (one, other) => one.size - other.size,
  );
  return less !== undefined && less.size >= 2 && [...less].every((term) => more?.has(term));
}
