import { readDiscovery } from "./read-discovery.ts";

/**
 * What discovery.md says to questions of its reviewer, by the question: the answer behind **Answer:**, or null where it is
 * open. Questions that the document does not hold are left out. `Q2. how long? (FR-004)` is its second question; without a
 * number the words decide, unless two questions have the same.
 */
export function answersTo(
  document: string | undefined,
  questions: readonly string[],
): ReadonlyMap<string, string | null> {
  const held = readDiscovery(document).map(({ id, question, answer }) => ({
    numbered: `${wordsOf(`${id} ${question}`)} `,
    bare: `${wordsOf(question)} `,
    answer: answer ?? null,
  }));
  return new Map(
    questions.flatMap((question) => {
      const words = `${wordsOf(question)} `;
      const byNumber = held.find(({ numbered }) => words.startsWith(numbered));
      const byWords = held.filter(({ bare }) => bare !== " " && words.startsWith(bare));
      const one = byNumber ?? (byWords.length === 1 ? byWords[0] : undefined);
      return one ? [[question, one.answer] as const] : [];
    }),
  );
}

/** Without punctuation, Markdown's escapes and capitals. */
const wordsOf = (text: string): string =>
  (
    text
      .replace(/&(?:lt|amp);/g, " ")
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  ).join(" ");
