/** `(FR-006 (line 94): "JWT")`, `(line 94)`: where the text stands; of use in plan.md, noise in a summary. */
const CITED = /\s*\((?:[^()]{0,60}\(line \d+\)[^()]{0,300}|line \d+[^()]{0,100}|spec line \d+)\)/gi;

/** The text without the places it cites. */
export const withoutCitations = (text: string): string => text.replace(CITED, "");

/** A text that only quotes a requirement: `FR-014 "validate all inputs"`. */
const QUOTES = /^(?:N?FR|SC|US)-?\d+\w*(?:\s*\(line \d+\))?:?\s*["“](.+)$/s;

/** What a component is for, before the requirements that its description lists; of bare quotes the first ones. */
export function purposeOf(responsibility: string): string {
  const told = responsibility.split(/\s*[;,]?\s*—\s*(?=(?:N?FR|SC|US)-?\d)/)[0] ?? "";
  if (!QUOTES.test(told)) return withoutCitations(told);
  const quotes = [...told.matchAll(/(?:^|;\s*)(?:N?FR|SC|US)-?\d+\w*[^"“]{0,30}["“]([^"”]+)/g)].map(
    ([, text = ""]) => text.replace(/[.…\s]+$/, ""),
  );
  const text = quotes.slice(0, 2).join("; ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Whether a purpose is only a citation and says nothing by itself. */
export const onlyCites = (purpose: string): boolean =>
  /^(?:N?FR|SC|US|Assumption|Entity|Edge case)[\w/ -]*\(line \d+\)/i.test(purpose);
