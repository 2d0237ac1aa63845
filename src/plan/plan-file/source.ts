import { placeOn, readLines, type SourceLine } from "../../core/markdown/source-lines.ts";
import type { FilePlace } from "../../core/place.ts";
import { readBoxLine } from "../annotations/box-line.ts";
import type { PlanDiagnostic, PlanText } from "../model.ts";
import { readHeading, readPhaseHeading, type PhaseHeading } from "./phase-heading.ts";
import { readTaskId, seriesOf, shortIdAt } from "./task-id.ts";

export type Problems = PlanDiagnostic[];

/** A plan file, and what has to be known of all of it before it is read line by line. */
export interface Source {
  readonly file: string;
  readonly text: string;
  readonly lines: readonly SourceLine[];
  /** Headings that begin a phase, by index of their line. */
  readonly headings: ReadonlyMap<number, PhaseHeading>;
  /** Letters that begin ids like `P1`. */
  readonly series: ReadonlySet<string>;
  /** Whether there are phases or ids: then a box without id outside of phases is no task. */
  readonly structured: boolean;
}

/** First pass: which headings are phases, which letters begin ids. Linear. */
export function openSource({ file, text }: PlanText): Source {
  const lines = readLines(text);
  const headings = new Map<number, PhaseHeading>();
  const numbers = new Map<string, Set<string>>();
  let unsure: { readonly index: number; readonly heading: PhaseHeading } | undefined;
  let dotted = false;
  let titled = false;
  lines.forEach((line, index) => {
    if (line.kind !== "text" || line.text === "") return;
    const heading = readHeading(line.text);
    if (heading) {
      const phase = titled || heading.level > 1 ? readPhaseHeading(line.text) : undefined;
      titled = true;
      unsure = undefined;
      if (phase?.sure === true) headings.set(index, phase);
      else if (phase) unsure = { index, heading: phase };
      return;
    }
    const box = readBoxLine(line.text);
    if (!box) return;
    if (unsure) headings.set(unsure.index, unsure.heading);
    unsure = undefined;
    dotted ||= readTaskId(line.text, box.textAt, new Set()).id !== undefined;
    const short = shortIdAt(line.text, box.textAt);
    const letters = short === undefined ? undefined : seriesOf(short);
    if (short === undefined || letters === undefined) return;
    const known = numbers.get(letters);
    if (known) known.add(short);
    else numbers.set(letters, new Set([short]));
  });
  const series = new Set(
    [...numbers].filter(([, ids]) => ids.size > 1).map(([letters]) => letters),
  );
  const structured = headings.size > 0 || dotted || series.size > 0;
  return { file, text, lines, headings, series, structured };
}

export const placeIn = (source: Source, line: SourceLine, at: number): FilePlace => ({
  file: source.file,
  ...placeOn(line, Math.min(at, line.text.length)),
});

/** The line as it is in the file, comments and all, without its end. */
export function rawOf(source: Source, index: number): string {
  const line = source.lines[index];
  const next = source.lines[index + 1];
  if (!line) return "";
  let end = next?.start ?? source.text.length;
  if (next && source.text[end - 1] === "\n") end--;
  if (next && source.text[end - 1] === "\r") end--;
  return source.text.slice(line.start, Math.max(line.start, end));
}

/**
 * Where a character of a line is in the text of the file. Blanked comments may be shorter than what they were by their wide
 * characters; then code points are counted.
 */
export function offsetOf(source: Source, line: SourceLine, at: number): number {
  if (!line.wide) return line.start + at;
  const points = Array.from(line.text.slice(0, at)).length;
  let offset = line.start;
  for (let point = 0; point < points; point++) {
    offset += (source.text.codePointAt(offset) ?? 0) > 0xffff ? 2 : 1;
  }
  return offset;
}
