import { asksOf, type Ask } from "./asks.ts";
import { needsPerson } from "./compare-with-plan.ts";
import type { ExecutionHistory, TaskHistory } from "./execution-history.ts";

/** Why a task is not at work, as far as events say: the first that holds, what is nearer to its start last. */
export type WaitReason =
  /** Can't begin before somebody says a word on this one, which holds it up through `through`, nearest first. */
  | { readonly kind: "stuck"; readonly on: string; readonly through: readonly string[] }
  | { readonly kind: "dependencies"; readonly on: readonly string[] }
  /** Nothing new is started. */
  | { readonly kind: "stopped"; readonly by: string }
  | { readonly kind: "points"; readonly points: readonly string[] }
  | { readonly kind: "workers"; readonly most: number }
  /** Nothing but these, which are at work or on the way in, can hold it: one resource, one sequence, one batch, or no place for its phase. */
  | { readonly kind: "beside"; readonly tasks: readonly string[] }
  /** Kept apart from this one, by what the plans say. */
  | {
      readonly kind: "apart";
      readonly beside: string;
      readonly as: "conflict" | "sequence" | "tied";
      /** What both write, or the group that both are of; empty where dependencies tie them together. */
      readonly over: string;
    }
  /** The next decision starts it. */
  | { readonly kind: "ready" };

/** A task with all that is known of why it stands as it does. */
export interface TaskWhy {
  readonly task: TaskHistory;
  /** What it waits for, in the order of the plans. */
  readonly waitsFor: readonly TaskHistory[];
  /** Who waits for it and is not finished. */
  readonly holdsUp: readonly string[];
  /** Of one that is open. */
  readonly reason?: WaitReason;
  /** What it asks of a person. */
  readonly ask?: Ask;
}

/** Undefined for a key that no task has. */
export function whyTask(history: ExecutionHistory, key: string): TaskWhy | undefined {
  const task = history.tasks.get(key);
  if (!task) return undefined;
  const ask = asksOf(history).find((one) => one.task === key);
  const isOpen = task.status === "open" && history.end === undefined;
  return {
    task,
    waitsFor: dependenciesOf(history, task),
    holdsUp: [...history.tasks]
      .filter(([, { planned, status }]) => planned.waitsFor.includes(key) && !isOver(status))
      .map(([other]) => other),
    ...(isOpen ? { reason: waitReason(history, task) } : {}),
    ...(ask ? { ask } : {}),
  };
}

/** For every open task why it has not begun; empty once the run has ended. O(tasks + waits) where few are stuck. */
export function whyOpen(history: ExecutionHistory): ReadonlyMap<string, WaitReason> {
  const reasons = new Map<string, WaitReason>();
  if (history.end) return reasons;
  for (const [key, task] of history.tasks)
    if (task.status === "open") reasons.set(key, waitReason(history, task));
  return reasons;
}

const isOver = (status: TaskHistory["status"]): boolean =>
  status === "done" || status === "skipped";

const dependenciesOf = (
  { tasks }: ExecutionHistory,
  { planned: { waitsFor, parts = [] } }: TaskHistory,
): readonly TaskHistory[] =>
  [...new Set([...waitsFor, ...parts])].flatMap((key) => tasks.get(key) ?? []);

function waitReason(history: ExecutionHistory, task: TaskHistory): WaitReason {
  const open = dependenciesOf(history, task).filter(({ status }) => !isOver(status));
  if (open.length > 0) {
    return stuckOn(history, task) ?? { kind: "dependencies", on: open.map(keyOf) };
  }
  const stopped = stopOf(history);
  if (stopped !== undefined) return { kind: "stopped", by: stopped };
  if (history.points.length > 0) return { kind: "points", points: history.points };
  const active = [...history.tasks.values()].filter(({ status }) => ACTIVE.has(status));
  const busy = active.filter(({ status }) => status !== "landing");
  if (busy.length >= history.workers) return { kind: "workers", most: history.workers };
  return active.length > 0 ? { kind: "beside", tasks: active.map(keyOf) } : { kind: "ready" };
}

const ACTIVE: ReadonlySet<TaskHistory["status"]> = new Set(["running", "verifying", "landing"]);
const keyOf = ({ planned }: TaskHistory): string => planned.key;

/** In the modes that start nothing after a failure, the first that failed for good; else what the run is held by. */
function stopOf({ tasks, failures, held }: ExecutionHistory): string | undefined {
  if (failures !== "continue")
    for (const { status, retryAt, planned } of tasks.values())
      if (status === "failed" && retryAt === undefined) return `${planned.key} failed`;
  return held?.reason;
}

/** The nearest that a person has to say a word on, among all that it waits for; breadth first. */
function stuckOn(history: ExecutionHistory, task: TaskHistory): WaitReason | undefined {
  const from = new Map<TaskHistory, TaskHistory | undefined>([[task, undefined]]);
  for (const each of from.keys()) {
    if (each !== task && needsPerson(each)) {
      const through: string[] = [];
      for (let one = from.get(each); one && one !== task; one = from.get(one))
        through.unshift(keyOf(one));
      return { kind: "stuck", on: keyOf(each), through };
    }
    for (const next of dependenciesOf(history, each))
      if (!isOver(next.status) && !from.has(next)) from.set(next, each);
  }
  return undefined;
}
