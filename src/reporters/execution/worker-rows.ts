import { oneLine } from "../../core/text.ts";
import type { ExecutionHistory, TaskHistory } from "../../history/execution/execution-history.ts";
import { clock } from "../agent-line.ts";
import { plural } from "../figure-lines.ts";
import { keyColumns, keyText, taskText } from "../plans/plan-words.ts";
import { textWidth } from "../text-width.ts";
import { composeLine, type Style } from "../style.ts";
import { standingSymbol, standingTone } from "./task-marks.ts";

/** A row for each worker that is busy: its number, the task, who is asked, for how long, what was said last; then who is idle. */
export function workerRows(
  history: ExecutionHistory,
  style: Style & { readonly now: number; readonly room?: number },
): string[] {
  const busy = [...history.tasks.values()]
    .filter(({ status }) => status === "running" || status === "verifying")
    .toSorted((a, b) => laneOf(a) - laneOf(b));
  const { room = Infinity } = style;
  const shown = busy.slice(0, busy.length <= room ? busy.length : Math.max(1, room - 1));
  const idle = history.workers - busy.length;
  const rows = shown.map((task) => workerRow(task, busy, style));
  if (busy.length > shown.length)
    return [...rows, quiet(`   and ${busy.length - shown.length} more at work`, style)];
  return idle > 0 && rows.length < room
    ? [...rows, quiet(`   ${idleText(idle, history)}`, style)]
    : rows;
}

const laneOf = ({ stretches }: TaskHistory): number => stretches.at(-1)?.lane ?? 0;

const quiet = (text: string, style: Style): string =>
  composeLine(style, [{ text, tone: "quiet" }]).trimEnd();

function idleText(idle: number, { tasks }: ExecutionHistory): string {
  const open = [...tasks.values()].filter(({ status }) => status === "open").length;
  const waits = open === 0 ? "" : `, ${plural(open, "task")} can't begin yet`;
  return `${plural(idle, "worker")} idle${waits}`;
}

function workerRow(
  task: TaskHistory,
  busy: readonly TaskHistory[],
  style: Style & { readonly now: number },
): string {
  const { planned, status, attempts } = task;
  const attempt = attempts.at(-1);
  const key = keyColumns(busy.map((each) => each.planned.key));
  const wide = style.width >= 60;
  const widest = busy.reduce(
    (most, each) => Math.max(most, textWidth(taskText(each.planned.title))),
    0,
  );
  const title = Math.min(widest, Math.max(10, Math.floor((style.width - key) * 0.4)));
  const since = attempt?.startedAt ?? task.since;
  const again = attempt && attempt.number > 1 ? ` #${attempt.number}` : "";
  const who = `${oneLine(attempt?.agent ?? "", 30)}${again}`;
  return composeLine(style, [
    { text: `${laneOf(task)}`, columns: 3, align: "right", tone: "quiet" },
    { text: ` ${standingSymbol(task, style, style.now)} `, tone: standingTone(task) },
    { text: keyText(planned.key), columns: key + 1, tone: "strong" },
    { text: taskText(planned.title), columns: title },
    { text: wide ? `  ${who}` : "", columns: wide ? 12 : 0, tone: "quiet" },
    { text: clock(style.now - since), columns: 9, align: "right", tone: "quiet" },
    {
      text: `  ${task.line === "" && status === "verifying" ? "checks" : oneLine(task.line, 200)}`,
    },
  ]).trimEnd();
}
