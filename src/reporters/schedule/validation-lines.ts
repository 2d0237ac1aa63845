import { formatPlace } from "../../core/place.ts";
import { oneLine } from "../../core/text.ts";
import type { ValidationAnswer } from "../../schedule/answers/change-answers.ts";
import { countDiagnostics, diagnosticLines } from "../diagnostic-lines.ts";
import { heading } from "../heading.ts";
import { paint, type Style } from "../style.ts";
import { prose } from "./labelled.ts";

/** All that is wrong with a file, and what of it could be computed. */
export function validationLines(
  answer: ValidationAnswer,
  sources: Readonly<Record<string, string>>,
  style: Style,
): readonly string[] {
  const { file, diagnostics, corrections, ok } = answer;
  return [
    ...diagnosticLines(diagnostics, sources, style, Infinity),
    ...(corrections.length > 0
      ? [
          heading("What can be computed", style),
          ...corrections.flatMap(({ place, from, to, why }) =>
            prose(
              `${oneLine(formatPlace(place), 120)}: ${oneLine(from, 60)} ${style.unicode ? "→" : "->"} ${oneLine(to, 60)} (${oneLine(why, 200)})`,
              style,
            ),
          ),
          ...prose("--corrected prints the file so.", style).map((line) =>
            paint(style, "quiet", line),
          ),
          "",
        ]
      : []),
    paint(style, ok ? "good" : "bad", `${oneLine(file, 400)}: ${countDiagnostics(diagnostics)}`),
  ];
}
