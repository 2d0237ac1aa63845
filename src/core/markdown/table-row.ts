import { fold, type Folded } from "./folded.ts";
import type { SourceLine } from "./source-lines.ts";

/** One line of a table. The line of dashes under a header is a row with `separator` true. */
export interface Row {
  readonly kind: "row";
  readonly cells: readonly Folded[];
  readonly separator: boolean;
}

/** Cut a `| a | b |` line at pipes that are neither escaped nor in inline code. Undefined when it is not a row. */
export function readRow(line: SourceLine): Row | undefined {
  const { text } = line;
  const cells: Folded[] = [];
  let start = text.length - text.trimStart().length;
  if (text[start] === "|") start++;
  let code = false;
  let lone = text.split("`").length % 2 === 0;
  for (let at = start; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === "`" && !lone) code = !code;
    else if (text[at] === "|" && !code) {
      cells.push(fold([{ line, start, end: at }]));
      start = at + 1;
    }
  }
  if (text.slice(start).trim() !== "") cells.push(fold([{ line, start, end: text.length }]));
  if (cells.length < 2) return undefined;
  const separator = cells.every((cell) => /^:?-+:?$/.test(cell.text));
  return { kind: "row", cells, separator };
}
