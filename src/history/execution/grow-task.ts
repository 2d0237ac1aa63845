import type { PlanEvent, PlanTask, TaskStatusName } from "../../core/plan-event.ts";
import type {
  CheckRun,
  PersonWord,
  Stretch,
  TaskAttempt,
  TaskHistory,
} from "./execution-history.ts";

export type Growing<T> = { -readonly [K in keyof T]: T[K] };
type GrowingAttempt = Growing<Omit<TaskAttempt, "checks">> & { checks: CheckRun[] };

/** A task's history while it grows. */
export type GrowingTask = Growing<Omit<TaskHistory, "stretches" | "attempts" | "words">> & {
  stretches: Growing<Stretch>[];
  attempts: GrowingAttempt[];
  words: PersonWord[];
};

type Of<T extends PlanEvent["type"]> = Extract<PlanEvent, { readonly type: T }>;

export const freshTask = (planned: PlanTask, at: number): GrowingTask => ({
  planned,
  status: planned.status,
  since: at,
  stretches: [{ status: planned.status, attempt: 0, from: at }],
  attempts: [],
  words: [],
  line: "",
});

/** Take in what happened to it; `lane`: the worker that it takes now. */
export function advanceTask(
  task: GrowingTask,
  event: Of<"task-advanced">,
  { at, lane }: { readonly at: number; readonly lane: number | undefined },
): void {
  const { status, attempt } = event;
  enter(task, {
    status,
    attempt,
    from: at,
    ...(lane === undefined ? {} : { lane }),
    ...(event.final === true && { final: true }),
  });
  task.line = "";
  delete task.retryAt;
  if (status === "failed" && event.final !== true) task.retryAt = at + (event.waitMs ?? 0);
  if (event.event === "person") task.words.push({ at, by: event.by ?? "", says: event.says ?? "" });
  growAttempt(task, event, { at, lane });
}

/** It stands another way from here on. */
function enter(task: GrowingTask, stretch: Stretch): void {
  const open = task.stretches.at(-1);
  if (open) open.to = stretch.from;
  task.stretches.push(stretch);
  task.status = stretch.status;
  task.since = stretch.from;
}

/** A worker is busy with it: what is landed takes none. */
export const isAtWork = (status: TaskStatusName): boolean =>
  status === "running" || status === "verifying";

/** Its attempt is not over yet: a question may be answered with a yes. */
const isUnderWay = (status: TaskStatusName): boolean =>
  isAtWork(status) || status === "landing" || status === "blocked";

function growAttempt(
  task: GrowingTask,
  event: Of<"task-advanced">,
  { at, lane }: { readonly at: number; readonly lane: number | undefined },
): void {
  if (event.event === "started")
    task.attempts.push({
      number: event.attempt,
      startedAt: at,
      lane: lane ?? 0,
      last: "started",
      checks: [],
    });
  const attempt = task.attempts.at(-1);
  if (!attempt || attempt.number !== event.attempt) return;
  // Between attempts nothing happens to the one before.
  if (attempt.endedAt !== undefined && !isUnderWay(event.status)) return;
  attempt.last = event.event;
  const { agent, reason, question, usage, agentMs, changed, commit, evidence, missing } = event;
  if (typeof agent === "string") attempt.agent = agent;
  if (reason) attempt.reason = reason;
  if (question) attempt.question = question;
  if (usage) attempt.usage = usage;
  if (agentMs !== undefined) attempt.workMs = (attempt.workMs ?? 0) + agentMs;
  if (changed !== undefined) attempt.changed = changed;
  if (commit !== undefined) attempt.commit = commit;
  if (missing) attempt.missing = missing;
  if (evidence !== undefined) attempt.evidence = evidence;
  if (isUnderWay(event.status)) delete attempt.endedAt;
  else attempt.endedAt = at;
}

/** It is another task now by the plan, and may stand another way by hand. */
export function restateTask(task: GrowingTask, planned: PlanTask, at: number): GrowingTask {
  task.planned = planned;
  const attempt = task.stretches.at(-1)?.attempt ?? 0;
  if (planned.status !== task.status) enter(task, { status: planned.status, attempt, from: at });
  return task;
}

/** Its run has ended: nobody is at work on it any more. */
export function stopTask(task: GrowingTask, at: number): void {
  if (!isAtWork(task.status) && task.status !== "landing") return;
  enter(task, { status: "open", attempt: task.stretches.at(-1)?.attempt ?? 0, from: at });
}

export function addCheck(task: GrowingTask, event: Of<"check-finished">, at: number): void {
  const { name, by, command, outcome, shown, durationMs } = event;
  const attempt = task.attempts.findLast(({ number }) => number === event.attempt);
  attempt?.checks.push({
    name,
    by,
    ...(command === undefined ? {} : { command }),
    outcome,
    shown,
    durationMs,
    endedAt: at,
  });
  if (task.status === "running" && task.planned.kind === "task")
    beginJudging(task, at - durationMs);
}

/** The first check says when its agent was done, before that is told: what comes after is told when all of it is over. */
function beginJudging(task: GrowingTask, at: number): void {
  const open = task.stretches.at(-1);
  if (!open) return;
  const from = Math.max(open.from, at);
  const { attempt, lane } = open;
  enter(task, { status: "verifying", attempt, from, ...(lane === undefined ? {} : { lane }) });
}
