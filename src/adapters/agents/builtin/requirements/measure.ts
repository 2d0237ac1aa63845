import { plain } from "../text/terms.ts";
import { absoluteIn } from "./absolute.ts";

const COMPARATOR =
  "no more than|no longer than|no less than|no fewer than|under|within|less than|fewer than|more than|at least|at most|up to|minimum(?: of)?|maximum(?: of)?|min\\.?|max\\.?|over|exactly|below|above|every|for|after|moins de|au moins|au plus|inférieur à|sous|höchstens|mindestens|unter|menos de|al menos|>=|<=|≥|≤|<|>|~";
const NUMBER =
  "\\d+(?:[.,   ]\\d+)*|one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty";
const UNIT =
  "%|percent|milliseconds?|ms|seconds?|secondes?|sekunden|segundos|secs?|s|minutes?|minuten|minutos|min|hours?|heures?|stunden|horas|h|days?|jours?|tage|días|weeks?|months?|years?|ans|kb|mb|gb|ko|mo|characters?|caractères|chars?|digits?|users?|requests?|requêtes|sessions?|items?|records?|files?|attempts?|tentatives|clicks?|times?|events?|copies|iterations?|px|fps";
const KIND = "(?:(?:working|business|calendar|consecutive|full) )?";
const FIGURE = `(?:${NUMBER})(?:\\s?-?${KIND}(?:${UNIT}))(?![\\p{L}\\p{N}])`;
/** `95 % of members`, `100% of approved requests`: of which things, when a plural within four words names them. */
const WHOM =
  "(?:\\sof\\s(?:(?!(?:is|are|and|or|that|who|in|on)\\s)[\\p{L}-]+\\s){0,3}?[\\p{L}-]+[^\\Wsu]s(?![\\p{L}\\p{N}]))?";

/** In order: a change, a scope, a load, a single figure. What an earlier one took a later one leaves alone. */
const FIGURES: readonly RegExp[] = [
  new RegExp(
    `\\bfrom\\s(?:${NUMBER})\\s?(?:${UNIT})?\\sto\\s(?:(?:${COMPARATOR})\\s)?${FIGURE}`,
    "giu",
  ),
  /(?:\p{L}+\s+)?\d[\d.,]*\s+(?:concurrent|simultaneous|parallel)\s+\p{L}+(?:\s+\p{L}+)?/giu,
  new RegExp(
    `(?:(?:\\b|(?=[<>≥≤~]))(?:${COMPARATOR})\\s+|[<>≥≤~]=?\\s*)?${FIGURE}(?:(?<=%|percent)${WHOM})?(?:\\s+(?:concurrent|simultaneous)\\s+[\\p{L}]+(?:\\s+[\\p{L}]+)?)?`,
    "giu",
  ),
  new RegExp(
    `\\b(?:fewer than|less than|no more than|no fewer than|at most|at least|exactly)\\s(?:${NUMBER})\\s[\\p{L}-]+s\\b`,
    "giu",
  ),
  /\bzero\s[\p{L}-]+/giu,
];

/** Words alone are a figure only behind a comparison: "one day" is none, "within one day" is. */
const isFigure = (phrase: string): boolean =>
  /\d|^zero\b/i.test(phrase) || new RegExp(`^(?:${COMPARATOR})\\s`, "iu").test(phrase);

function figuresIn(line: string): readonly string[] {
  const taken: { readonly start: number; readonly end: number; readonly phrase: string }[] = [];
  for (const pattern of FIGURES)
    for (const match of line.matchAll(pattern)) {
      const [start, end] = [match.index, match.index + match[0].length];
      if (isFigure(match[0].trim()) && taken.every((one) => end <= one.start || start >= one.end))
        taken.push({ start, end, phrase: match[0].trim() });
    }
  return taken.toSorted((a, b) => a.start - b.start).map(({ phrase }) => phrase);
}

/**
 * The figures a sentence commits to, in its own words: `under 1 minute`, `from 22 % to below 10 %`, `≥ 12 characters`; a
 * sentence that begins with no, all or zero is an absolute target, whatever figures it is limited by. Null when it names none.
 */
export function measureIn(text: string): string | null {
  // a figure stands early; past this length it is no sentence
  const line = plain(text.slice(0, 4_000)).slice(0, 2_000);
  const absolute = absoluteIn(line);
  const found = [...new Set(figuresIn(line))].slice(0, 4);
  if (absolute === undefined) return found.length > 0 ? found.join("; ") : null;
  return [absolute, ...found.filter((phrase) => !absolute.includes(phrase.toLowerCase()))].join(
    "; ",
  );
}
