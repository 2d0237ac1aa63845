import { openCircuits, withAttempt } from "../../execution/circuit-breaker.ts";
import type { TaskEvent } from "../../execution/task-event.ts";
import type { Evidence } from "../../execution/evidence.ts";
import { withAttemptMs } from "../../execution/landing-pace.ts";
import type { TaskState } from "../../execution/task-state.ts";
import { oneLine } from "../../core/text.ts";
import type { LandBatchItem } from "../landing-batch.ts";
import { notesOf, retryWait, tell, type ActiveChild, type PlanRun } from "./plan-run.ts";
import type { TaskOutput } from "./task-child.ts";
import { nodeOf } from "./start-tasks.ts";
import { titleOf } from "../../execution/plan-tasks.ts";

/** A child of a task has ended: its events in order, and what follows from them. `at`: when that became known. */
export async function takeChild(
  run: PlanRun,
  name: string,
  { output, at }: { readonly output: TaskOutput; readonly at: number },
): Promise<void> {
  const child = run.active.get(name);
  if (!child) return;
  run.active.delete(name);
  noteAttempt(run, child, output);
  // No longer in the plan: the work is kept under its ref, and nobody lands it.
  if (child.orphaned) return;
  const { task } = child;
  if (output.result) notesOf(run, task).result = output.result;
  const report = output.cost && output.result?.told;
  if (report) run.reports.push({ task, attempt: child.attempt, report });
  const last = output.events.at(-1);
  for (const event of output.events) {
    const state = await tell(run, task, event, event === last ? costOf(child, output) : {});
    if (state && event === last) await followUp(run, { task, event, state, output, at });
  }
}

/** A child that threw: its attempt came to nothing, whatever the cause. */
export async function takeBroken(
  run: PlanRun,
  name: string,
  { message, at }: { readonly message: string; readonly at: number },
): Promise<void> {
  const child = run.active.get(name);
  if (!child) return;
  run.active.delete(name);
  if (child.orphaned) return;
  const { task } = child;
  if (child.ending) {
    await tell(run, task, { kind: "canceled" });
    return;
  }
  const reason = { kind: "crashed", message: oneLine(message, 300), details: [] };
  const event = { kind: "failed", reason, again: true } as const;
  const state = await tell(run, task, event);
  if (state) scheduleRetry(run, { task, state, at });
}

function noteAttempt(
  run: PlanRun,
  { agent, sequence, task, orphaned }: ActiveChild,
  output: TaskOutput,
): void {
  const { startedAt, endedAt, cost, changedFiles } = output;
  const minute = (at: number) => (at - run.begun.at) / 60_000;
  if (!orphaned) run.measured.set(task, { start: minute(startedAt), end: minute(endedAt) });
  run.pace = withAttemptMs(run.pace, endedAt - startedAt);
  if (!cost || agent === null || output.stop || output.events.at(-1)?.kind === "canceled") return;
  if (cost.outside) return;
  const attempt = { sequence, agent, outputBytes: cost.outputBytes, changedFiles };
  run.ended = withAttempt(run.ended, attempt);
  const open = openCircuits(run.ended, run.circuits);
  for (const silent of open)
    if (!run.stops.some(({ message }) => message.includes(`agent ${silent} `)))
      run.stops.push({
        code: "AGENT_SILENT",
        message: `The agent ${oneLine(silent, 60)} gave no output and changed no file in three attempts: more of them would be the same.`,
        hint: "Find out with `wavegate agents --greet` and `wavegate logs` why it says nothing.",
      });
}

function costOf({ agent }: ActiveChild, output: TaskOutput) {
  const { cost, startedAt, endedAt, changedFiles, result, evidence } = output;
  return {
    agent,
    durationMs: Math.max(0, endedAt - startedAt),
    changed: changedFiles,
    ...(result && { commit: result.commit }),
    ...(evidence !== null && { evidence }),
    ...(cost && {
      usage: cost.usage,
      outputBytes: cost.outputBytes,
      agentMs: cost.agentMs,
      ...(cost.priced && { costFrom: "prices" as const }),
      ...(cost.budget && { budget: cost.budget }),
    }),
  };
}

interface Ended {
  readonly task: string;
  readonly event: TaskEvent;
  readonly state: TaskState;
  readonly output: TaskOutput;
  readonly at: number;
}

async function followUp(run: PlanRun, { task, event, state, output, at }: Ended): Promise<void> {
  if (output.stop) run.stops.push(output.stop);
  const notes = notesOf(run, task);
  if (state.status === "done") notes.report = output.result?.report ?? "";
  if (state.status === "landing") enqueue(run, task, state);
  if (event.kind !== "failed" || state.status !== "failed") return;
  const { commit } = output.result ?? {};
  const changed = output.changedFiles > 0 && commit !== undefined;
  notes.earlier.push({
    attempt: state.tries.attempt,
    ...event.reason,
    ...(changed && { commit }),
  });
  scheduleRetry(run, { task, state, at });
}

/** When it is tried again, by the time of the run. */
export function scheduleRetry(
  run: PlanRun,
  { task, state, at }: { readonly task: string; readonly state: TaskState; readonly at: number },
): void {
  const waitMs = retryWait(run, task, state);
  if (waitMs !== undefined) run.due.set(task, at + waitMs);
}

/** A result that is good waits for its landing. */
export function enqueue(
  run: PlanRun,
  task: string,
  state: Extract<TaskState, { readonly status: "landing" }>,
): void {
  const { result, title = titleOf(nodeOf(run, task)) } = notesOf(run, task);
  if (!result) throw new Error(`${task} is to be landed, and nothing was collected`);
  const { tries, evidence } = state;
  const item: LandBatchItem = {
    task,
    title,
    attempt: tries.attempt,
    commit: result.commit,
    base: result.base,
    shown: evidence.kind === "work" ? evidence.shown : [],
    verified: verifiedBy(evidence),
  };
  run.queue.set(task, item);
}

const verifiedBy = (evidence: Evidence): readonly string[] =>
  evidence.kind === "work"
    ? evidence.checks.map(({ name, outcome }) => oneLine(`${name}: ${outcome}`, 200))
    : [];
