import { inline } from "../synthesis/markdown.ts";

/** Words that a check takes for unfinished text when they stand bare. */
const MARKS = /\b(?:TODO|TBD|FIXME|XXX|HACK)s?\b|\blorem ipsum\b/gi;

/** Text of findings for the report: inert Markdown, in which words like TODO stand as what they quote. */
export const prose = (text: string): string => inline(unmarked(text));

/** The same without Markdown, for HTML and JSON. */
export const unmarked = (text: string): string =>
  text
    // half an id, where somebody cut a text, would name another one
    .replace(/[A-Z]{1,6}-?\d{0,4}…/g, "…")
    .replace(/\{\{/g, "{ {")
    .replace(/`/g, "'")
    .replaceAll('"', "'")
    .replace(MARKS, (mark) => `“${mark}”`);

/** Prose for a table cell. */
export const cellText = (text: string): string => prose(text).replace(/\|/g, String.raw`\|`) || "—";

/** HTML text. Brackets are written as entities, so that nothing in it reads as a Markdown link either. */
export const html = (text: string): string =>
  unmarked(text).replace(/[&<>"'[\](){}`]/g, (char) => `&#${char.codePointAt(0) ?? 32};`);
