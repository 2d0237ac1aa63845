import { oneLine } from "../../core/text.ts";
import type { ReplanAnswer } from "../../schedule/answers/change-answers.ts";
import { heading } from "../heading.ts";
import { composeLine, paint, type Style } from "../style.ts";
import { labelled, prose } from "./labelled.ts";
import { reasonText } from "./reason-words.ts";
import { scheduleLines } from "./schedule-lines.ts";
import { counted, shortTime, spanText, timeText } from "./time-words.ts";

/** Changes that are shown. */
const MOST = 10;
const ID = 12;
const BY = 18;

const CAUSES: Readonly<Record<ReplanAnswer["changes"][number]["cause"], string>> = {
  "took-longer": "took longer",
  "started-late": "started late",
  "started-early": "started early",
  rescheduled: "is done by others",
  added: "is new",
  dropped: "is dropped",
};

function idleLines({ idle }: ReplanAnswer, style: Style): readonly string[] {
  const [first] = idle;
  if (!first) return [];
  const more =
    idle.length > 1 ? `, and ${counted(idle.length - 1, "other time", "other times")}` : "";
  const days = first.from === first.to ? first.from : `${first.from} to ${first.to}`;
  return labelled(
    { label: "idle", text: `${days}${more}: nothing was done; the figures below are without it` },
    style,
  );
}

/** The new plan for people, after what is different about it. */
export function replanLines(answer: ReplanAnswer, style: Style): readonly string[] {
  const { planned, now, counts, untimed, later, schedule } = answer;
  const verdict =
    later.minutes > 0
      ? `${spanText(later)} later than planned`
      : later.minutes < 0
        ? `${spanText({ minutes: -later.minutes, days: -later.days })} sooner than planned`
        : "as planned";
  return [
    heading(`Replanned from ${timeText(now)}`, style),
    ...labelled(
      { label: "planned", text: `${timeText(planned.start)} to ${timeText(planned.finish)}` },
      style,
    ),
    ...labelled(
      {
        label: "so far",
        text: `${counts.done} done, ${counts.started} started, ${counts.open} open`,
      },
      style,
    ),
    ...labelled(
      {
        label: "now",
        text: `${timeText(schedule.finish)}: ${verdict}`,
        tone: later.minutes > 0 ? "warn" : "good",
      },
      style,
    ),
    ...idleLines(answer, style),
    ...(untimed > 0
      ? prose(
          `${counted(untimed, "activity was", "activities were")} done without a time, and ${untimed === 1 ? "is" : "are"} taken to have gone as planned.`,
          style,
        ).map((line) => paint(style, "quiet", line))
      : []),
    ...changeLines(answer, style),
    "",
    ...scheduleLines(schedule, style),
  ];
}

/** What ends at another time, the largest difference first, and what that began with. */
function changeLines({ changes }: ReplanAnswer, style: Style): string[] {
  const moved = changes
    .filter(({ by, kind }) => kind === "moved" && by.minutes !== 0)
    .toSorted((a, b) => Math.abs(b.by.minutes) - Math.abs(a.by.minutes));
  if (moved.length === 0) return [];
  const hidden = moved.length - MOST;
  return [
    "",
    heading("What moved", style),
    ...moved.slice(0, MOST).flatMap(({ activity, by, after, title, why, root, cause }) => [
      composeLine(style, [
        { text: ` ${oneLine(activity, 40)}`, columns: ID, tone: "accent" },
        {
          text:
            by.minutes > 0
              ? `${spanText(by)} later`
              : `${spanText({ minutes: -by.minutes, days: -by.days })} sooner`,
          columns: BY,
        },
        { text: after === null ? "" : shortTime(after), columns: 13 },
        { text: oneLine(title, 300) },
      ]),
      composeLine(style, [
        { text: "", columns: ID },
        {
          text: `${reasonText(why)}${root === activity ? "" : `; it began with ${oneLine(root, 40)}`}: ${root === activity ? "it " : ""}${CAUSES[cause]}`,
          tone: "quiet",
        },
      ]),
    ]),
    ...(hidden > 0 ? [paint(style, "quiet", ` ${hidden} more: --json`)] : []),
  ];
}
