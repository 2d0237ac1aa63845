import { WavegateError } from "../core/error.ts";
import { formatPlace } from "../core/place.ts";
import { inert, oneLine } from "../core/text.ts";
import { diagnosticLines, hintLines } from "./diagnostic-lines.ts";
import { paint, type Style } from "./style.ts";

/** What `--json` prints instead of a result. */
export interface ErrorReport {
  readonly error: {
    /** A code of `docs/errors.md`; `INTERNAL` for a fault of Wavegate itself. */
    readonly code: string;
    readonly message: string;
    readonly place: WavegateError["place"] | null;
    readonly hint: string;
    readonly diagnostics: WavegateError["diagnostics"];
  };
}

const REPORT_IT =
  "This is a fault of Wavegate. Please report it with what you ran and the text above.";

/** A failure for people: code and message, place, all problems of the file, and what to do next. */
export function errorLines(
  error: unknown,
  sources: Readonly<Record<string, string>>,
  style: Style,
): string[] {
  const title = paint(
    style,
    "bad",
    `error ${error instanceof WavegateError ? error.code : "INTERNAL"}`,
  );
  if (!(error instanceof WavegateError)) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return [`${title}: ${inert(text).slice(0, 4_000)}`, ...hintLines(REPORT_IT, style)];
  }
  const { place, diagnostics } = error;
  // A lone diagnostic at the same place says what the error says, with the line of the file.
  const [only] = diagnostics;
  const where =
    place && !(only && only.place.line !== undefined)
      ? [`  at ${oneLine(formatPlace(place), 400)}`]
      : [];
  return [
    `${title}: ${oneLine(error.message, 1_000)}`,
    ...where,
    ...hintLines(error.hint, style),
    ...(only ? ["", ...diagnosticLines(diagnostics, sources, style, mostOf(error))] : []),
  ];
}

/** A configuration is mended in one go: all that is wrong with it is listed. */
const mostOf = ({ code }: WavegateError): number | undefined =>
  code === "CONFIG_INVALID" ? Infinity : undefined;

export function errorReport(error: unknown): ErrorReport {
  if (error instanceof WavegateError) {
    const { code, message, place, hint, diagnostics } = error;
    return { error: { code, message, place: place ?? null, hint, diagnostics } };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { error: { code: "INTERNAL", message, place: null, hint: REPORT_IT, diagnostics: [] } };
}
