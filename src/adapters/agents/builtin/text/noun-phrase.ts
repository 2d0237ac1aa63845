import { CONTAINER_NOUNS, DETERMINERS, PHRASE_ENDS } from "./stopwords-lexicon.ts";

/** Words and punctuation of a text, in order. */
export const tokensOf = (text: string): readonly string[] =>
  text.match(/[\p{L}\p{N}][\p{L}\p{N}'’_/.-]*[\p{L}\p{N}]|[\p{L}\p{N}]|[,;:.()—–]/gu) ?? [];

const endsPhrase = (token: string | undefined): boolean =>
  token === undefined || /^[,;:.()—–]$/.test(token) || PHRASE_ENDS.has(token.toLowerCase());

/** Words in -ly that stand before a thing like any adjective: "a weekly statement". */
const HOW_OFTEN = /^(?:hourly|daily|weekly|biweekly|fortnightly|monthly|quarterly|yearly|early)$/;

const nounPhrase = (tokens: readonly string[], from: number): { words: string[]; end: number } => {
  let at = from;
  while (
    DETERMINERS.has((tokens[at] ?? "").toLowerCase()) ||
    /^(?:\p{L}+-(?:use|limited|level)|\d+)$/iu.test(tokens[at] ?? "")
  )
    at++;
  const words: string[] = [];
  while (at < tokens.length && words.length < 4) {
    const token = tokens[at] ?? "";
    const lower = token.toLowerCase();
    if (endsPhrase(token) || lower === "of" || (words.length > 0 && DETERMINERS.has(lower))) break;
    const isHowOften = words.length === 0 && HOW_OFTEN.test(lower) && !endsPhrase(tokens[at + 1]);
    if (
      !isHowOften &&
      /(?<!fami|assemb|rep|supp)ly$|^\p{L}{4,}ant$|^d['’]au$/u.test(lower) &&
      !/^(?:variant|tenant|restaurant|participant|grant|merchant)$/.test(lower)
    )
      break;
    if (words.length > 0 && /[^e]ed$/.test(lower) && endsPhrase(tokens[at + 1])) break;
    words.push(token.replace(/['’]s?$/, "").replace(/^[ldLD]['’]/, ""));
    at++;
  }
  while (/^(?:de|du|des|à|au|d|un|une)$/i.test(words.at(-1) ?? "")) words.pop();
  return { words, end: at };
};

const MEASURED = /^(?:(?:at (?:most|least)|up to|more than|less than|over|under|about) )?\d/i;

/** The thing named from a place on, without determiners, and the place behind it. */
export const objectAt = (
  tokens: readonly string[],
  from: number,
): { object: string; end: number } => {
  const head = nounPhrase(tokens, from);
  const whole = nounPhrase(tokens, head.end + 1);
  // "a deposit of 50 euros", "photos of at most 10 MB": how much, and not of what
  const measured = MEASURED.test(tokens.slice(head.end + 1, head.end + 5).join(" "));
  const contained = CONTAINER_NOUNS.has((head.words.at(-1) ?? "").toLowerCase());
  if (tokens[head.end] !== "of" || head.words.length === 0 || (measured && !contained))
    return { object: head.words.join(" "), end: head.end };
  const words =
    contained || whole.words.length === 0 ? whole.words : [...whole.words, ...head.words];
  return { object: words.slice(0, 4).join(" "), end: whole.end };
};
