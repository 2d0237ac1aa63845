import type { PlanFileInput } from "../run-plan-input.ts";
import type { WatchedRisk } from "../../execution/risks/risk-watch.ts";
import type { ResourceUse } from "../../plan/resources/model.ts";
import type { StopReason } from "../../stage/records.ts";
import type { TaskState } from "../../execution/task-state.ts";

/** A plan as it was when it was taken down. */
export type TakenPlan = {
  readonly name: string;
  /** Relative to the project. */
  readonly file: string;
  readonly title: string;
  /** The plan's file first, then its companions. Kept as artifacts, too. */
  readonly texts: readonly {
    readonly path: string;
    readonly text: string;
    readonly digest: string;
  }[];
  /** Whether how tasks stand is also kept in a status file. */
  readonly recorded: boolean;
};

/** All that a run of plans decides from, as plain data: a replay makes the very same graph of it. */
export type TakenPlans = {
  readonly plans: readonly TakenPlan[];
  /** By key of the joined graph, what tasks use. */
  readonly uses: readonly (readonly [key: string, uses: readonly Stored<ResourceUse>[]])[];
  /** By key, how everything stands by boxes and records. */
  readonly initial: readonly (readonly [key: string, state: Stored<TaskState>])[];
  /** Digests of all files that say something of the plans, by path. */
  readonly seen: SeenFiles;
  /** Paths of those files: only the run itself writes them. */
  readonly kept: readonly string[];
  /** Files that the repository has. */
  readonly files: number;
  /** What registers of schedules say of the plans; a run that an earlier version began has no such field. */
  readonly registered?: readonly Stored<WatchedRisk>[];
};

/** What is left of a type when it is stored as JSON. */
export type Stored<T> = T extends readonly (infer E)[]
  ? readonly Stored<E>[]
  : T extends object
    ? { readonly [K in keyof T]: Stored<T[K]> }
    : T;

export type SeenFiles = readonly (readonly [path: string, digest: string])[];

/** Take plans down. Throws a `WavegateError` for what a person can mend: a plan that is gone, can't be read, or waits for itself. */
export type TakePlans = (request: {
  readonly plans: readonly PlanFileInput[];
  readonly inferred: boolean;
}) => Promise<TakenPlans>;

/** How tasks of one plan are to be marked; keys are the plan's own. */
export type PlanMark = {
  readonly file: string;
  readonly tasks: readonly string[];
  readonly state: MarkState;
  /** What the status file keeps of it. */
  readonly words?: string;
};

export type MarkState = "completed" | "in_progress" | "failed" | "skipped" | "pending";

export type Marked = {
  /** One for each mark. */
  readonly marks: readonly {
    /** That were written. */
    readonly files: readonly string[];
    /** Why something was not marked. */
    readonly problem: string | null;
    /** That, where it may be another time: the plan is being edited, the disk is full. */
    readonly later?: StopReason | null;
    /** Which of the tasks were not marked; without it none, where there is a problem. */
    readonly refused?: readonly string[];
  }[];
  readonly seen: SeenFiles;
  /** The plans anew, where they are not as they were seen last but for the marks. */
  readonly taken: TakenPlans | null;
  /** Why they could not be taken anew. */
  readonly refused: {
    readonly plan: string;
    readonly code: string;
    readonly reason: string;
  } | null;
};

/** Mark tasks, and look whether anybody else changed the plans since they were `seen`. */
export type MarkPlans = (request: {
  readonly plans: readonly PlanFileInput[];
  readonly inferred: boolean;
  readonly marks: readonly PlanMark[];
  readonly seen: SeenFiles;
}) => Promise<Marked>;

/** Write findings of tasks of one plan, by path, under the ids that the plan has for them. Somebody's own files stay. */
export type WriteFindings = (request: {
  readonly plan: string;
  readonly findings: readonly { readonly id: string; readonly text: string }[];
}) => Promise<{
  readonly written: readonly string[];
  readonly kept: readonly string[];
  readonly problem: string | null;
}>;
