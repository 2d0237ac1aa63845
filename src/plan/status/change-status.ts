import type { Json } from "../../core/json.ts";
import { WavegateError } from "../../core/error.ts";
import { err, ok, type Result } from "../../core/result.ts";
import { oneLine } from "../../core/text.ts";
import { fieldOf, JsonDocument, type TreeMap } from "./json-document.ts";
import {
  countStates,
  TASK_STATES,
  type PlanStatus,
  type StatusTask,
  type TaskState,
} from "./model.ts";
import { INSTEAD, wayTo } from "./transitions.ts";

export interface StatusMove {
  /** Keys of tasks of the status file. */
  readonly tasks: readonly string[];
  readonly to: TaskState;
  /** Now, in milliseconds since 1970. */
  readonly now: number;
  /** What was done, why it failed, why it is skipped; in the field that the state has for it. */
  readonly words?: string;
}

type Changed = Result<string, WavegateError>;

/**
 * The text of a status file after tasks went to another state, all or none. Times, durations, counts and the current phase are
 * set right; nothing else is touched, unknown fields, order, indentation and line ends stay. Tasks that are in the state already stay as
 * they are. Errors: PLAN_TASK_UNKNOWN; PLAN_EDIT_REFUSED where no documented way leads to the state.
 */
export function moveTasks(status: PlanStatus, { tasks, to, now, words }: StatusMove): Changed {
  const moving: StatusTask[] = [];
  const known = new Map(status.tasks.map((task) => [task.key, task]));
  for (const key of new Set(tasks)) {
    const task = known.get(key);
    if (!task) return err(noTask(status, key));
    const way = wayTo(task.state, to);
    if (!way) return err(noWay(task, to));
    if (way.length > 0) moving.push(task);
  }
  if (moving.length === 0) return ok(status.text);
  const document = new JsonDocument(status.text, status.root);
  const time = new Date(now).toISOString();
  for (const task of moving) STEPS[to](document, task, { time, now, words });
  const moved = new Set(moving);
  const after = status.tasks.map((task) => ({ ...task, state: moved.has(task) ? to : task.state }));
  setCounts(document, status, after);
  setPhase(document, status, after);
  document.set(status.root, "lastUpdatedAt", time);
  return ok(document.text());
}

interface Moment {
  readonly time: string;
  readonly now: number;
  readonly words: string | undefined;
}

type Step = (document: JsonDocument, task: StatusTask, moment: Moment) => void;

/** What a record holds in each state besides the word. Fields that say something of an earlier try go. */
const STEPS: Readonly<Record<TaskState, Step>> = {
  pending(document, task, { time }) {
    const { node } = task;
    setState(document, node, "pending");
    document.remove(node, ["startedAt", "completedAt", "duration", "error"]);
    document.set(node, "retryCount", task.retries + 1);
    if (task.error !== undefined) document.set(node, "lastError", task.error);
    document.set(node, "lastErrorAt", task.completedAt ?? time);
  },
  in_progress(document, { node, startedAt }, { time }) {
    setState(document, node, "in_progress");
    if (startedAt === undefined) setTime(document, node, "startedAt", time);
  },
  completed(document, task, moment) {
    finish(document, task, moment, "completed");
    if (moment.words !== undefined) document.set(task.node, "notes", moment.words);
  },
  failed(document, task, moment) {
    finish(document, task, moment, "failed");
    if (moment.words !== undefined) document.set(task.node, "error", moment.words);
  },
  skipped(document, task, moment) {
    finish(document, task, moment, "skipped");
    if (moment.words !== undefined) document.set(task.node, "skipReason", moment.words);
  },
};

/** The end of a task. When one began that nobody started is not known, nor how long it took: neither is written. */
function finish(
  document: JsonDocument,
  { node, startedAt }: StatusTask,
  { time, now }: Moment,
  state: TaskState,
): void {
  setState(document, node, state);
  setTime(document, node, "completedAt", time);
  const since = startedAt === undefined ? Number.NaN : Date.parse(startedAt);
  if (Number.isFinite(since)) document.set(node, "duration", Math.max(0, now - since));
}

const setState = (document: JsonDocument, node: TreeMap, state: TaskState) =>
  document.set(node, "status", state);

const setTime = (document: JsonDocument, node: TreeMap, key: string, time: string) =>
  document.set(node, key, time);

function setCounts(
  document: JsonDocument,
  status: PlanStatus,
  after: readonly { readonly state: TaskState }[],
): void {
  const counts = countStates(after.map(({ state }) => state));
  const summary = fieldOf(status.root, "summary");
  if (summary?.kind !== "map") {
    // Anything else in its place is left: the original reads counts anew.
    if (!summary) document.add(status.root, "summary", counts);
    return;
  }
  for (const key of ["totalTasks", ...TASK_STATES] as const) {
    const count = counts[key];
    const written = status.summary?.[key];
    const missing = fieldOf(summary, key) === undefined;
    if (missing ? count > 0 : written !== count) document.set(summary, key, count);
  }
}

/** The phase of the first task that is in progress, else of the first that is left, else of the last. */
export function currentPhaseOf(tasks: readonly StatusTask[]): string | undefined {
  const first = (...states: readonly TaskState[]) =>
    tasks.find(({ state }) => states.includes(state));
  return (first("in_progress") ?? first("pending", "failed") ?? tasks.at(-1))?.phase;
}

function setPhase(
  document: JsonDocument,
  { root }: PlanStatus,
  after: readonly StatusTask[],
): void {
  const phase = currentPhaseOf(after);
  if (phase !== undefined) document.set(root, "currentPhase", phase);
}

const noTask = ({ file }: PlanStatus, key: string): WavegateError =>
  new WavegateError("PLAN_TASK_UNKNOWN", `${file} has no task ${oneLine(key, 40)}.`, {
    hint: "Check the id.",
    place: { file },
  });

const noWay = (task: StatusTask, to: TaskState): WavegateError =>
  new WavegateError(
    "PLAN_EDIT_REFUSED",
    `Task ${oneLine(task.key, 40)} is ${task.state}, so it can't become ${to}.`,
    { hint: INSTEAD[task.state], place: task.place },
  );

/** Tasks of the plan that the status file lacks, put behind its own as pending ones. */
export interface NewRecord {
  readonly id: string;
  readonly phase: string | undefined;
  readonly description: string;
}

/** The text of a status file with further tasks, e.g. those that were appended to the plan. */
export function addRecords(status: PlanStatus, records: readonly NewRecord[], now: number): string {
  const list = fieldOf(status.root, "tasks");
  if (list?.kind !== "list" || records.length === 0) return status.text;
  const document = new JsonDocument(status.text, status.root);
  for (const { id, phase, description } of records) {
    const record: Json = {
      id,
      ...(phase !== undefined && { phase }),
      description,
      status: "pending",
    };
    document.push(list, record);
  }
  const states = [
    ...status.tasks.map(({ state }) => state),
    ...records.map(() => "pending" as const),
  ];
  setCounts(
    document,
    status,
    states.map((state) => ({ state })),
  );
  document.set(status.root, "lastUpdatedAt", new Date(now).toISOString());
  return document.text();
}
