import { oneLine } from "../../core/text.ts";
import type { ChangedAnswer, WhatIfAnswer } from "../../schedule/answers/change-answers.ts";
import { heading } from "../heading.ts";
import { composeLine, paint, type Style } from "../style.ts";
import { labelled, prose, titleLine } from "./labelled.ts";
import { movedLines } from "./moved-lines.ts";
import { counted, spanText, thousands, timeText } from "./time-words.ts";

/** Columns of what is saved. */
const SAVED = 14;

/** What would be, for people. */
export function whatIfLines(answer: WhatIfAnswer, style: Style): readonly string[] {
  const { plan, zone, finish, makespan, effort, changed, shortenings = [], left } = answer;
  return [
    titleLine(plan, style),
    "",
    ...labelled(
      { label: "finish", text: `${timeText(finish)} ${zone}, after ${spanText(makespan)}` },
      style,
    ),
    ...labelled(
      {
        label: "search",
        text: `${thousands(effort.budget)} ${effort.budget > 1 ? "schedules" : "schedule"} for each, seed ${effort.seed}`,
      },
      style,
    ),
    "",
    ...(changed ? changedLines(changed, zone, style) : rankedLines(shortenings, style)),
    ...(left > 0
      ? [paint(style, "quiet", ` ${counted(left, "candidate", "candidates")} not tried`)]
      : []),
  ];
}

function changedLines(changed: ChangedAnswer, zone: string, style: Style): string[] {
  const { changes, finish, makespan, saved, noise, moved } = changed;
  const verdict =
    saved.minutes > 0
      ? `${spanText(saved)} sooner`
      : saved.minutes < 0
        ? `${spanText({ minutes: -saved.minutes, days: -saved.days })} later`
        : "no sooner and no later";
  return [
    heading(`What if: ${oneLine(changes.join("; "), 200)}`.slice(0, style.width - 8), style),
    ...labelled(
      { label: "finish", text: `${timeText(finish)} ${zone}, after ${spanText(makespan)}` },
      style,
    ),
    ...labelled(
      { label: "that is", text: verdict, tone: saved.minutes > 0 ? "good" : "plain" },
      style,
    ),
    ...(noise > 0
      ? prose(
          "The search found it longer, which it can't be: the schedule without the change still holds.",
          style,
        )
      : []),
    ...movedLines(moved, style),
  ];
}

/** What is tried without being asked about, the best first. */
function rankedLines(
  shortenings: NonNullable<WhatIfAnswer["shortenings"]>,
  style: Style,
): string[] {
  const useful = shortenings.filter(({ saved }) => saved > 0);
  const useless = shortenings.length - useful.length;
  return [
    heading("What shortens it most", style),
    ...(useful.length === 0 ? prose("Nothing of what was tried.", style) : []),
    ...useful.flatMap(({ title, because, saved, days }) => [
      composeLine(style, [
        { text: ` ${spanText({ minutes: saved, days })}`, columns: SAVED, tone: "good" },
        { text: oneLine(title, 300) },
      ]),
      composeLine(style, [
        { text: "", columns: SAVED },
        { text: oneLine(because, 300), tone: "quiet" },
      ]),
    ]),
    ...(useless > 0
      ? [
          paint(
            style,
            "quiet",
            ` ${counted(useless, "other change saves", "other changes save")} nothing`,
          ),
        ]
      : []),
  ];
}
