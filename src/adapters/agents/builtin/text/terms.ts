import { inert } from "../../../../core/text.ts";
import { STOPWORDS } from "./stopwords-lexicon.ts";

const withoutEmphasis = (text: string): string =>
  text
    .replace(/~~/g, "")
    .replace(/\[([^[\]\n]{1,300})\]\([^)\n]{0,300}\)/g, "$1")
    .replace(
      /(?<![\p{L}\p{N}_*])[*_]{1,3}(?=[^\s*_])|(?<=[^\s*_])[*_]{1,3}(?![\p{L}\p{N}_*])/gu,
      "",
    );

/** Inline Markdown taken off: emphasis, links, strike-through and the ticks of code; words and code stay as written. */
export const plain = (text: string): string => {
  const line = inert(text).replace(/\s+/g, " ").trim();
  if (!/[*_`~[]/.test(line)) return line;
  return line
    .split("`")
    .map((part, index, parts) =>
      index % 2 === 1 && index < parts.length - 1 ? part : withoutEmphasis(part),
    )
    .join("")
    .replace(/\s+/g, " ")
    .trim();
};

const PROPER_CAMEL =
  /\b(?:TypeScript|JavaScript|GitHub|GitLab|PostgreSQL|MySQL|SQLite|MongoDB|OpenID|YouTube|LinkedIn|PayPal|WebSocket|WebAuthn)\b/;

/** `AllowanceSchedule` and `user_id` as the words people say; product names stay whole. */
export const humanize = (name: string): string =>
  plain(name)
    .split(" ")
    .map((word) => (PROPER_CAMEL.test(word) ? word : word.replace(/(?<=\p{Ll})(?=\p{Lu})/gu, " ")))
    .join(" ")
    .replace(/(?<=[\p{L}\p{N}])[_](?=[\p{L}\p{N}])/gu, " ")
    .trim();

/** Words of a text in order, lower case, camel case taken apart, possessives dropped. */
export const wordsOf = (text: string): readonly string[] =>
  (
    humanize(text)
      .toLowerCase()
      .match(/[\p{L}\p{N}]+(?:['’][\p{L}]+)?/gu) ?? []
  ).map((word) => word.replace(/['’]s$/, "").replace(/^(?:[dlcnsmj]|qu)['’]/, ""));

const SUFFIXES: readonly (readonly [RegExp, string])[] = [
  [/(?:ies|ied)$/, "y"],
  [/(?<=ss|x|z|ch|sh)es$/, ""],
  [/(?<=[^su])s$/, ""],
  [/(?:isation|ization)$/, "ize"],
  [/(?<=.{4})ation$/, ""],
  [/(?<=.{3})tion$/, "t"],
  [/(?<=.{4})ment$/, ""],
  [/(?<=ov|ew)al$/, ""],
  [/(?<=.{3}.)(?:ing|ed)$/, ""],
  [/(?<=.{3})(bb|dd|gg|ll|mm|nn|pp|rr|tt)$/, "$1"],
  [/(?<=.{3})(?:e|é|ée)$/, ""],
];

/**
 * A rough stem, for comparing words of one text with each other and never for showing: `invitations`, `invite` and
 * `invited` meet; so do French participles. Not a linguist's stem: wrong joins are rare and cost a weak link only.
 */
export function stem(word: string): string {
  if (word.length < 4 || /\d/.test(word)) return word;
  let out = word;
  for (const [pattern, to] of SUFFIXES) out = out.replace(pattern, to);
  out = out.replace(/(?<=.{3})(?:bb|dd|gg|ll|mm|nn|pp|rr|tt)$/, (pair) => pair.charAt(0));
  return out.length < 3 ? word : out;
}

/** The stems of a text that carry subject matter. */
export const termsOf = (text: string): ReadonlySet<string> =>
  new Set(
    wordsOf(text)
      .filter((word) => word.length > 1 && !STOPWORDS.has(word))
      .map(stem),
  );

/** First letter upper case. */
export const capitalize = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** `invite code`, `redeem` → `redeemInviteCode`; empty for text without Latin letters. */
export const camelCase = (text: string): string =>
  (
    text
      .replace(/\be-(?=mail)/gi, "e")
      .normalize("NFD")
      .replace(/\p{M}/gu, "")
      .match(/[A-Za-z0-9]+/g) ?? []
  )
    .map((word, index) => (index === 0 ? word.toLowerCase() : capitalize(word.toLowerCase())))
    .join("");

const KEEPS_S = /(?:ss|us|is|ings|news|status|series|credentials|address|access)$/i;

/** English singular of a noun phrase's last word; other words stay as they are. */
export const singular = (phrase: string): string =>
  KEEPS_S.test(phrase)
    ? phrase
    : phrase
        .replace(/(?<=.{2})ies$/i, "y")
        .replace(/(?<=ss|x|z|ch|sh)es$/i, "")
        .replace(/(?<=[^s])s$/i, "");

const UNCOUNTED =
  /(?:ness|(?<=.{3})ity|[^\p{L}]|children|money|data|metadata|information|memory|history|access|behaviou?r|feedback|content|work|software|media|people|compliance|validation|configuration|limiting|logging)$/iu;

/** English plural of a noun phrase's last word. */
export const plural = (phrase: string): string =>
  /child$/i.test(phrase)
    ? `${phrase}ren`
    : UNCOUNTED.test(phrase) || (/s$/i.test(phrase) && !/(?:ss|us)$/i.test(phrase))
      ? phrase
      : phrase.replace(/(?<=[^aeiou])y$/i, "ie").replace(/(?<=s|x|z|ch|sh)$/i, "e") + "s";
