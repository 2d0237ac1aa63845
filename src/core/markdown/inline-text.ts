import { oneLine } from "../text.ts";

const LONGEST = 2_000;

/**
 * Text of others on one line of Markdown, inert: code spans stay; outside of them tags, comments, links and images show as they are
 * written, nothing begins a heading, a quote, a box or a rule, and a backtick without its partner takes nothing along.
 */
export function inlineText(text: string): string {
  const line = oneLine(text, LONGEST);
  const runs = [...line.matchAll(/`+/g)].map(({ 0: { length }, index }) => ({ index, length }));
  const nextOf = partners(runs);
  const parts: string[] = [];
  let from = 0;
  for (let at = 0; at < runs.length; at++) {
    const run = runs[at];
    if (!run) break;
    parts.push(plainText(line.slice(from, run.index)));
    const closing = nextOf[at];
    const end = runs[closing ?? at] ?? run;
    from = end.index + end.length;
    parts.push(closing === undefined ? "\\`".repeat(run.length) : line.slice(run.index, from));
    at = closing ?? at;
  }
  parts.push(plainText(line.slice(from)));
  return withoutMarker(parts.join(""));
}

interface Run {
  readonly index: number;
  readonly length: number;
}

/** Which run of backticks ends the code that each one begins: the next one as long. */
function partners(runs: readonly Run[]): readonly (number | undefined)[] {
  const next = new Map<number, number>();
  return runs
    .map(({ length }, index) => ({ length, index }))
    .toReversed()
    .map(({ length, index }) => {
      const partner = next.get(length);
      next.set(length, index);
      return partner;
    })
    .toReversed();
}

const plainText = (text: string): string =>
  text
    .replaceAll("\\", "\\\\")
    .replace(/<(?=[!/?A-Za-z])/g, "&lt;")
    .replace(/!\[|\](?=[([:])/g, (mark) => (mark === "]" ? "\\]" : "!\\["));

/** Marks that mean something only where a block begins. */
const withoutMarker = (line: string): string =>
  line
    .replace(/^(?:#{1,6}(?= |$)|[-+*](?= |$)|>|\||~{3}|(?:[-=_*] ?){2,}$)/, "\\$&")
    .replace(/^(\d{1,9})([.)])(?= |$)/, "$1\\$2")
    .replace(/^\[(?=[ xX]\])/, "\\[");

/** Text as code: what is in it means nothing. Code can't be empty. */
export function codeSpan(text: string): string {
  const line = oneLine(text, LONGEST).replaceAll("`", "'");
  return line === "" ? "–" : `\`${line}\``;
}

/** A cell of a table: an even number of backslashes before a bar is one too few, in code as well. */
export const inCell = (markdown: string): string =>
  markdown.replace(/(\\*)\|/g, (bar, slashes: string) =>
    slashes.length % 2 === 0 ? `${slashes}\\|` : bar,
  );
