import type { Progress, RecordedEvent, RunEvent } from "../../core/event.ts";
import { isPlanEvent, type PlanEvent } from "../../core/plan-event.ts";
import { isSessionEvent } from "../../core/session-event.ts";
import { readAttemptName } from "../../core/attempt-name.ts";
import type { ConcernEvent, ExecutionHistory, Landing, NotedEvent } from "./execution-history.ts";
import { growConcerns } from "./grow-concerns.ts";
import {
  addCheck,
  advanceTask,
  freshTask,
  isAtWork,
  restateTask,
  stopTask,
  type Growing,
  type GrowingTask,
} from "./grow-task.ts";
import { Lanes } from "./lanes.ts";

type GrowingHistory = Growing<
  Omit<ExecutionHistory, "tasks" | "landings" | "notes" | "concerns" | "checkpoints">
> & {
  tasks: Map<string, GrowingTask>;
  landings: Growing<Landing>[];
  notes: { at: number; event: NotedEvent }[];
  concerns: { at: number; event: ConcernEvent }[];
  checkpoints: ExecutionHistory["checkpoints"][number][];
};

type Of<T extends RunEvent["type"]> = Extract<RunEvent, { readonly type: T }>;

/**
 * Takes in the events of a run one by one and grows what is known of it, each in time that does not depend on how many there
 * were. What was taken in before is passed over. Any order of events gives something; nothing throws.
 */
export class ExecutionRecorder {
  #history: GrowingHistory | undefined;
  readonly #lanes = new Lanes<GrowingTask>();
  readonly #before = { seq: 0, subject: "", startedAt: 0 };

  /** What is known; undefined for a run that carries out no plans, and before it begins. It grows with what is taken in later. */
  get history(): ExecutionHistory | undefined {
    return this.#history;
  }

  take({ runId, seq, at, event }: RecordedEvent): void {
    if (seq <= (this.#history?.seq ?? this.#before.seq)) return;
    const parsed = Date.parse(at);
    const time = Number.isNaN(parsed) ? (this.#history?.seenAt ?? 0) : parsed;
    if (event.type === "run-started" && !this.#history) {
      this.#before.subject = event.subject;
      this.#before.startedAt ||= time;
    }
    if (event.type === "plan-run-started" && !this.#history) {
      const { subject, startedAt } = this.#before;
      this.#history = begun(event, { runId, subject, startedAt: startedAt || time, at: time });
    }
    this.#before.seq = seq;
    if (!this.#history) return;
    this.#history.seq = seq;
    this.#history.seenAt = Math.max(this.#history.seenAt, time);
    if (isPlanEvent(event)) this.#grow(this.#history, event, time);
    if (isSessionEvent(event)) growConcerns(this.#history, event, time);
    if (event.type === "child-taken") this.#taken(this.#history, event);
    if (event.type === "run-finished") {
      for (const task of this.#history.tasks.values()) stopTask(task, time);
      this.#history.endedAt = time;
      this.#history.end = { status: event.status, message: event.message };
    }
  }

  /** What an agent said that is at work on a task, or the tests of a batch that is landed. */
  say({ stage, role, line }: Pick<Progress, "stage" | "role" | "line">): void {
    const found = this.#history?.tasks.get(role);
    if (found?.status === "running" || found?.status === "verifying") found.line = line;
    const landing = stage === "landing" ? this.#history?.landings.at(-1) : undefined;
    if (landing && landing.to === undefined) landing.line = line;
  }

  #grow(history: GrowingHistory, event: PlanEvent, at: number): void {
    switch (event.type) {
      case "task-advanced":
        history.held = undefined;
        history.budget = event.budget ?? history.budget;
        return this.#advance(taskOf(history, event.task), event, at);
      case "check-finished":
        return addCheck(taskOf(history, event.task), event, at);
      case "landing-started":
      case "landing-finished":
        return land(history, event, at);
      case "plan-changed":
        history.plans = event.plans;
        history.tasks = replanned(history.tasks, event, at);
        for (const task of history.tasks.values())
          if (!isAtWork(task.status)) this.#lanes.give(task);
        history.notes.push({ at, event });
        return;
      case "plan-refused":
      case "plan-replanned":
      case "word-refused":
        history.notes.push({ at, event });
        return;
      case "target-moved":
        history.notes.push({ at, event });
        return;
      case "base-tested":
        if (event.outcome !== "passed") history.notes.push({ at, event });
        return;
      case "plan-marked":
        if (event.problem !== undefined) history.notes.push({ at, event });
        return;
      case "plan-run-held":
      case "plan-run-resumed":
      case "sync-point-reached":
      case "sync-point-released":
        return pause(history, event);
      case "plan-run-finished":
        history.held = undefined;
        return;
      case "plan-run-started":
        return;
    }
  }

  #taken({ tasks }: GrowingHistory, { child, pid, host }: Of<"child-taken">): void {
    const name = readAttemptName(child);
    const attempt = name && tasks.get(name.key)?.attempts.at(-1);
    if (attempt?.number === name?.attempt && attempt) attempt.elsewhere = { pid, host };
  }

  #advance(task: GrowingTask, event: Of<"task-advanced">, at: number): void {
    const lane = isAtWork(event.status) ? this.#lanes.take(task) : undefined;
    if (lane === undefined) this.#lanes.give(task);
    advanceTask(task, event, { at, lane });
  }
}

const begun = (
  event: Of<"plan-run-started">,
  known: Pick<ExecutionHistory, "runId" | "subject" | "startedAt"> & { readonly at: number },
): GrowingHistory => ({
  runId: known.runId,
  seq: 0,
  subject: known.subject,
  startedAt: known.startedAt,
  seenAt: known.at,
  plans: event.plans,
  workers: event.workers,
  pattern: event.pattern,
  failures: event.failures,
  base: event.base,
  branch: event.branch,
  target: event.target,
  tasks: new Map(event.tasks.map((task) => [task.key, freshTask(task, known.at)])),
  landings: [],
  budget: undefined,
  held: undefined,
  points: [],
  notes: [],
  concerns: [],
  checkpoints: [],
});

/** A task that no plan has is known by its key alone. */
function taskOf(history: GrowingHistory, key: string): GrowingTask {
  const known = history.tasks.get(key);
  if (known) return known;
  const fresh = freshTask(
    {
      key,
      title: key,
      plan: "",
      phase: null,
      kind: "task",
      minutes: 0,
      waitsFor: [],
      status: "open",
    },
    history.seenAt,
  );
  history.tasks.set(key, fresh);
  return fresh;
}

/** Tasks in the order of the plan as it is now. What is gone from it and was tried is kept, at the end; ticks by hand count. */
function replanned(
  before: ReadonlyMap<string, GrowingTask>,
  { tasks, edits }: Of<"plan-changed">,
  at: number,
): Map<string, GrowingTask> {
  const from = new Map(edits.flatMap((edit) => (edit.from ? [[edit.task, edit.from]] : [])));
  const kept = new Set<string>();
  const now = new Map<string, GrowingTask>();
  for (const planned of tasks) {
    const key = from.get(planned.key) ?? planned.key;
    const known = before.get(key);
    kept.add(key);
    now.set(planned.key, known ? restateTask(known, planned, at) : freshTask(planned, at));
  }
  for (const [key, task] of before)
    if (!kept.has(key) && !now.has(key) && task.attempts.length > 0) now.set(key, task);
  return now;
}

function land(
  history: GrowingHistory,
  event: Of<"landing-started"> | Of<"landing-finished">,
  at: number,
): void {
  const { batch } = event;
  if (event.type === "landing-started") {
    history.landings.push({ ...NOTHING_LANDED, batch, tasks: event.tasks, from: at });
    return;
  }
  const { head, landed, conflicted, failed, durationMs } = event;
  const result = { to: at, head, landed, conflicted, failed };
  const open = history.landings.findLast((one) => one.batch === batch && one.to === undefined);
  delete open?.line;
  if (open) Object.assign(open, result);
  else {
    const tasks = [...landed, ...conflicted, ...failed].map(({ task }) => task);
    history.landings.push({ batch, tasks, from: at - durationMs, ...result });
  }
  history.head = head;
}

const NOTHING_LANDED = { landed: [], conflicted: [], failed: [] };

type Pause = Extract<
  PlanEvent,
  {
    readonly type:
      | "plan-run-held"
      | "plan-run-resumed"
      | "sync-point-reached"
      | "sync-point-released";
  }
>;

function pause(history: GrowingHistory, event: Pause): void {
  switch (event.type) {
    case "plan-run-held": {
      const { code, reason, hint, points } = event;
      history.held = { code, reason, hint };
      history.points = points;
      return;
    }
    case "plan-run-resumed":
      history.held = undefined;
      return;
    case "sync-point-reached":
      history.points = [...new Set([...history.points, event.point])];
      return;
    case "sync-point-released":
      history.points = history.points.filter((point) => point !== event.point);
  }
}

/** The history of a run that carries out plans, as far as it is recorded; undefined for any other run. */
export function executionOf(records: Iterable<RecordedEvent>): ExecutionHistory | undefined {
  const recorder = new ExecutionRecorder();
  for (const record of records) recorder.take(record);
  return recorder.history;
}
