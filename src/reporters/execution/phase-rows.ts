import { oneLine } from "../../core/text.ts";
import type { ExecutionHistory, TaskHistory } from "../../history/execution/execution-history.ts";
import { composeLine, type Cell, type Style } from "../style.ts";
import { textWidth } from "../text-width.ts";
import { standingSymbol, standingTone, worthMost } from "./task-marks.ts";

/** Tasks of one phase of one plan. */
export interface PhaseGroup {
  readonly name: string;
  readonly tasks: readonly TaskHistory[];
  readonly done: number;
  /** Something of it is at work, on the way in, asking or failed. */
  readonly lively: boolean;
}

const MOST_NAME = 28;

/** Phases in the order of the plans, each with its tasks; the plan's name is in front where there are several. */
export function phaseGroups({ tasks, plans }: ExecutionHistory): readonly PhaseGroup[] {
  const several = plans.length > 1;
  const groups = new Map<string, { readonly name: string; readonly tasks: TaskHistory[] }>();
  for (const task of tasks.values()) {
    const { plan, phase } = task.planned;
    const key = JSON.stringify([plan, phase]);
    const known = groups.get(key);
    if (known) known.tasks.push(task);
    else groups.set(key, { name: groupName({ plan, phase, several }), tasks: [task] });
  }
  return [...groups.values()].map(({ name, tasks: members }) => ({
    name,
    tasks: members,
    done: members.filter(({ status }) => status === "done" || status === "skipped").length,
    lively: members.some(({ status }) => LIVELY.has(status)),
  }));
}

const LIVELY: ReadonlySet<TaskHistory["status"]> = new Set([
  "running",
  "verifying",
  "landing",
  "blocked",
  "failed",
]);

interface Named {
  readonly plan: string;
  readonly phase: string | null;
  readonly several: boolean;
}

function groupName({ plan, phase, several }: Named): string {
  if (phase === null) return oneLine(plan, 60) || "tasks";
  return several ? `${oneLine(plan, 30)}: ${oneLine(phase, 60)}` : oneLine(phase, 80);
}

/** A row for each phase: name, how many are done, a mark for each task in order. At most `room` rows; of the rest it is told how many. */
export function phaseRows(
  groups: readonly PhaseGroup[],
  style: Style & { readonly now?: number; readonly room?: number },
): string[] {
  const { room = Infinity } = style;
  const shown = groups.length <= room ? groups : chosen(groups, Math.max(1, room - 1));
  const name = Math.min(
    MOST_NAME,
    Math.floor(style.width / 3),
    shown.reduce((most, group) => Math.max(most, textWidth(group.name)), 0),
  );
  const count = shown.reduce((most, group) => Math.max(most, countText(group).length), 0);
  const rows = shown.map((group) => phaseRow(group, { ...style, name, count }));
  const hidden = groups.filter((group) => !shown.includes(group));
  if (hidden.length === 0) return rows;
  const finished = hidden.filter(({ done, tasks }) => done === tasks.length).length;
  const text = ` and ${hidden.length} more phases: ${finished} done, ${hidden.length - finished} to come`;
  return [...rows, composeLine(style, [{ text, tone: "quiet" }]).trimEnd()];
}

/** Lively ones first, then those that come next, then what is done; in the order of the plans. */
function chosen(groups: readonly PhaseGroup[], room: number): readonly PhaseGroup[] {
  const rank = ({ lively, done, tasks }: PhaseGroup) => (lively ? 0 : done < tasks.length ? 1 : 2);
  const kept = new Set(groups.toSorted((a, b) => rank(a) - rank(b)).slice(0, room));
  return groups.filter((group) => kept.has(group));
}

function phaseRow(
  group: PhaseGroup,
  style: Style & { readonly now?: number; readonly name: number; readonly count: number },
): string {
  const { name, tasks, done } = group;
  const room = Math.max(4, style.width - style.name - style.count - 6);
  const tone = done === tasks.length ? "quiet" : "plain";
  return composeLine(style, [
    { text: ` ${name}`, columns: style.name + 2, tone },
    { text: countText(group), columns: style.count + 1, align: "right", tone: "quiet" },
    { text: "  " },
    ...marks(tasks, room, style),
  ]).trimEnd();
}

const countText = ({ done, tasks }: PhaseGroup): string => `${done} of ${tasks.length}`;

/** One mark for each task; where there are more than there is room for, one for several, as the one that matters most. */
function marks(
  tasks: readonly TaskHistory[],
  room: number,
  style: Style & { readonly now?: number },
): readonly Cell[] {
  const each = Math.max(1, Math.ceil(tasks.length / room));
  const cells: { text: string; tone: Cell["tone"] & string }[] = [];
  for (let from = 0; from < tasks.length; from += each) {
    const task = worthMost(tasks.slice(from, from + each));
    if (!task) continue;
    const [text, tone] = [standingSymbol(task, style, style.now), standingTone(task)];
    const last = cells.at(-1);
    if (last?.tone === tone) last.text += text;
    else cells.push({ text, tone });
  }
  return cells;
}
