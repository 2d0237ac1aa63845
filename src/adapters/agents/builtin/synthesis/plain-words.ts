/** `(FR-006 (line 94): "JWT")`, `(line 94)`: where the text stands; of use in plan.md, noise in a summary. */
const CITED = /\s*\((?:[^()]{0,60}\(line \d+\)[^()]{0,300}|line \d+[^()]{0,100}|spec line \d+)\)/gi;

/** The text without the places it cites. */
export const withoutCitations = (text: string): string => text.replace(CITED, "");

const SOURCE = String.raw`(?:[A-Z]{2,6}(?:-[A-Z]{2,12})?-?\d+\w*(?:/AC\d+)?|Assumption|Edge case|Entity [^,()]{1,40})`;
const SOURCES = new RegExp(String.raw`\s*\(${SOURCE}(?:(?:,| and) ${SOURCE})*\)`, "g");
const RAISED_BY = /\s*Raised by [^.]{1,300}\.\s*$/;
/** A requirement quoted behind its id: `FR-002 (“The system must send …”)`. */
const QUOTED_BEHIND_ID = /\b([A-Z]{2,6}(?:-[A-Z]{2,12})?-\d+\w*) \(“[^”]{0,300}”\)/g;

/** The text without places and lists of ids: what a reader needs who does not look them up. */
export const tidy = (text: string): string =>
  withoutCitations(text)
    .replace(RAISED_BY, "")
    .replace(SOURCES, "")
    .replace(QUOTED_BEHIND_ID, "$1")
    .trim();

/** A text that only quotes a requirement: `FR-014 "validate all inputs"`. */
const QUOTES = /^[A-Z]{2,6}(?:-[A-Z]{2,12})?-?\d+\w*(?:\s*\(line \d+\))?:?\s*["“](.+)$/s;

/** A description made of quoted requirements, or ending in them: `Keeps slots. — FR-001 "take a slot"; …`. */
export const quotesRequirements = (text: string): boolean =>
  QUOTES.test(text) || /\s—\s*[A-Z]{2,6}(?:-[A-Z]{2,12})?-?\d+\w*\s*["“]/.test(text);

/** Whether a purpose is only a citation and says nothing by itself. */
export const onlyCites = (purpose: string): boolean =>
  /^(?:[A-Z]{2,6}-?\d|Assumption|Entity|Edge case)[\w/ -]*\(line \d+\)/i.test(purpose);
