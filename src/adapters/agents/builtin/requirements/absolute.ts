import { cutAtClause } from "../text/clause.ts";

const NONE = /^(?:no|zero|none of|aucune?|kein\p{L}*|ningún)\b/iu;
const ALL = /^(?:all|every|each|alle|todos|toutes?|tous)\b/iu;
/** `in the first 1,000 reservations`, `over a month`: how far the promise reaches. */
const SCOPE =
  /\b(?:in|of|over|during|within|across|for)\s(?:(?:the|an?|any|every|each)\s)?(?:first\s|last\s|next\s)?\d[\d.,]*\s?-?\p{L}+(?:\s\p{L}+)?(?=[\s.,;)]*(?:$|[.,;)]))/giu;
/** Where what is promised ends and the promise begins. */
const VERB =
  /\s(?:is|are|was|were|has|have|can|may|must|will|shall|do|does|sont|est|ist|sind|[\p{L}]{3,}ly\s)\b/iu;

/** A target longer than this is no phrase any more. */
const MOST = 160;

/**
 * What a sentence that begins with no, zero, all or every promises: `none in the first 1,000 reservations`, `every deposit of
 * a month`; where no shorter form is safe its first clause. Undefined for other sentences.
 */
export function absoluteIn(sentence: string): string | undefined {
  const none = NONE.test(sentence);
  if (!none && !ALL.test(sentence)) return undefined;
  const scope = none ? [...sentence.matchAll(SCOPE)].at(-1)?.[0] : undefined;
  if (scope) return `none ${scope}`;
  const whole = sentence.replace(/[.\s]+$/, "");
  const verb = VERB.exec(sentence);
  const subject = verb ? sentence.slice(0, verb.index) : "";
  const telling = !none && subject.split(" ").length >= 4 && !/[,(]/.test(subject);
  if (telling && subject.length <= MOST) return lower(subject);
  return lower(whole.length <= MOST ? whole : cutAtClause(whole, MOST));
}

const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
