import { isWork } from "../../plan/graph/model.ts";
import type { Executable } from "../executable.ts";
import { stateOfTask, type RunState } from "../run-state.ts";
import type { PlannedSession } from "../sessions/session.ts";
import { isFinished, type TaskStatus } from "../task-state.ts";
import { NO_NOTES, type Deviation, type Issue, type TaskNotes } from "./task-notes.ts";

/** How a run stands at a moment that is worth coming back to (S2 §9): progress, issues with what became of them, deviations. */
export interface Checkpoint {
  /** `checkpoint_001` */
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly why: CheckpointCause;
  readonly title: string;
  /** Of all that the run has to do. */
  readonly done: number;
  readonly of: number;
  /** Of the phase that ended, or of all phases with something done. */
  readonly phases: readonly PhaseProgress[];
  readonly issues: readonly (Issue & { readonly task: string })[];
  readonly deviations: readonly (Deviation & { readonly task: string })[];
  /** Where everything that has landed by now is. */
  readonly rollback?: RollbackPoint;
}

export type CheckpointCause =
  /** All of a session is finished. */
  | { readonly kind: "phase"; readonly session: string }
  /** A task landed: in incremental mode each one is a point to go back to. */
  | { readonly kind: "task"; readonly task: string }
  /** The run goes no further. */
  | { readonly kind: "end" };

export interface PhaseProgress {
  readonly session: string;
  readonly title: string;
  readonly done: number;
  readonly of: number;
  readonly tasks: readonly {
    readonly key: string;
    readonly title: string;
    readonly status: TaskStatus;
    readonly commit?: string;
  }[];
}

export interface RollbackPoint {
  readonly ref: string;
  readonly commit: string;
}

/** When checkpoints are taken. S2 §7: `checkpoint_frequency: high` where the implementation is phased. */
export type CheckpointFrequency = "phase" | "task";

export interface CheckpointInput {
  readonly number: number;
  readonly at: number;
  readonly why: CheckpointCause;
  readonly work: Executable;
  readonly state: RunState;
  readonly sessions: readonly PlannedSession[];
  /** By key of task. */
  readonly notes: ReadonlyMap<string, TaskNotes>;
  readonly rollback?: RollbackPoint;
}

export function takeCheckpoint(input: CheckpointInput): Checkpoint {
  const { number, at, why, work, state, sessions, rollback } = input;
  const phases = sessions
    .filter(({ id, tasks }) => concerns(why, { id, tasks }))
    .map((session) => progressOf(session, { work, state }))
    .filter((phase) => why.kind !== "end" || phase.tasks.some(({ status }) => status !== "open"));
  const keys = phases.flatMap(({ tasks }) => tasks.map(({ key }) => key));
  const own = why.kind === "task" ? [why.task] : keys;
  const notesOf = (key: string) => input.notes.get(key) ?? NO_NOTES;
  const all = work.graph.nodes.filter(isWork);
  return {
    id: `checkpoint_${String(number).padStart(3, "0")}`,
    at,
    why,
    title: titleOf(why, input),
    done: all.filter(({ key }) => isFinished(stateOfTask(state, key))).length,
    of: all.length,
    phases,
    issues: own.flatMap((task) => notesOf(task).issues.map((issue) => ({ ...issue, task }))),
    deviations: own.flatMap((task) => notesOf(task).deviations.map((each) => ({ ...each, task }))),
    ...(rollback && { rollback }),
  };
}

const concerns = (
  why: CheckpointCause,
  { id, tasks }: Pick<PlannedSession, "id" | "tasks">,
): boolean =>
  why.kind === "end" || (why.kind === "phase" ? why.session === id : tasks.includes(why.task));

function progressOf(
  { id, title, tasks }: PlannedSession,
  { work, state }: Pick<CheckpointInput, "work" | "state">,
): PhaseProgress {
  const entries = tasks.map((key): PhaseProgress["tasks"][number] => {
    const own = stateOfTask(state, key);
    const commit =
      own.status === "done" && own.evidence.kind === "work" ? own.evidence.commit : undefined;
    return {
      key,
      title: wordsOf(work, key),
      status: own.status,
      ...(commit !== undefined && { commit }),
    };
  });
  const done = entries.filter(({ status }) => status === "done" || status === "skipped").length;
  return { session: id, title, done, of: entries.length, tasks: entries };
}

function titleOf(why: CheckpointCause, { sessions, work }: CheckpointInput): string {
  switch (why.kind) {
    case "phase":
      return `${sessions.find(({ id }) => id === why.session)?.title ?? why.session} is finished`;
    case "task":
      return `${why.task} landed: ${wordsOf(work, why.task)}`;
    case "end":
      return "The run goes no further";
  }
}

function wordsOf({ graph }: Executable, key: string): string {
  const node = graph.nodes[graph.indexOf.get(key) ?? -1];
  if (node?.kind === "task") return node.task.text;
  return node?.kind === "verification" ? node.verification.title : key;
}
