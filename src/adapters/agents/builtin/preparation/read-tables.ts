import { withoutCode } from "../../../../stage/checks/read-markdown.ts";
import { plain } from "../text/terms.ts";

/** A table of a Markdown document: heads and cells as plain text. */
export interface MarkdownTable {
  readonly heads: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** What Markdown escapes, as it is read. */
export const unescaped = (text: string): string =>
  plain(text.replace(/\*\*|__(?=\S)|(?<=\S)__/g, ""))
    .replace(/\\([\\`*_[\]~|<>#])/g, "$1")
    .replace(/&lt;/g, "<")
    .replace(/&amp;/g, "&")
    .trim();

const cellsOf = (line: string): readonly string[] =>
  line
    .replace(/^\s*\|/, "")
    .replace(/(?<!\\)\|\s*$/, "")
    .split(/(?<!\\)\|/)
    .map(unescaped);

const ROW = /^\s{0,3}\|.*\|\s*$/;
const RULE = /^\s{0,3}\|?[\s:|-]*-{3,}[\s:|-]*\|?\s*$/;

/** All tables of a text, in order; code blocks hold none. */
export function tablesOf(text: string): readonly MarkdownTable[] {
  const lines = withoutCode(text).split("\n");
  return lines.flatMap((line, at) => {
    const head = lines[at - 1];
    if (!RULE.test(line) || head === undefined || !ROW.test(head)) return [];
    const rest = lines.slice(at + 1);
    const end = rest.findIndex((row) => !ROW.test(row));
    const rows = rest.slice(0, end < 0 ? undefined : end).map(cellsOf);
    return [{ heads: cellsOf(head), rows }];
  });
}

/** Position of the first column whose head matches; -1 when none does. */
export const columnOf = ({ heads }: MarkdownTable, pattern: RegExp): number =>
  heads.findIndex((head) => pattern.test(head));

/** A row's cell, empty for a column that is not there; `—` and `-` mean nothing. */
export const cellAt = (row: readonly string[], column: number): string => {
  const text = column < 0 ? "" : (row[column] ?? "");
  return /^[—–-]?$/.test(text) ? "" : text;
};
