import { oneLine } from "../../core/text.ts";
import type { MovedAnswer } from "../../schedule/answers/change-answers.ts";
import { composeLine, paint, type Style } from "../style.ts";
import { shortTime, spanText } from "./time-words.ts";

/** Activities that are shown. */
const MOST = 12;
const ID = 12;
const BY = 21;
const WHEN = 16;

/** Where activities end now, and by how much that is otherwise; largest differences first. */
export function movedLines(moved: readonly MovedAnswer[], style: Style): string[] {
  const sorted = moved.toSorted((a, b) => Math.abs(b.by.minutes) - Math.abs(a.by.minutes));
  const hidden = sorted.length - MOST;
  return [
    ...sorted
      .slice(0, MOST)
      .map((each) =>
        composeLine(style, [
          { text: ` ${oneLine(each.activity, 40)}`, columns: ID - 1, tone: "accent" },
          { text: "", columns: 1 },
          { text: `${byText(each)} `, columns: BY },
          { text: each.after === null ? "" : shortTime(each.after), columns: WHEN },
          { text: oneLine(each.title, 300) },
        ]),
      ),
    ...(hidden > 0 ? [paint(style, "quiet", ` ${hidden} more: --json`)] : []),
  ];
}

function byText({ kind, by }: MovedAnswer): string {
  if (kind !== "moved") return kind;
  if (by.minutes === 0) return "other people";
  const { minutes, days } = by;
  return minutes > 0
    ? `${spanText(by)} later`
    : `${spanText({ minutes: -minutes, days: -days })} sooner`;
}
