import { inert, oneLine } from "../../core/text.ts";
import type {
  FindingsAnswer,
  FindingsFileLine,
  TaskFindings,
} from "../../plan/answers/findings-answer.ts";
import { paint, type Style } from "../style.ts";
import { headLines, keysText, keyText, pathLine, prose, taskText } from "./plan-words.ts";

/** The files of findings and what each is about; of one task the texts themselves, line for line. */
export function findingsLines(answer: FindingsAnswer, style: Style): string[] {
  const { plan, folder, files, task } = answer;
  return [
    ...headLines(plan, style),
    "",
    ...(task ? taskLines(task, style) : listLines(files, folder, style)),
  ];
}

function listLines(
  files: readonly FindingsFileLine[],
  folder: string | null,
  style: Style,
): string[] {
  if (folder === null)
    return prose("Plans of this kind have no findings: only those of S4 do.", style);
  if (files.length === 0)
    return prose("There are no findings yet. They would be in:", style).concat(
      pathLine(folder, style),
    );
  return files.flatMap((file) => [
    pathLine(file.file, style, "strong"),
    ...prose(aboutText(file), style, "quiet", 2),
  ]);
}

function aboutText({ tasks, phase }: FindingsFileLine): string {
  if (tasks.length > 0) return `about ${keysText(tasks, 8)}`;
  return phase === null
    ? "the name fits no task or phase of the plan"
    : `about phase ${keyText(phase)}`;
}

function taskLines(task: TaskFindings, style: Style): string[] {
  const { key, text, texts, recorded, ofPhase, expected, unread } = task;
  const nothing = texts.length === 0 && recorded === null;
  return [
    ...prose(`${keyText(key)} ${taskText(text)}`, style, "strong"),
    ...(nothing
      ? prose(
          expected === null
            ? "Plans of this kind have no findings: only those of S4 do."
            : "Nothing is written down about it. The tool of such plans looks in:",
          style,
        )
      : []),
    ...(nothing && expected !== null ? [pathLine(expected, style)] : []),
    ...texts.flatMap((file) => [
      "",
      pathLine(file.file, style, "quiet"),
      "",
      ...textLines(file.text),
    ]),
    ...(recorded === null
      ? []
      : ["", paint(style, "quiet", "in the status file"), "", ...textLines(recorded)]),
    ...ofPhase.flatMap((file) => [
      "",
      ...prose("about its phase:", style, "quiet"),
      pathLine(file, style),
    ]),
    ...unread.flatMap(({ file, reason }) =>
      prose(`not read: ${oneLine(file, 300)}: ${oneLine(reason, 200)}`, style, "warn"),
    ),
  ];
}

/** A text as it is written, but for what a terminal would act on. Not wrapped: it holds code and tables. */
const textLines = (text: string): string[] =>
  inert(text)
    .replace(/\n+$/, "")
    .split(/\r\n|\n|\r/);
