import { oneLine } from "../../core/text.ts";
import type { HistoryAnswer } from "../../plan/answers/conflicts-answer.ts";
import type { HistoryConflict } from "../../plan/resources/history-conflicts.ts";
import { plural } from "../figure-lines.ts";
import { composeLine, paint, type Style } from "../style.ts";
import { keyText, more, prose } from "./plan-words.ts";

/** What commits say of tasks that name different files; nothing where they were not asked. */
export function historyLines(history: HistoryAnswer | null, style: Style, most: number): string[] {
  if (!history) return [];
  const { commits, problem, likely } = history;
  const told =
    problem !== null
      ? prose(`The history can't be asked: ${oneLine(problem, 200)}.`, style, "warn", 1)
      : likely.length === 0
        ? prose(
            `By ${plural(commits, "commit")}, no two tasks that could run at once change files that change together.`,
            style,
            "quiet",
            1,
          )
        : [];
  const pairs = likely.slice(0, most).flatMap((pair) => pairLines(pair, style));
  const heading =
    likely.length > 0 ? [paint(style, "strong", ` by ${plural(commits, "commit")}, a guess`)] : [];
  return ["", ...heading, ...pairs, ...more(likely.length - most), ...told];
}

function pairLines({ task, writer, rule }: HistoryConflict, style: Style): string[] {
  const times = style.unicode ? "×" : "x";
  const both = `${rule.together} of ${plural(rule.changes, "change")} of it`;
  return [
    composeLine(style, [
      { text: " ? ", tone: "warn" },
      { text: `${keyText(task)} ${times} ${keyText(writer)}`, columns: 18, tone: "strong" },
      { text: `${keyText(task)} changes ${oneLine(rule.from, 200)};` },
    ]),
    composeLine(style, [
      { text: "", columns: 21 },
      { text: `${both} came with ${oneLine(rule.to, 200)}`, tone: "quiet" },
    ]),
  ];
}
