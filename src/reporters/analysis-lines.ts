import type { AnalyzeAnswer } from "../analysis/answer.ts";
import type { Finding, Statement } from "../analysis/model.ts";
import { formatPlace } from "../core/place.ts";
import { oneLine } from "../core/text.ts";
import { plural } from "./figure-lines.ts";
import { tickLines, writtenLines } from "./written-lines.ts";
import { paint, wrapText, type Style } from "./style.ts";

/** Statements shown of each finding, so that all six fit a screen; the files and `--json` have all. */
const SHOWN = 3;

/** The findings in short. */
export function analysisLines(answer: AnalyzeAnswer, style: Style): string[] {
  const { plans, unread, findings, page } = answer;
  return [
    paint(
      style,
      "strong",
      `Analysis of ${plans.length === 1 ? oneLine(plans[0]?.file ?? "", 200) : plural(plans.length, "plan")}`,
    ),
    ...(answer.repository === null
      ? []
      : [paint(style, "quiet", `in another repository: ${oneLine(answer.repository, 400)}`)]),
    ...findings.flatMap((finding) => ["", ...findingLines(finding, style)]),
    ...(page === undefined ? [] : ["", `Page: ${oneLine(page, 200)}`]),
    ...writtenLines(answer.written, style),
    ...tickLines(answer.ticks, style),
    ...(answer.more
      ? [
          "",
          ...indented(
            "There are more files than are looked for: plans may be missing. Name them by their paths.",
            style,
            "  ",
          ),
        ]
      : []),
    ...(unread.length === 0
      ? []
      : [
          "",
          ...unread.flatMap(({ reason }) =>
            indented(`Not read: ${oneLine(reason, 300)}`, style, "  "),
          ),
        ]),
  ];
}

function findingLines({ number, title, summary, gaps }: Finding, style: Style): readonly string[] {
  const more = summary.length - SHOWN;
  return [
    paint(style, "accent", `${number} ${title}`),
    ...summary.slice(0, SHOWN).flatMap((each) => indented(statementText(each), style, "  ")),
    ...[
      ...(more > 0 ? [`${more} more`] : []),
      ...(gaps.length > 0 ? [`not known: ${plural(gaps.length, "thing")}`] : []),
    ].map((line) => paint(style, "quiet", `  ${line}`)),
  ];
}

/** Words, and where they rest on one place, that place. */
function statementText({ text, places }: Statement): string {
  const [place, another] = places ?? [];
  const where = place && !another ? ` (${oneLine(formatPlace(place), 120)})` : "";
  return `${oneLine(text, 400)}${where}`;
}

const indented = (text: string, style: Style, indent: string): readonly string[] =>
  wrapText(text, Math.max(20, style.width - indent.length)).map((line) => `${indent}${line}`);
