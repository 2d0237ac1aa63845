/** The words of a name or sentence without those that say nothing, in lower case and without the `s` of a plural. */
export function wordsOf(text: string, without: ReadonlySet<string>): ReadonlySet<string> {
  const words =
    text
      .slice(0, 1_000)
      .toLowerCase()
      .match(/\p{L}[\p{L}\p{N}]*/gu) ?? [];
  return new Set(
    words.filter((word) => !without.has(word)).map((word) => word.replace(/(?<=..)s$/, "")),
  );
}

export const contains = (all: ReadonlySet<string>, some: ReadonlySet<string>): boolean =>
  [...some].every((one) => all.has(one));

const OFTEN: readonly (readonly [RegExp, string])[] = [
  [/\b(?:daily|every day)\b/i, "daily"],
  [/\b(?:bi-?weekly|fortnightly)\b/i, "biweekly"],
  [/\b(?:weekly|every week)\b/i, "weekly"],
  [/\b(?:monthly|every month)\b/i, "monthly"],
];

/** How often something is, by the first such word; undefined where there is none. */
export const oftenIn = (text: string): string | undefined =>
  OFTEN.find(([pattern]) => pattern.test(text.slice(0, 1_000).replaceAll("_", " ")))?.[1];
