import { plain } from "../text/terms.ts";

const COMPARATOR =
  "under|within|less than|fewer than|more than|at least|at most|up to|no more than|no longer than|minimum(?: of)?|maximum(?: of)?|min\\.?|max\\.?|over|exactly|below|above|every|for|after|moins de|au moins|au plus|inférieur à|sous|maximum|minimum|höchstens|mindestens|unter|menos de|al menos|>=|<=|≥|≤|<|>|~";
const NUMBER = "\\d[\\d.,  ]*\\d|\\d";
const UNIT =
  "%|milliseconds?|ms|seconds?|secondes?|sekunden|segundos|secs?|s|minutes?|minuten|minutos|min|hours?|heures?|stunden|horas|h|days?|jours?|tage|días|weeks?|months?|years?|ans|kb|mb|gb|ko|mo|characters?|caractères|chars?|digits?|users?|requests?|requêtes|sessions?|items?|records?|files?|attempts?|tentatives|clicks?|times?|events?|copies|iterations?|px|fps";

const MEASURE = new RegExp(
  `(?:(?:\\b|(?=[<>≥≤~]))(?:${COMPARATOR})\\s+|[<>≥≤~]=?\\s*)?(?:${NUMBER})\\s?-?(?:${UNIT})(?![\\p{L}\\p{N}])(?:\\s+(?:concurrent|simultaneous)\\s+[\\p{L}]+(?:\\s+[\\p{L}]+)?)?`,
  "giu",
);
const LOAD =
  /(?:\p{L}+\s+)?\d[\d.,]*\s+(?:concurrent|simultaneous|parallel)\s+\p{L}+(?:\s+\p{L}+)?/giu;
const ABSOLUTE = /^(?:zero|none|all|every|aucun|alle|keine|todos|ningún)\b[^,.;(]{3,70}/iu;

/**
 * The figures a sentence commits to, in its own words: `under 1 minute`, `100%`, `≥ 12 characters`; a sentence that begins with
 * all, none or zero is an absolute target. Null when it names none.
 */
export function measureIn(text: string): string | null {
  // a figure stands early; past this length it is no sentence
  const line = plain(text).slice(0, 2_000);
  const found = [...line.matchAll(LOAD), ...line.matchAll(MEASURE)]
    .toSorted((a, b) => a.index - b.index)
    .filter(
      (one, index, all) =>
        index === 0 ||
        one.index >= (all[index - 1]?.index ?? 0) + (all[index - 1]?.[0].length ?? 0),
    )
    .map(([phrase]) => phrase.trim());
  if (found.length > 0) return [...new Set(found)].slice(0, 4).join("; ");
  return ABSOLUTE.exec(line)?.[0].trim() ?? null;
}
