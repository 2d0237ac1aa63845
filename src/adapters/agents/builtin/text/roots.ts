import { STOPWORDS } from "./stopwords-lexicon.ts";
import { stem, wordsOf } from "./terms.ts";
import { CONCEPTS } from "./concepts-lexicon.ts";

const withoutAccents = (word: string): string =>
  word.normalize("NFD").replace(/\p{M}/gu, "").normalize("NFC");

/** Where a verb and its noun part ways: `submit` and `submission`, `connecter` and `connexion`, `deny` and `denial`. */
const FAMILIES: readonly (readonly [RegExp, string])[] = [
  [/(?<=mi)ssions?$/, "t"],
  [/(?<=ne)xions?$/, "ct"],
  [/(?<=[^aeiou])ials?$/, "y"],
  [/^children$/, "child"],
  [/^acti(?:f|fs|ve|ves)$/, "actif"],
];

/** Long words are compared by their beginnings: "truncation" does as well as stemmers in European languages (McNamee and Mayfield 2004). */
const LONGEST = 6;

function rootOf(word: string): string {
  let out = withoutAccents(word);
  for (const [pattern, to] of FAMILIES) out = out.replace(pattern, to);
  return stem(out)
    .replace(/(?<=.{4})er$/, "")
    .slice(0, LONGEST)
    .replace(/y$/, "i");
}

const MEANING: ReadonlyMap<string, string> = new Map(
  CONCEPTS.flatMap((words) =>
    words.map((word) => [rootOf(word), rootOf(words[0] ?? word)] as const),
  ),
);

/** Verbs of two words and names of several, as one. */
const JOINED: readonly (readonly [RegExp, string])[] = [
  [/\b(log|sign)(?:s|ged|ging)?[- ](in|out|up)\b/giu, "$1$2"],
  [/\bmots? de passe\b/giu, "motdepasse"],
  [/\be-mail/giu, "email"],
];

/** `12 caractères`, `30 minutes`: a figure counts with what it counts; a time of day by itself. */
const TIME = /(?<!\d)\d{1,2}:\d{2}(?!\d)/g;
const FIGURE = /(?<![\p{L}\p{N}.,-])(\d+(?:[.,]\d+)?)\s?(\p{L}{2,}|%)/gu;

/** Function words that a stem list of subject matter need not know. */
const EMPTY = new Set(
  "contenant containing après apres avant depuis pendant seul ainsi since now longer first seen".split(
    " ",
  ),
);

const BARE_NUMBER = /^\d/;

/**
 * What a text speaks of, for telling which requirement a scenario or criterion proves: the roots of its words, one root for
 * words of one meaning, and its figures with their units. Only for comparing.
 */
export function rootsOf(text: string): ReadonlySet<string> {
  let joined = text;
  for (const [pattern, to] of JOINED) joined = joined.replace(pattern, to);
  const words = wordsOf(joined).filter(
    (word) =>
      word.length > 1 && !STOPWORDS.has(word) && !EMPTY.has(word) && !BARE_NUMBER.test(word),
  );
  const roots = words.map(rootOf).map((root) => MEANING.get(root) ?? root);
  const figures = [...joined.matchAll(FIGURE)].map(
    ([, number = "", unit = ""]) => `${number} ${rootOf(unit.toLowerCase())}`,
  );
  const times = joined.match(TIME) ?? [];
  return new Set([...roots, ...figures, ...times]);
}
