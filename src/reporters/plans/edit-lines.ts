import { oneLine } from "../../core/text.ts";
import type { EditAnswer, EditedLine } from "../../plan/answers/edit-answer.ts";
import { composeLine, paint, symbolsOf, type Style } from "../style.ts";
import { fitText } from "../text-width.ts";
import {
  keyColumns,
  keyText,
  pathLine,
  prose,
  stateSymbol,
  stateTone,
  taskText,
} from "./plan-words.ts";

/** What was changed: the tasks, and each changed line as before and after. */
export function editLines({ tasks, lines, status }: EditAnswer, style: Style): string[] {
  const { arrow } = symbolsOf(style);
  const columns = keyColumns(tasks.map(({ key }) => key));
  return [
    ...tasks.map((task) =>
      composeLine(style, [
        { text: ` ${stateSymbol(task.after, style)} `, tone: stateTone(task.after) },
        { text: keyText(task.key), columns: columns + 2, tone: "strong" },
        {
          text: task.changed ? `${task.before} ${arrow} ${task.after}` : `already ${task.after}`,
          columns: 24,
          tone: task.changed ? "plain" : "quiet",
        },
        { text: taskText(task.text), tone: "quiet" },
      ]),
    ),
    ...lines.flatMap((line) => changedLine(line, style)),
    ...(status === null
      ? []
      : [pathLine(status, style, "strong"), ...prose("brought up to date", style, "plain", 2)]),
  ];
}

function changedLine({ file, line, removed, added }: EditedLine, style: Style): string[] {
  const place = `${oneLine(file, 400)}:${line}`;
  const cut = (text: string) => fitText(oneLine(text, 2_000), Math.max(20, style.width - 4));
  return [
    pathLine(place, style, "strong"),
    paint(style, "bad", `  - ${cut(removed)}`),
    paint(style, "good", `  + ${cut(added)}`),
  ];
}
