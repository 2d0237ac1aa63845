import { VersionedMap } from "../../core/versioned-map.ts";
import type { PlanEvent, TaskStatusName } from "../../core/plan-event.ts";
import { advance } from "../../execution/advance.ts";
import { backoffMs, waitsAfter } from "../../execution/backoff.ts";
import type { EndedAttempt } from "../../execution/circuit-breaker.ts";
import type { MeasuredTask, ToldEnd } from "../../execution/drift.ts";
import type { ReportNews } from "../../execution/checkpoints/notes-after.ts";
import type { Executable } from "../../execution/executable.ts";
import type { LandingPace } from "../../execution/landing-pace.ts";
import type { LiveDecisions } from "../../execution/live/live-decisions.ts";
import { stateOfTask, type RunRules, type RunState } from "../../execution/run-state.ts";
import type { TaskEvent } from "../../execution/task-event.ts";
import type { EarlierAttempt } from "../../execution/task-prompt.ts";
import type { TaskNews } from "../../execution/task-news.ts";
import type { TaskState } from "../../execution/task-state.ts";
import type { LandingBranch } from "../../ports/landing.ts";
import type { Steps, Workflow } from "../../ports/engine.ts";
import { chanceOf } from "../../stage/retry.ts";
import type { StopReason } from "../../stage/records.ts";
import type { LandBatch, LandBatchItem, LandBatchOutput } from "../landing-batch.ts";
import type { PlanRunInput } from "../run-plan-input.ts";
import type { Between } from "./between-tasks.ts";
import type { Ground } from "./ground.ts";
import type { PlanRunPorts } from "./plan-ports.ts";
import type { RunTask } from "./run-task.ts";
import type { MarkState, SeenFiles, TakenPlans } from "./taken-plans.ts";
import type { ProvenCommit, TaskResult } from "./task-child.ts";
import type { VerifyTask } from "./verify-task.ts";

/** The children of a run of plans. */
export interface PlanChildren {
  readonly runTask: RunTask;
  readonly verifyTask: VerifyTask;
  readonly landBatch: Workflow<LandBatch, LandBatchOutput>;
}

/** A child at work. */
export interface ActiveChild {
  /** Its key now: plans are edited while it is at work. */
  task: string;
  readonly attempt: number;
  readonly sequence: number;
  readonly agent: string | null;
  /** No longer in the plan: what comes of it counts for nothing. */
  orphaned: boolean;
  ending: boolean;
}

/** What is known of a task besides its state. */
export interface TaskNotes {
  /** What was wrong with attempts, oldest first. */
  readonly earlier: EarlierAttempt[];
  /** What people said about it. */
  readonly words: string[];
  /** The title that the agent had, whatever the plan says by now. */
  title?: string;
  /** Of the attempt that is verified, asked about or landed. */
  result?: TaskResult;
  /** Of what is done, for those that wait for it. */
  report: string;
}

/** A run of plans while it goes on: what its parts share. Everything in it follows from what is journaled. */
export interface PlanRun {
  readonly ports: PlanRunPorts;
  readonly steps: Steps;
  readonly input: PlanRunInput;
  readonly children: PlanChildren;
  readonly ground?: Ground;
  /** Why nothing more is started: what the plans stand on has changed. */
  lost?: string;
  rules: RunRules;
  /** Sessions, thresholds, risks, gates and checkpoints. */
  readonly between: Between;
  /** What happened to tasks, and what agents reported, since these were looked at last. */
  readonly news: TaskNews[];
  readonly reports: ReportNews[];
  taken: TakenPlans;
  work: Executable;
  state: RunState;
  /** Of `work`, `rules` and all that `state` was. */
  decisions: LiveDecisions;
  head: string;
  branches: readonly LandingBranch[];
  /** What the tests passed on last. */
  proven: ProvenCommit | null;
  readonly notes: Map<string, TaskNotes>;
  /** By name of the child. */
  readonly active: Map<string, ActiveChild>;
  /** Numbers of children that ended: their calls are over for good. */
  readonly over: Set<number>;
  /** Accepted, in the order they were. */
  readonly queue: Map<string, LandBatchItem>;
  landing: {
    readonly batch: number;
    readonly name: string;
    readonly tasks: readonly string[];
    /** Keys now, of tasks that were renamed since; null for those that are in the plan no more. */
    readonly renamed: Map<string, string | null>;
  } | null;
  /** When tasks that failed are due again. Milliseconds since the epoch. */
  readonly due: Map<string, number>;
  /** Why nothing more is started, as far as only a person can mend it. */
  readonly stops: StopReason[];
  /** Whether nothing lands before a person has resumed. */
  landingHeld: boolean;
  /** The project's tests where they fail without any work of the run: how often they were run so, and what a person says to it. */
  readonly tests: {
    times: number;
    stop: StopReason | null;
    /** A person knows it: what lands is not held against them until they pass. */
    accepted: boolean;
    /** Whether they fail on the head. */
    failing: boolean;
  };
  /** Those that decide whether an agent is asked any more. */
  ended: readonly EndedAttempt[];
  readonly circuits: Map<string, number>;
  readonly measured: Map<string, MeasuredTask>;
  pace: LandingPace;
  /** When it began, and the commit; when the end is planned, in minutes from then, and when people were told last that it is. */
  readonly begun: { at: number; base: string; plannedEnd: number; toldEnd?: ToldEnd };
  /** How tasks are to be marked in their plans, by key, the last that is to be said of each. */
  readonly marks: Map<string, { readonly state: MarkState; readonly words?: string }>;
  /** Of those, what could not be written when it was tried last, and why, so that it is told once. */
  readonly unmarked: Map<string, StopReason>;
  seen: SeenFiles;
  /** Whether plans are to be looked at again although nothing is to be marked. */
  look: boolean;
  /** What a person was told that the run waits for, and the name of that wait. */
  hold: { readonly name: string; readonly told: string } | null;
  /** Sync points with a gate that were told to be reached. */
  readonly reached: Set<string>;
  /** Tasks that had been measured when it was last looked whether to plan anew. */
  replannedAt: number;
  /** What was refused last, so that it is told once. */
  refused: string;
  /** How often something was done so far: keeps names apart. */
  count: number;
  sequence: number;
  batches: number;
}

export const nextName = (run: PlanRun, what: string): string => `plan/${what}/${++run.count}`;

export const emit = (run: PlanRun, event: PlanEvent): Promise<void> =>
  run.steps.emit(nextName(run, event.type), event);

export function notesOf(run: PlanRun, task: string): TaskNotes {
  const known = run.notes.get(task);
  if (known) return known;
  const notes: TaskNotes = { earlier: [], words: [], report: "" };
  run.notes.set(task, notes);
  return notes;
}

export const attemptOf = (state: TaskState): number =>
  state.status === "done"
    ? state.evidence.kind === "work"
      ? state.evidence.attempt
      : 0
    : state.tries.attempt;

type Told = Omit<
  Extract<PlanEvent, { readonly type: "task-advanced" }>,
  "type" | "task" | "attempt" | "event" | "status"
>;

/**
 * A task's state after an event, told to whoever watches. Undefined where its state does not know the event: it is late, or of an attempt
 * that lost the task, and changes nothing.
 */
export async function tell(
  run: PlanRun,
  task: string,
  event: TaskEvent,
  told: Told = {},
): Promise<TaskState | undefined> {
  const before = stateOfTask(run.state, task);
  const next = advance(before, event, run.input.attempts);
  if (!next.ok) return undefined;
  const after = next.value;
  run.state = { ...run.state, tasks: VersionedMap.of(run.state.tasks).with(task, after) };
  run.decisions.told(task, after);
  run.news.push({ task, attempt: attemptOf(after), event });
  const status: TaskStatusName = after.status;
  const waitMs = retryWait(run, task, after);
  await emit(run, {
    type: "task-advanced",
    task,
    attempt: attemptOf(after),
    event: event.kind,
    status,
    ...(event.kind === "failed" && { reason: event.reason }),
    ...missingIn(event),
    ...(after.status === "failed" && { final: after.final }),
    ...(waitMs !== undefined && { waitMs }),
    ...((event.kind === "asked" || event.kind === "conflicted") && { question: event.question }),
    ...(event.kind === "person" && { by: event.by, says: event.says.what }),
    ...told,
  });
  if (after.status === "done" && before.status !== "done") mark(run, task, "completed");
  if (after.status === "skipped") mark(run, task, "skipped", after.why);
  if (after.status === "failed" && after.final) mark(run, task, "failed", after.reason.message);
  return after;
}

const missingIn = (event: TaskEvent): { readonly missing?: readonly string[] } =>
  (event.kind === "accepted" || event.kind === "completed") && event.evidence.missing
    ? { missing: event.evidence.missing }
    : {};

/** What is waited before a task that failed is tried again; undefined where it isn't. Milliseconds. */
export function retryWait(run: PlanRun, task: string, state: TaskState): number | undefined {
  if (state.status !== "failed" || state.final) return undefined;
  const { tries, reason } = state;
  if (!waitsAfter(reason.kind)) return 0;
  const chance = chanceOf(`${run.steps.runId}/${task}/${tries.attempt}`);
  return backoffMs(run.input.attempts, tries.used, chance);
}

/** What is to be written of a task; the last word counts. */
export function mark(run: PlanRun, task: string, state: MarkState, words?: string): void {
  const { graph } = run.work;
  const node = graph.nodes[graph.indexOf.get(task) ?? -1];
  const plan = run.taken.plans[node?.plan ?? -1];
  // Boxes alone can't tell these, and a plan without a status file has nothing else; nor have verifications, which no such file knows.
  const recorded = plan?.recorded === true && node?.kind === "task";
  if (!recorded && (state === "in_progress" || state === "failed")) return;
  run.marks.set(task, { state, ...(words !== undefined && { words }) });
}
