import { plain } from "./terms.ts";

/** A statement without its open question, which is no part of what is demanded. */
export const withoutMarkers = (text: string): string =>
  text
    .replace(/\[(?:NEEDS CLARIFICATION|CLARIFY|TBD|TODO)[^\]]{0,500}\]?/gi, " ")
    .replace(/\s+/g, " ")
    .replace(/\s+(?=[,.;:]|$)/g, "")
    .trim();

/** Places where a sentence can end early and still be one: a new sentence, a bracket, a clause, at last a phrase. */
const BOUNDARIES: readonly RegExp[] = [
  /[;.]\s/g,
  /\s[—–-]\s|:\s|\s\(/g,
  /,?\s(?=(?:so that|so as to|when|whenever|if|unless|until|because|while|before|after|which|who|whose|where|even|regardless|instead|rather|such as|including|e\.g\.|in order to)\s)|,\s(?=(?:also|and|or|but|with|without|by)\s)/giu,
  /\s(?=(?:with|without|through|via|using|by|for|from|across|within|during|based on|according to|to|in|on|at)\s)/gi,
  /,\s|\s(?=(?:and|or|of|per|as|than|that|is|are)\s)/gi,
  /\s/g,
];

/** Fewer characters than this say too little; a cut before `FULL` is taken only where no later one is. */
const LEAST = 24;
const FULL = 45;

/** Words that want another behind them. */
const DANGLING =
  /(?:^|[\s,])(?:an?|the|and|or|but|of|to|in|on|at|by|for|from|with|without|via|per|as|than|that|which|who|when|if|while|after|before|between|either|both|its|their|any|all|each|every|is|are|be|must|has|have|only|no|not|based|(?:can|must|should|may|will|to|that|which|who)\s[\p{L}-]+)$/iu;

/** Words after which a sentence says less than before: it must not end in front of them. */
const NARROWS = /^,?\s*(?:but|except|unless|other than|only|whose|until)\b/i;

const endAt = (
  text: string,
  boundary: RegExp,
  { least, most }: { readonly least: number; readonly most: number },
): number | undefined =>
  [...text.slice(0, most + 2).matchAll(boundary)]
    .map(({ index }) => index)
    .findLast(
      (index) =>
        index >= least &&
        index <= most &&
        balanced(text.slice(0, index)) &&
        !DANGLING.test(text.slice(0, index)) &&
        !NARROWS.test(text.slice(index)),
    );

const balanced = (text: string): boolean =>
  text.split("(").length === text.split(")").length && text.split("`").length % 2 === 1;

/**
 * A text as a title: its first sentence or clause up to a semicolon; past `max` characters cut where a clause or phrase
 * ends, at worst at a word. Never in the middle of one, unless a single word is longer than `max`.
 */
export function cutAtClause(text: string, max = 100): string {
  const line = plain(text.slice(0, 4_000)).slice(0, 2_000);
  const first = [...line.matchAll(/[;.]\s+(?=\S)/g)].find(
    ({ index }) => index >= LEAST && balanced(line.slice(0, index)) && !isShort(line, index),
  );
  const whole = line.slice(0, first?.index ?? line.length).replace(/[\s,;:.]+$/, "");
  if (whole.length <= max) return whole;
  const outright = whole.replace(/\s\([^()]{0,300}\)/g, "");
  if (outright.length <= max) return outright;
  for (const least of [FULL, LEAST])
    for (const boundary of BOUNDARIES) {
      const end = endAt(outright, boundary, { least, most: max });
      if (end !== undefined) return outright.slice(0, end).replace(/[\s,;:.(–—-]+$/, "");
    }
  return outright.slice(0, max).replace(/\s+\S*$/, "");
}

/** "e.g. ", "vs. ", "5. ": a full stop that ends no sentence. */
const isShort = (line: string, index: number): boolean =>
  line.charAt(index) === "." &&
  /(?:\b(?:e\.g|i\.e|etc|vs|no|min|max|approx)|\b\p{L}|\d)$/iu.test(line.slice(0, index));
