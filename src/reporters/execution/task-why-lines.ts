import { formatDuration } from "../../core/duration.ts";
import { oneLine } from "../../core/text.ts";
import type {
  CheckRun,
  ExecutionHistory,
  TaskAttempt,
} from "../../history/execution/execution-history.ts";
import type { TaskWhy, WaitReason } from "../../history/execution/why-task.ts";
import { clock } from "../agent-line.ts";
import { plural } from "../figure-lines.ts";
import { keyColumns, keyText, keysText, prose, taskText } from "../plans/plan-words.ts";
import { composeLine, paint, symbolsOf, type Style } from "../style.ts";
import { textWidth } from "../text-width.ts";
import { askLines } from "./ask-lines.ts";
import { standingSymbol, standingTone, standingWords } from "./task-marks.ts";
import { usageText } from "./usage-text.ts";
import { waitWords } from "./wait-words.ts";

type Watched = Style & { readonly now: number };

/** All that is known of why a task stands as it does: state, what it waits for, attempts with checks and reasons, people's words. */
export function taskWhyLines(
  history: ExecutionHistory,
  { task, waitsFor, holdsUp, reason, ask }: TaskWhy,
  style: Watched,
): string[] {
  const { planned, attempts, words } = task;
  const { dot } = symbolsOf(style);
  const facts = [planned.plan, planned.phase ?? "", planned.kind].filter((fact) => fact !== "");
  return [
    composeLine(style, [
      { text: ` ${standingSymbol(task, style)} `, tone: standingTone(task) },
      { text: `${keyText(planned.key)}  `, tone: "strong" },
      { text: taskText(planned.title) },
    ]).trimEnd(),
    composeLine(style, [
      {
        text: `   ${facts.map((fact) => oneLine(fact, 80)).join(` ${dot} `)} ${dot} planned ${formatDuration(planned.minutes * 60_000)}`,
        tone: "quiet",
      },
    ]).trimEnd(),
    "",
    ...prose(standing(history, task, { reason, now: style.now }), style, standingTone(task), 1),
    ...(ask ? ["", ...askLines(ask, { runId: history.runId, now: style.now }, style)] : []),
    ...(waitsFor.length > 0
      ? ["", paint(style, "strong", " waits for"), ...rows(waitsFor, style)]
      : []),
    ...(holdsUp.length > 0
      ? ["", ...prose(`wait for it: ${keysText(holdsUp)}`, style, "plain", 1)]
      : []),
    ...attempts.flatMap((attempt) => ["", ...attemptLines(history, attempt, style)]),
    ...(words.length > 0 ? [""] : []),
    ...words.map(({ at, by, says }) =>
      composeLine(style, [
        { text: ` ${oneLine(by, 60)} said ${oneLine(says, 60)}`, tone: "accent" },
        { text: `  ${formatDuration(at - history.startedAt)} after the start`, tone: "quiet" },
      ]).trimEnd(),
    ),
  ];
}

function standing(
  history: ExecutionHistory,
  task: TaskWhy["task"],
  { reason, now }: { readonly reason: WaitReason | undefined; readonly now: number },
): string {
  const end = history.endedAt ?? now;
  if (reason) return `It has not begun: ${waitWords(reason)}.`;
  if (task.status === "open") return "It has not begun, and the run has ended.";
  if (task.retryAt !== undefined)
    return `It failed, and is tried again ${task.retryAt > end ? `in ${clock(task.retryAt - end)}` : "now"}.`;
  const words = standingWords(task);
  const lasts = task.status === "done" || task.status === "skipped" || task.status === "failed";
  if (task.planned.status === task.status && task.attempts.length === 0)
    return `It was ${words} before the run began.`;
  return lasts
    ? `It is ${words}, ${formatDuration(task.since - history.startedAt)} after the start.`
    : `It ${task.status === "blocked" ? "asks a person" : task.status === "landing" ? words : `is ${words}`}, for ${clock(end - task.since)}.`;
}

const MOST_ROWS = 12;

function rows(tasks: TaskWhy["waitsFor"], style: Style): string[] {
  const open = tasks.filter(({ status }) => status !== "done" && status !== "skipped");
  const shown = [...open, ...tasks.filter((task) => !open.includes(task))].slice(0, MOST_ROWS);
  const key = keyColumns(shown.map(({ planned }) => planned.key));
  const left = tasks.length - shown.length;
  return [
    ...shown.map((task) =>
      composeLine(style, [
        { text: ` ${standingSymbol(task, style)} `, tone: standingTone(task) },
        { text: keyText(task.planned.key), columns: key + 2 },
        { text: standingWords(task), columns: 15, tone: standingTone(task) },
        { text: taskText(task.planned.title), tone: "quiet" },
      ]).trimEnd(),
    ),
    ...(left > 0 ? [`   and ${left} more; --json has all`] : []),
  ];
}

function attemptLines(history: ExecutionHistory, attempt: TaskAttempt, style: Watched): string[] {
  const { number, agent, lane, startedAt, endedAt, last, reason, question } = attempt;
  const took = (endedAt ?? history.endedAt ?? style.now) - startedAt;
  const by = agent === undefined ? "" : ` by ${oneLine(agent, 40)}`;
  const bad = reason !== undefined || question !== undefined;
  return [
    composeLine(style, [
      { text: ` attempt ${number}${by}`, tone: "strong" },
      { text: `  ${last}`, tone: bad ? "warn" : "plain" },
      {
        text: `  worker ${lane}, ${formatDuration(startedAt - history.startedAt)} after the start, for ${formatDuration(took)}`,
        tone: "quiet",
      },
    ]).trimEnd(),
    ...factLines(attempt, style),
    ...(attempt.missing
      ? prose(`declared, not there: ${oneLine(attempt.missing.join(", "), 400)}`, style, "warn", 3)
      : []),
    ...attempt.checks.flatMap((check) => checkLines(check, style)),
    ...(reason
      ? [
          ...prose(`${reason.kind}: ${oneLine(reason.message, 400)}`, style, "bad", 3),
          ...detailLines(attempt, style),
        ]
      : []),
    ...(question
      ? prose(`${question.kind}: ${oneLine(question.message, 400)}`, style, "warn", 3)
      : []),
  ];
}

const MOST_DETAILS = 12;

/** What is not said by the checks above. */
function detailLines({ checks, reason }: TaskAttempt, style: Style): string[] {
  const said = new Set(checks.map(({ name, shown }) => `${name}: ${shown}`));
  const details = (reason?.details ?? []).filter((line) => !said.has(line));
  const left = details.length - MOST_DETAILS;
  return [
    ...details
      .slice(0, MOST_DETAILS)
      .flatMap((line) => prose(oneLine(line, 300), style, "quiet", 5)),
    ...(left > 0 ? [`     and ${left} more; --json has all`] : []),
  ];
}

function factLines(attempt: TaskAttempt, style: Style): string[] {
  const { workMs, changed, usage, commit, evidence, elsewhere } = attempt;
  const facts = [
    ...(elsewhere ? [`done by process ${elsewhere.pid} on ${oneLine(elsewhere.host, 60)}`] : []),
    ...(workMs === undefined ? [] : [`agent at work ${formatDuration(workMs)}`]),
    ...(changed === undefined ? [] : [`${plural(changed, "file")} changed`]),
    ...(usage ? [usageText(usage)] : []),
    ...(commit === undefined ? [] : [`commit ${oneLine(commit).slice(0, 12)}`]),
    ...(evidence === undefined ? [] : [`evidence ${oneLine(evidence).slice(0, 12)}`]),
  ];
  return facts.length === 0 ? [] : prose(facts.join(", "), style, "quiet", 3);
}

/** In one line; why it did not pass is told whole. */
function checkLines(check: CheckRun, style: Style): string[] {
  const { name, by, command, outcome, shown, durationMs } = check;
  const { good, bad } = symbolsOf(style);
  const words = `${oneLine(name, 60)}: ${oneLine(shown, 300)}`;
  const how = `${by === "judged" ? "judged" : oneLine(command ?? "", 200)}, ${formatDuration(durationMs)}`;
  const passed = outcome === "passed";
  if (passed || textWidth(words) + textWidth(how) + 7 <= style.width)
    return [
      composeLine(style, [
        { text: `   ${passed ? good : bad} `, tone: passed ? "good" : "bad" },
        { text: words },
        { text: `  ${how}`, tone: "quiet" },
      ]).trimEnd(),
    ];
  const [first = "", ...rest] = prose(words, style, "bad", 5);
  return [
    paint(style, "bad", `   ${bad} `) + first.slice(5),
    ...rest,
    ...prose(how, style, "quiet", 5),
  ];
}

/** Every task that has not begun, with why, in the order of the plans. */
export function openTaskLines(
  history: ExecutionHistory,
  reasons: ReadonlyMap<string, WaitReason>,
  style: Style,
): string[] {
  const tasks = [...reasons.keys()].flatMap((key) => history.tasks.get(key) ?? []);
  if (tasks.length === 0) return [" Every task has begun."];
  const key = keyColumns(tasks.map(({ planned }) => planned.key));
  return tasks.map((task) => {
    const reason = reasons.get(task.planned.key);
    return composeLine(style, [
      { text: ` ${standingSymbol(task, style)} `, tone: standingTone(task) },
      { text: keyText(task.planned.key), columns: key + 2, tone: "strong" },
      { text: reason ? waitWords(reason) : "" },
    ]).trimEnd();
  });
}
