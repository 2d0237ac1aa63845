import { compareDiagnostics, type Diagnostic, type Severity } from "../core/diagnostic.ts";
import { formatPlace } from "../core/place.ts";
import { inert, oneLine } from "../core/text.ts";
import { HIDDEN, hideSecrets } from "./hide-secrets.ts";
import { textWidth } from "./text-width.ts";
import { composeLine, paint, symbolsOf, wrapText, type Style, type Tone } from "./style.ts";

/** Most problems shown of one file, unless told otherwise. */
const MAX_PER_FILE = 20;
/** Columns before the source text: line number and bar. */
const GUTTER = 8;

const TONE: Readonly<Record<Severity, Tone>> = { error: "bad", warning: "warn", info: "accent" };

/**
 * Problems for people: place, code and message, the line with a caret, and what to do. `sources` holds the texts by
 * file name; where a text is missing, the line is left out. By place, at most 20 of each file, or `most`.
 */
export function diagnosticLines(
  diagnostics: readonly Diagnostic[],
  sources: Readonly<Record<string, string>>,
  style: Style,
  most = MAX_PER_FILE,
): string[] {
  const files = [...new Set(diagnostics.map((diagnostic) => diagnostic.place.file))];
  return files.flatMap((file) => {
    const all = diagnostics.filter((diagnostic) => diagnostic.place.file === file);
    const lines = hideSecrets(sources[file]?.split("\n") ?? [], all);
    const shown = all.toSorted(compareDiagnostics).slice(0, most);
    const hidden = all.length - shown.length;
    return [
      ...shown.flatMap((diagnostic) => [...oneDiagnostic(diagnostic, lines, style), ""]),
      ...(hidden > 0 ? [`and ${hidden} more in ${oneLine(file, 400)}`, ""] : []),
    ];
  });
}

/** `2 errors, 1 warning`, leaving out what there is none of. */
export function countDiagnostics(diagnostics: readonly Diagnostic[]): string {
  const counts = (["error", "warning", "info"] as const).flatMap((severity) => {
    const count = diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
    if (count === 0) return [];
    const noun = severity === "info" ? "note" : severity;
    return [`${count} ${noun}${count === 1 ? "" : "s"}`];
  });
  return counts.length === 0 ? "no problems" : counts.join(", ");
}

function oneDiagnostic(diagnostic: Diagnostic, lines: readonly string[], style: Style): string[] {
  const { place, severity, code } = diagnostic;
  const title = `${severity} ${code}`;
  const source = place.line === undefined ? undefined : lines[place.line - 1];
  return [
    `${paint(style, "strong", oneLine(formatPlace(place), 400))}: ${paint(style, TONE[severity], title)}: ${oneLine(diagnostic.message, 600)}`,
    ...(source === undefined ? [] : sourceLines(source, place, style)),
    ...hintLines(diagnostic.hint, style),
  ];
}

/** The hint, wrapped under its label. */
export function hintLines(hint: string, style: Style): string[] {
  const label = "  hint: ";
  return wrapText(inert(hint), Math.max(20, style.width - label.length)).map((line, index) =>
    paint(style, "quiet", (index === 0 ? label : " ".repeat(label.length)) + line),
  );
}

/** The line with its number, moved so that the column is in sight, and a caret under the column. */
function sourceLines(
  source: string,
  { line = 1, column }: { readonly line?: number; readonly column?: number },
  style: Style,
): string[] {
  const { bar, cut } = symbolsOf(style);
  const room = Math.max(20, style.width - GUTTER);
  const points = Array.from(source.slice(0, 100_000)).map((point) =>
    inert(point).replace(/\s/, " "),
  );
  const at = Math.min((column ?? 1) - 1, points.length);
  const from = at < room - 10 ? 0 : at - Math.floor(room / 2);
  const before = (from > 0 ? cut : "") + points.slice(from, at).join("");
  const text = before + points.slice(at, at + room).join("");
  const gutter = (label: string) => ({
    text: `${label.padStart(GUTTER - 3)} ${bar} `,
    tone: "quiet" as const,
  });
  const caret = " ".repeat(textWidth(before));
  return [
    composeLine(style, [gutter(String(line)), { text }]).trimEnd(),
    ...(column === undefined || source === HIDDEN
      ? []
      : [composeLine(style, [gutter(""), { text: caret }, { text: "^", tone: "warn" }]).trimEnd()]),
  ];
}
