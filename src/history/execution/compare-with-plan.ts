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
}

/** `now`: what counts as the end of what lasts. O(tasks log tasks + waits). */
export function compareWithPlan(history: ExecutionHistory, now: number): PlanComparison {
  const end = history.endedAt ?? now;
  const all = [...history.tasks.values()];
  const planned = plannedTimes(
    all.map((task) => task.planned).filter(({ status }) => !isOver(status)),
    history.workers,
  );
  const factor = paceOf(history, end);
  return {
    tasks: all.map((task) => compared(task, planned.get(task.planned.key), end)),
    plannedMinutes: [...planned.values()].reduce((last, time) => Math.max(last, time.end), 0),
    ...(factor === undefined ? {} : { factor }),
  };
}

/** Time of finished tasks by what was expected of them; undefined before the first, and where nothing was expected. O(tasks). */
function paceOf({ tasks }: ExecutionHistory, end: number): number | undefined {
  let [expected, took] = [0, 0];
  for (const task of tasks.values()) {
    if (task.status !== "done" || task.planned.minutes <= 0) continue;
    const activeMs = activeOf(task, end);
    if (activeMs <= 0) continue;
    took += activeMs;
    expected += task.planned.minutes * MINUTE;
  }
  return expected > 0 ? took / expected : undefined;
}

/**
 * When the run ends, if the rest takes as much longer or shorter than expected as what is finished did, laid out anew for the same
 * workers; undefined at the end, before the first task is finished, and where a person is waited for. O(tasks log tasks + waits).
 */
export function expectedEnd(history: ExecutionHistory, now: number): number | undefined {
  if (history.endedAt !== undefined || history.held) return undefined;
  const left = [...history.tasks.values()].filter(({ status }) => !isOver(status));
  if (left.length === 0 || left.some(needsPerson)) return undefined;
  const pace = paceOf(history, now);
  if (pace === undefined) return undefined;
  const minutesLeft = ({ key, minutes }: PlanTask): number => {
    const task = history.tasks.get(key);
    if (!task || task.status === "landing") return 0;
    const isWorked = task.status === "running" || task.status === "verifying";
    return Math.max(0, minutes * pace - (isWorked ? activeOf(task, now) / MINUTE : 0));
  };
  const times = plannedTimes(
    left.map(({ planned }) => planned),
    history.workers,
    minutesLeft,
  );
  return now + [...times.values()].reduce((most, { end }) => Math.max(most, end), 0) * MINUTE;
}

const isOver = (status: string): boolean => status === "done" || status === "skipped";

/** Time that workers were busy with attempts that came to something, or are under way. */
function activeOf({ attempts, stretches }: TaskHistory, end: number): number {
  const lost = new Set(attempts.filter(cameToNothing).map(({ number }) => number));
  return stretches.reduce(
    (sum, { lane, attempt, from, to = end }) =>
      lane === undefined || lost.has(attempt) ? sum : sum + Math.max(0, to - from),
    0,
  );
}

function compared(task: TaskHistory, planned: PlannedTime | undefined, end: number): ComparedTask {
  const [first] = task.attempts;
  const activeMs = activeOf(task, end);
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

/** Goes on only by a person's word. */
export const needsPerson = ({ status, retryAt }: TaskHistory): boolean =>
  status === "blocked" || (status === "failed" && retryAt === undefined);
