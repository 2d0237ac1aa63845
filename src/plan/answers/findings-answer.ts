import type { PlanHead } from "./plan-head.ts";

/** A file of findings, and what its name says it is about. */
export interface FindingsFileLine {
  /** Relative to the project. */
  readonly file: string;
  /** Keys of tasks and verifications. */
  readonly tasks: readonly string[];
  /** Key of the phase that it is about as a whole; null where it is about tasks, or nothing is known. */
  readonly phase: string | null;
}

/** What is written down about one task. */
export interface TaskFindings {
  readonly key: string;
  /** The words of the task. */
  readonly text: string;
  readonly texts: readonly { readonly file: string; readonly text: string }[];
  /** What stands in the record of the status file itself; null where nothing does. */
  readonly recorded: string | null;
  /** Files about the whole phase of the task. */
  readonly ofPhase: readonly string[];
  /** Where the original tool looks for the findings of this task; null where its plan has none. */
  readonly expected: string | null;
  /** What could not be read, with the reason. */
  readonly unread: readonly { readonly file: string; readonly reason: string }[];
}

/** The findings of a plan, or of one of its tasks. */
export interface FindingsAnswer {
  readonly plan: PlanHead;
  /** Where findings are, or would be; null for plans that can have none: only S4's do. */
  readonly folder: string | null;
  /** All files of the folder and those that the status file names, by path. */
  readonly files: readonly FindingsFileLine[];
  /** Null where no task was asked about. */
  readonly task: TaskFindings | null;
}
