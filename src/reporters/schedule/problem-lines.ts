import type { Diagnostic } from "../../core/diagnostic.ts";
import { formatPlace } from "../../core/place.ts";
import { shellWord } from "../../core/shell-word.ts";
import { oneLine } from "../../core/text.ts";
import type { ScheduleAnswer } from "../../schedule/answers/schedule-answer.ts";
import { heading } from "../heading.ts";
import { paint, wrapText, type Style } from "../style.ts";
import { counted } from "./time-words.ts";

/** Problems that are shown; `--json` has all. */
const MOST = 8;
const MOST_ALERTS = 3;

/** What of a schedule is worth a look; problems of the plan itself that are no errors are only counted, as `plans validate` shows them. */
export function problemLines(
  { diagnostics, plan, alerts }: Pick<ScheduleAnswer, "diagnostics" | "plan" | "alerts">,
  style: Style,
): string[] {
  const own = diagnostics.filter(isTold);
  const told = own.filter(({ severity }) => severity !== "info");
  const notes = own.length - told.length;
  const ofPlan = diagnostics.filter((one) => !isTold(one) && one.severity !== "info").length;
  const more = Math.max(0, told.length - MOST);
  const rest = [
    ...(more > 0 ? [`${more} more, and ${counted(notes, "note", "notes")}: --json`] : []),
    ...(ofPlan > 0
      ? [
          `${counted(ofPlan, "problem", "problems")} of the plan itself: wavegate plans validate ${shellWord(plan.file)}`,
        ]
      : []),
  ];
  if (told.length === 0 && rest.length === 0 && alerts.length === 0) return [];
  return [
    heading("Worth a look", style),
    ...told.slice(0, MOST).flatMap((one) => oneProblem(one, style)),
    ...alerts
      .slice(0, MOST_ALERTS)
      .flatMap(({ message, level }) =>
        wrapped(oneLine(message, 300), style).map((line) =>
          paint(style, level === "critical" ? "bad" : "warn", line),
        ),
      ),
    ...rest.flatMap((line) => wrapped(line, style).map((each) => paint(style, "quiet", each))),
  ];
}

/** Errors of a plan are told, too: a circle that was broken is scheduled otherwise than it is written. */
const isTold = ({ code, severity }: Diagnostic): boolean =>
  code.startsWith("SCHEDULE_") || severity === "error";

const oneProblem = (
  { code, message, place, severity }: Diagnostic,
  style: Style,
): readonly string[] =>
  wrapped(
    `${severity} ${code}: ${oneLine(message, 600)} (${oneLine(formatPlace(place), 120)})`,
    style,
  ).map((line) => paint(style, severity === "error" ? "bad" : "warn", line));

const wrapped = (text: string, style: Style): readonly string[] =>
  wrapText(text, Math.max(20, style.width - 1)).map((line) => ` ${line}`);
