import type { PlanTask } from "../../core/plan-event.ts";
import { cameToNothing } from "./execution-figures.ts";
import type { ExecutionHistory, TaskHistory } from "./execution-history.ts";
import { plannedTimes, type PlannedTime } from "./planned-times.ts";

const MINUTE = 60_000;

/** A task as it was planned, and as it went. */
export interface ComparedTask {
  readonly task: TaskHistory;
  /** Minutes since the start; absent for what was finished before, and for what waits in a circle. */
  readonly planned?: PlannedTime;
  /** From its first attempt until nothing was left to do, or until now; absent for what has not begun. */
  readonly actual?: { readonly from: number; readonly to: number; readonly lasts: boolean };
  /** Time that workers were busy with the attempt that came to something, or is under way. */
  readonly activeMs: number;
  /** Of a finished one, that time by the expected one. */
  readonly factor?: number;
}

export interface PlanComparison {
  readonly tasks: readonly ComparedTask[];
  /** What the plan expects of these workers (`planned-times.ts`). */
  readonly plannedMinutes: number;
  /** Time of finished tasks by what was expected of them; absent before the first, and where nothing was expected. */
  readonly factor?: number;
  /** When the rest ends if it takes as much longer or shorter; absent at the end, before it can be said, and where a person is waited for. */
  readonly expectedEnd?: number;
}

/** `now`: what counts as the end of what lasts. O(tasks log tasks + waits). */
export function compareWithPlan(history: ExecutionHistory, now: number): PlanComparison {
  const end = history.endedAt ?? now;
  const all = [...history.tasks.values()];
  const planned = plannedTimes(
    all.map((task) => task.planned).filter(({ status }) => !isOver(status)),
    history.workers,
  );
  const tasks = all.map((task) => compared(task, planned.get(task.planned.key), end));
  const finished = tasks.filter(({ factor }) => factor !== undefined);
  const expected = finished.reduce((sum, { task }) => sum + task.planned.minutes * MINUTE, 0);
  const took = finished.reduce((sum, { activeMs }) => sum + activeMs, 0);
  const factor = expected > 0 && took > 0 ? took / expected : undefined;
  const expectedEnd = factor === undefined ? undefined : endOf(history, { tasks, factor, now });
  return {
    tasks,
    plannedMinutes: [...planned.values()].reduce((last, time) => Math.max(last, time.end), 0),
    ...(factor === undefined ? {} : { factor }),
    ...(expectedEnd === undefined ? {} : { expectedEnd }),
  };
}

const isOver = (status: string): boolean => status === "done" || status === "skipped";

function compared(task: TaskHistory, planned: PlannedTime | undefined, end: number): ComparedTask {
  const [first] = task.attempts;
  const lost = new Set(task.attempts.filter(cameToNothing).map(({ number }) => number));
  const activeMs = task.stretches.reduce(
    (sum, { lane, attempt, from, to = end }) =>
      lane === undefined || lost.has(attempt) ? sum : sum + Math.max(0, to - from),
    0,
  );
  const over = isOver(task.status) || (task.status === "failed" && task.retryAt === undefined);
  const expectedMs = task.planned.minutes * MINUTE;
  return {
    task,
    ...(planned ? { planned } : {}),
    ...(first
      ? { actual: { from: first.startedAt, to: over ? task.since : end, lasts: !over } }
      : {}),
    activeMs,
    ...(task.status === "done" && activeMs > 0 && expectedMs > 0
      ? { factor: activeMs / expectedMs }
      : {}),
  };
}

/** What is left, laid out anew for the same workers. */
function endOf(
  history: ExecutionHistory,
  {
    tasks,
    factor,
    now,
  }: { readonly tasks: readonly ComparedTask[]; readonly factor: number; readonly now: number },
): number | undefined {
  if (history.endedAt !== undefined || history.held) return undefined;
  const left = tasks.filter(({ task }) => !isOver(task.status));
  if (left.some(({ task }) => needsPerson(task))) return undefined;
  const byKey = new Map(left.map((each) => [each.task.planned.key, each]));
  const minutesLeft = ({ key, minutes }: PlanTask): number => {
    const each = byKey.get(key);
    const isWorked = each && (each.task.status === "running" || each.task.status === "verifying");
    return Math.max(0, minutes * factor - (isWorked ? each.activeMs / MINUTE : 0));
  };
  const times = plannedTimes(
    left.map(({ task }) => task.planned),
    history.workers,
    minutesLeft,
  );
  const last = [...times.values()].reduce((most, time) => Math.max(most, time.end), 0);
  return left.length === 0 ? undefined : now + last * MINUTE;
}

/** Goes on only by a person's word. */
export const needsPerson = ({ status, retryAt }: TaskHistory): boolean =>
  status === "blocked" || (status === "failed" && retryAt === undefined);
