import { formatPlace } from "../../core/place.ts";
import { oneLine } from "../../core/text.ts";
import { compareDiagnostics, type Severity } from "../../core/diagnostic.ts";
import type { ValidateAnswer } from "../../plan/answers/validate-answer.ts";
import type { PlanDiagnostic } from "../../plan/model.ts";
import { hintLines } from "../diagnostic-lines.ts";
import { plural } from "../figure-lines.ts";
import { paint, symbolsOf, wrapText, type Style, type Tone } from "../style.ts";
import { headLines, problemText, problemTone, prose } from "./plan-words.ts";

/** Places named of a kind of problem. */
const MOST_PLACES = 3;

const TONES: Readonly<Record<Severity, Tone>> = { error: "bad", warning: "warn", info: "accent" };
const RANK: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

/** All problems of a plan: one line for each kind with its first places, or every one. */
export function validateLines(answer: ValidateAnswer, style: Style, all = false): string[] {
  const { plan, diagnostics, problems, original, tally } = answer;
  const groups = grouped(diagnostics);
  const what = [
    plural(answer.phases, "phase"),
    plural(tally.tasks, "task"),
    answer.dependencies === 1 ? "1 dependency" : `${answer.dependencies} dependencies`,
  ];
  const tool = original.dropped + original.misread;
  return [
    ...headLines(plan, style),
    ...prose(what.join(", "), style, "quiet"),
    "",
    ...groups.flatMap((group) => [
      ...(all ? everyLine(group, style) : groupLines(group, style)),
      "",
    ]),
    ...(tool > 0
      ? [
          ...prose(
            `The original tool drops ${plural(original.dropped, "place")} and misreads ${original.misread}.`,
            style,
          ),
        ]
      : []),
    ...prose(
      `${oneLine(plan.file, 400)}: ${problemText(problems) === "none" ? "no problems" : problemText(problems)}`,
      style,
      problemTone(problems),
    ),
    ...(!all && groups.some(({ all: some }) => some.length > MOST_PLACES)
      ? [paint(style, "quiet", "--all shows each.")]
      : []),
  ];
}

interface Group {
  readonly first: PlanDiagnostic;
  /** By place. */
  readonly all: readonly PlanDiagnostic[];
}

/** By code and severity: the worst first, then the most frequent. */
function grouped(diagnostics: readonly PlanDiagnostic[]): readonly Group[] {
  const kinds = new Map<string, PlanDiagnostic[]>();
  for (const one of diagnostics.toSorted(compareDiagnostics)) {
    const kind = `${one.severity} ${one.code}`;
    const some = kinds.get(kind);
    if (some) some.push(one);
    else kinds.set(kind, [one]);
  }
  return [...kinds.values()]
    .flatMap((all) => all.slice(0, 1).map((first) => ({ first, all })))
    .toSorted(
      (a, b) =>
        RANK[a.first.severity] - RANK[b.first.severity] ||
        b.all.length - a.all.length ||
        (a.first.code < b.first.code ? -1 : 1),
    );
}

function titleOf({ severity, code }: PlanDiagnostic, count: number, style: Style): string {
  const times = count > 1 ? ` ${style.unicode ? "×" : "x"}${count}` : "";
  return paint(
    style,
    TONES[severity],
    `${severity === "info" ? "note" : severity} ${code}${times}`,
  );
}

function groupLines({ first, all }: Group, style: Style): string[] {
  const { dot } = symbolsOf(style);
  const places = all.slice(0, MOST_PLACES).map(({ place }) => placeText(place));
  const more = all.length - places.length;
  const at = `at ${places.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
  const about =
    first.original === undefined
      ? ""
      : ` ${dot} the original tool ${first.original === "dropped" ? "does not see it" : "misreads it"}`;
  return [
    titleOf(first, all.length, style),
    ...wrapText(oneLine(first.message, 600), style.width - 2).map((line) => `  ${line}`),
    ...wrapText(at + about, style.width - 2).map((line) => `  ${line}`),
    ...hintLines(first.hint, style),
  ];
}

const placeText = (place: PlanDiagnostic["place"]): string => oneLine(formatPlace(place), 400);

const everyLine = ({ first, all }: Group, style: Style): string[] => [
  titleOf(first, all.length, style),
  ...all.flatMap(({ place, message }) =>
    wrapText(`${placeText(place)}: ${oneLine(message, 600)}`, style.width - 4).map(
      (line, index) => `${index === 0 ? "  " : "    "}${line}`,
    ),
  ),
  ...hintLines(first.hint, style),
];
