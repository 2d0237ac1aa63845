import { withoutBold } from "../../core/markdown/without-bold.ts";
import { placeOn, readLines, type SourceLine } from "../../core/markdown/source-lines.ts";
import type { FilePlace } from "../../core/place.ts";
import type { PlanText } from "../model.ts";

/** A line that knows its file: one phase may be told in several. */
export interface PlacedLine extends SourceLine {
  readonly file: string;
}

export const placeIn = (line: PlacedLine, offset: number): FilePlace => ({
  file: line.file,
  ...placeOn(line, offset),
});

export interface Heading {
  readonly level: number;
  /** Without marks, emphasis, and signs around the words. */
  readonly text: string;
  readonly line: PlacedLine;
  /** Position of its line in the file. */
  readonly index: number;
  /** Where its words stand on the line. */
  readonly at: number;
  /** Words of the headings that it stands under. */
  readonly above: readonly string[];
  /** Position of the line that its section ends before: the next heading of its level or above, or the end. */
  end: number;
}

export interface Outline {
  readonly file: string;
  readonly text: string;
  readonly lines: readonly PlacedLine[];
  readonly headings: readonly Heading[];
}

const HEADING = /^ {0,3}(#{1,6})[ \t]{1,20}(.{0,1000})/;

/** The lines and headings of a document. Headings in fences and comments are none. */
export function outline({ file, text }: PlanText): Outline {
  const lines = readLines(text).map((line) => ({ ...line, file }));
  const headings: Heading[] = [];
  const open: Heading[] = [];
  lines.forEach((line, index) => {
    const match = line.kind === "text" ? HEADING.exec(line.text) : null;
    if (!match) return;
    const level = match[1]?.length ?? 1;
    for (let last = open.at(-1); last && last.level >= level; last = open.at(-1)) {
      last.end = index;
      open.pop();
    }
    const words = cleanHeading(match[2] ?? "");
    const heading: Heading = {
      level,
      text: words,
      line,
      index,
      at: Math.max(0, line.text.indexOf(words)),
      above: open.map((other) => other.text),
      end: lines.length,
    };
    headings.push(heading);
    open.push(heading);
  });
  return { file, text, lines, headings };
}

/** Words of a heading: `✅ **Phase 1: Ledger** ##` is `Phase 1: Ledger`. */
const cleanHeading = (text: string): string =>
  withoutBold(text.replace(/\s#+\s*$/, ""))
    .replace(/^[^\p{L}\p{N}([`"']+/u, "")
    .replace(/(?:\s|\p{Extended_Pictographic}|[\uFE00-\uFE0F]|\u200D|✓|✗)+$/u, "")
    .trim();
