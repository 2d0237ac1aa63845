/** The share of words that two texts must have in common to be of one task (Dice's coefficient): less is another task. */
const ALIKE = 0.5;

/** Longest text that is compared. */
const MOST = 2_000;

const ID =
  /^(?:VERIFY[ -](?:Phase )?\d{1,6}(?:\.\d{1,6}){0,4}|\d{1,6}(?:\.\d{1,6}){1,4})[:.]?(?= )/i;

/**
 * The words of a task without what differs by writer alone: marks of Markdown, an id in front (the first tool of S4 kept it in descriptions),
 * blanks, a colon or full stop at the end. What is left is compared exactly.
 */
export function recordText(text: string): string {
  const words = text
    .slice(0, MOST)
    .replace(/[*`_]/g, "")
    .replace(/\s{1,2000}/g, " ")
    .trim();
  return words.replace(ID, "").trim().replace(/[:.]$/, "").trimEnd();
}

/** Whether two texts, as `recordText` gives them, are of one task: the same, one the beginning of the other, or the same in other words. */
export function isAlike(one: string, other: string): boolean {
  if (one === other || one.startsWith(other) || other.startsWith(one)) return true;
  const [mine, theirs] = [wordsOf(one), wordsOf(other)];
  const common = [...mine].filter((word) => theirs.has(word)).length;
  return 2 * common >= ALIKE * (mine.size + theirs.size);
}

const wordsOf = (text: string): ReadonlySet<string> =>
  new Set(text.toLowerCase().match(/[\p{L}\p{N}]{1,60}/gu));
