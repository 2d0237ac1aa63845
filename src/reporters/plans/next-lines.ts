import { oneLine } from "../../core/text.ts";
import type { HeldTask, NextAnswer, ReadyTask } from "../../plan/answers/next-answer.ts";
import { plural } from "../figure-lines.ts";
import { composeLine, paint, symbolsOf, type Style } from "../style.ts";
import { openBoxesText } from "./checklist-text.ts";
import {
  doubtLines,
  headLines,
  keyColumns,
  keysText,
  keyText,
  prose,
  tallyText,
  taskText,
} from "./plan-words.ts";
import { upstreamLines } from "./upstream-lines.ts";
import { workText } from "../../core/work-text.ts";

const RANK = 4;
const MOST_PASSED_OVER = 6;

const RULES: Readonly<Record<NextAnswer["rule"], string>> = {
  barriers: "a phase begins when those before it are finished",
  "eighty-percent": "a phase begins when 80 % of those before it are finished",
  dag: "phases hold nothing back, only dependencies do",
};

/** What to begin now, with why each can be and what it is good for. */
export function nextLines(answer: NextAnswer, style: Style): string[] {
  const { plan, tasks, passedOver, running, exhausted } = answer;
  const columns = keyColumns(
    [...tasks, ...passedOver, ...answer.verifications].map(({ key }) => key),
  );
  return [
    ...headLines(plan, style),
    ...upstreamLines(answer.needsFirst, style),
    "",
    ...tasks.flatMap((task) => taskLines(task, columns, style)),
    ...(tasks.length === 0 ? [...prose(nothingText(answer), style, "strong", 1), ""] : []),
    ...passedOver.slice(0, MOST_PASSED_OVER).map((task) => passedLine(task, columns, style)),
    ...(passedOver.length > MOST_PASSED_OVER
      ? [paint(style, "quiet", `     and ${passedOver.length - MOST_PASSED_OVER} more`)]
      : []),
    ...(passedOver.length > 0 ? [""] : []),
    ...verificationLines(answer, columns, style),
    ...(exhausted.length > 0
      ? prose(
          `failed again and again: ${keysText(exhausted.map(({ key }) => key))}; not offered until reset`,
          style,
          "bad",
          1,
        )
      : []),
    ...(running.length > 0
      ? prose(`in progress: ${keysText(running.map(({ key }) => key))}`, style, "plain", 1)
      : []),
    ...checklistLines(answer, style),
    ...prose(standing(answer), style, "quiet", 1),
    ...prose(`${RULES[answer.rule]} (--rule ${answer.rule})`, style, "quiet", 1),
  ];
}

function nothingText(answer: NextAnswer): string {
  const { tally, running, passedOver, verifications, exhausted } = answer;
  if (tally.percent === 100)
    return verifications.length === 0
      ? "Nothing is left to do."
      : "All tasks are done; what is left is to be verified.";
  if (running.length > 0) return "Nothing else can begin until what is in progress is done.";
  if (passedOver.length > 0) return "What is ready can't run beside what is in progress.";
  if (verifications.length > 0) return "Nothing can begin until what is verified is ticked off.";
  if (exhausted.length > 0) return "Nothing can begin: what is left waits for tasks that failed.";
  return "Nothing can begin: see what holds the tasks up with wavegate plans validate.";
}

function checklistLines({ checklists }: NextAnswer, style: Style): string[] {
  const open = openBoxesText(checklists);
  return open === undefined
    ? []
    : prose(`checklists: ${open}; /speckit.implement asks first`, style, "warn", 1);
}

function standing({ tally, waiting }: NextAnswer): string {
  return `${tallyText(tally)}; ${plural(waiting, "task")} ${waiting === 1 ? "waits" : "wait"} for others`;
}

function taskLines(task: ReadyTask, columns: number, style: Style): string[] {
  const { gate } = symbolsOf(style);
  const why = [
    task.after.length === 0 ? "waits for nothing" : `done: ${keysText(task.after, 5)}`,
    task.holdsUp === 0 ? "nothing waits for it" : `holds up ${task.holdsUp}`,
    `${workText(task.estimateMinutes)}${task.estimateFrom === "phase" ? " as a share of its phase" : ""}, ${workText(task.remainingMinutes)} to the end`,
  ];
  return [
    composeLine(style, [
      { text: String(task.rank), columns: RANK - 1, align: "right", tone: "accent" },
      { text: task.critical ? ` ${gate}` : "  ", tone: "warn" },
      { text: ` ${keyText(task.key)}`, columns: columns + 3, tone: "strong" },
      { text: taskText(task.text) },
    ]),
    ...prose(
      `${task.retry ? "failed before; " : ""}${task.critical ? "critical path; " : ""}${why.join("; ")}`,
      style,
      "quiet",
      RANK + 2,
    ),
    ...doubtLines(task.doubts, style, RANK + 2),
  ];
}

/** What is to be verified before anything behind it can begin. */
const verificationLines = (
  { verifications }: NextAnswer,
  columns: number,
  style: Style,
): readonly string[] =>
  verifications.length === 0
    ? []
    : [
        ...verifications
          .slice(0, MOST_PASSED_OVER)
          .map((line, index) =>
            composeLine(style, [
              { text: index === 0 ? " verify " : "", columns: RANK + 5, tone: "warn" },
              { text: keyText(line.key), columns: columns + 2, tone: "strong" },
              { text: taskText(line.text) },
            ]),
          ),
        "",
      ];

function passedLine(task: HeldTask, columns: number, style: Style): string {
  const beside = keyText(task.beside ?? "");
  const over = task.over === null ? "" : ` ${oneLine(task.over, 120)}`;
  const because = {
    conflict: `not beside ${beside}: both change${over}`,
    sequence: `not beside ${beside}: one at a time,${over}`,
  }[task.because];
  return composeLine(style, [
    { text: "", columns: RANK + 1 },
    { text: ` ${keyText(task.key)}`, columns: columns + 3 },
    { text: because, tone: "warn" },
  ]);
}
