/** Questions to which the answer is yes or no. */
const YES_NO =
  /^(?:is|are|was|were|do|does|did|can|could|should|shall|must|may|will|would|has|have|need)\b/i;

/** `by e-mail, by link, or by both?`: parts of a choice. */
const CHOICE = /,\s+(?:or\s+)?|\s+or\s+|\s+vs\.?\s+/i;

/** Longest part that can be an option rather than a sentence. */
const MAX_OPTION = 60;

/** What speaks of a choice rather than a list in passing. */
const OR = /\bor\b|\bvs\.?\b/i;

export interface Choice {
  readonly options: readonly string[];
  /** What to go on with until somebody answers, and why; null where nothing speaks for one. */
  readonly recommended: string | null;
  readonly because: string | null;
}

/**
 * The answers that a question leaves possible, read from its words, with the one that commits least: the first that it
 * names, or no. Rough: a question that is put otherwise has no options, and nothing is recommended.
 */
export function optionsIn(question: string): Choice {
  const asked = question.trim().replace(/[?？.\s]+$/u, "");
  const listed = OR.test(asked) ? partsOf(asked) : [];
  const [first] = listed;
  if (first !== undefined && listed.length > 1)
    return {
      options: listed,
      recommended: first,
      because: "the question names it first; the others stay possible",
    };
  if (YES_NO.test(asked))
    return {
      options: ["yes", "no"],
      recommended: "no",
      because: "what is not asked for is not built; it can be added later",
    };
  return { options: [], recommended: null, because: null };
}

/** Parts after the last colon, else after the words before the choice. */
function partsOf(asked: string): readonly string[] {
  const choice = asked.slice(asked.lastIndexOf(":") + 1);
  const parts = choice
    .split(CHOICE)
    .map((part) => part.trim().replace(/^(?:or|and)\s+/i, ""))
    .filter((part) => part !== "");
  return parts.every((part) => part.length <= MAX_OPTION) ? parts : [];
}
