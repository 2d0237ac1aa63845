import { inert, oneLine } from "../core/text.ts";

const MOST = 1_000;

/** What plans write around a title for those that schedule: what it waits for, how long it takes, how it may run. */
const ENDS =
  /\s*(?:\[(?:[A-Z][A-Z0-9-]{0,30}|~?\d{1,6}(?:\.\d{1,3})?(?:\/\d{1,6}(?:\.\d{1,3})?){0,2} ?[a-z]{1,8})\]|\((?:depends|after|non-blocking)\b[^()]{0,200}\))$/i;
const BEGINS = /^\[(?:P|US\d{1,4}|PARALLEL|SEQUENTIAL)\]\s*/;

/** The words of a title alone, on one line, without what is written around them for those that schedule. */
export function plainTitle(title: string): string {
  let words = oneLine(inert(title), MOST);
  for (let before = ""; before !== words;) {
    before = words;
    words = words.replace(ENDS, "").replace(BEGINS, "");
  }
  return words;
}
