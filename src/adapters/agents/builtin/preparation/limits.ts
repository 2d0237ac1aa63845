import { withoutMarkers } from "../text/clause.ts";

/** A figure that a sentence sets as a bound on what may be entered or done. */
export interface Limit {
  /** In the sentence's words: `1 to 7 days`. */
  readonly phrase: string;
  /** Smallest and largest value that is allowed; undefined where there is no bound on that side. */
  readonly low: number | undefined;
  readonly high: number | undefined;
  /** What is counted: `days`, `MB`. */
  readonly unit: string;
  /** The value itself is outside: `more than 200 euros`. */
  readonly exclusive: boolean;
}

const NUMBER = String.raw`(\d{1,9}(?:[.,]\d{1,6})*)`;
const UNIT = String.raw`\s?-?(%|[\p{L}]{1,20})`;
/** Spans of time that something may take are no bounds on what is entered. */
const SPAN = /^(?:ms|milliseconds?|s|secs?|seconds?)$/i;

interface Form {
  readonly pattern: RegExp;
  readonly read: (one: number, other: number) => Pick<Limit, "low" | "high" | "exclusive">;
}

const open = { low: undefined, high: undefined, exclusive: false };

const FORMS: readonly Form[] = [
  {
    pattern: new RegExp(
      String.raw`(?:between\s+)?\b${NUMBER}\s*(?:to|–|-|and)\s*${NUMBER}${UNIT}`,
      "giu",
    ),
    read: (one, other) => ({ low: one, high: other, exclusive: false }),
  },
  {
    pattern: new RegExp(
      String.raw`\b(?:up to|at most|no more than|(?:a )?maximum(?: of)?|max\.?|not exceed(?:ing)?)\s+${NUMBER}${UNIT}`,
      "giu",
    ),
    read: (one) => ({ ...open, high: one }),
  },
  {
    pattern: new RegExp(
      String.raw`\b(?:at least|no fewer than|no less than|(?:a )?minimum(?: of)?|min\.?)\s+${NUMBER}${UNIT}`,
      "giu",
    ),
    read: (one) => ({ ...open, low: one }),
  },
  {
    pattern: new RegExp(
      String.raw`\b(?:more than|over|above|greater than|exceeding|longer than|larger than)\s+${NUMBER}${UNIT}`,
      "giu",
    ),
    read: (one) => ({ low: one, high: undefined, exclusive: true }),
  },
];

const numberOf = (text: string): number =>
  Number(/^\d{1,3}(?:,\d{3})+$/.test(text) ? text.replaceAll(",", "") : text.replace(",", "."));

/** The bounds that a demand sets, those in brackets too. */
export const limitsOf = ({ text }: { readonly text: string }): readonly Limit[] =>
  limitsIn(withoutMarkers(text));

/** The bounds that a sentence sets, in its order. */
export function limitsIn(sentence: string): readonly Limit[] {
  const text = sentence.slice(0, 2_000);
  const taken: { readonly at: number; readonly end: number; readonly limit: Limit }[] = [];
  for (const { pattern, read } of FORMS)
    for (const match of text.matchAll(pattern)) {
      const figures = match.slice(1, -1).map(numberOf);
      const unit = match.at(-1) ?? "";
      const [at, end] = [match.index, match.index + match[0].length];
      const [one = 0, other = 0] = figures;
      const between = figures.length === 2 && other <= one;
      if (SPAN.test(unit) || between || taken.some((known) => at < known.end && known.at < end))
        continue;
      if (/\bwithin\s(?:the\s)?(?:next\s)?$/i.test(text.slice(0, at))) continue;
      taken.push({ at, end, limit: { phrase: match[0].trim(), unit, ...read(one, other) } });
    }
  return taken.toSorted((a, b) => a.at - b.at).map(({ limit }) => limit);
}
