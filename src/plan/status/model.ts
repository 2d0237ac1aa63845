import type { FilePlace } from "../../core/place.ts";
import type { PlanDiagnostic } from "../model.ts";
import type { TreeMap } from "./json-document.ts";

/** The words of status.json. */
export const TASK_STATES = ["pending", "in_progress", "completed", "failed", "skipped"] as const;

export type TaskState = (typeof TASK_STATES)[number];

/** The counts of status.json. */
export type Counts = Readonly<Record<"totalTasks" | TaskState, number>>;

/** A status.json, as it is read (FORMATS §1.3). What is not here is kept in the text. */
export interface PlanStatus {
  readonly file: string;
  readonly text: string;
  /** The whole of it, with places; for changes of the text. */
  readonly root: TreeMap;
  readonly planPath: string | undefined;
  readonly planName: string | undefined;
  readonly createdAt: string | undefined;
  readonly lastUpdatedAt: string | undefined;
  /** As written: `Phase 1: Foundations`. */
  readonly currentPhase: string | undefined;
  readonly tasks: readonly StatusTask[];
  readonly runs: readonly StatusRun[];
  /** As written; a count that isn't there, or is no number, is undefined. */
  readonly summary: Readonly<Record<keyof Counts, number | undefined>> | undefined;
  /** What was read past: records without id, unknown states, … */
  readonly diagnostics: readonly PlanDiagnostic[];
}

export interface StatusTask {
  /** The id; with `#2`, … for further records of that id, as in a plan. */
  readonly key: string;
  readonly id: string;
  /** As written: `Phase 1: Foundations`. */
  readonly phase: string | undefined;
  /** `description`, or `title` as 27 real records have it. */
  readonly description: string | undefined;
  /** A word that is none of the five is taken for `pending`, as the original counts it. */
  readonly state: TaskState;
  readonly startedAt: string | undefined;
  readonly completedAt: string | undefined;
  readonly durationMs: number | undefined;
  readonly findingsPath: string | undefined;
  /** Text that stands in the record itself. */
  readonly findings: string | undefined;
  readonly error: string | undefined;
  /** True: `--notes` was given without a text. */
  readonly notes: string | true | undefined;
  /** `skipReason`, or `reason` as the original's command line writes it. */
  readonly skipReason: string | undefined;
  readonly retries: number;
  readonly lastError: string | undefined;
  readonly place: FilePlace;
  readonly node: TreeMap;
}

export interface StatusRun {
  /** `runId`, or `id`. */
  readonly id: string | undefined;
  readonly startedAt: string | undefined;
  /** Undefined for a run that was never closed. */
  readonly completedAt: string | undefined;
  readonly tasksCompleted: number | undefined;
  readonly tasksFailed: number | undefined;
  readonly place: FilePlace;
  readonly node: TreeMap;
}

/** How many tasks are in each state. */
export function countStates(states: readonly TaskState[]): Counts {
  const count = (state: TaskState) => states.filter((each) => each === state).length;
  return {
    totalTasks: states.length,
    completed: count("completed"),
    pending: count("pending"),
    in_progress: count("in_progress"),
    failed: count("failed"),
    skipped: count("skipped"),
  };
}
