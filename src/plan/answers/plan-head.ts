import type { FilePlace } from "../../core/place.ts";
import type { BoxState, Dialect } from "../model.ts";

/** How it was settled which file is meant. */
export interface FoundBy {
  /** `path` and `name`: what the user wrote. `current-plan`: S4's pointer. `feature`: Spec Kit's feature. `only`: there is no other plan. */
  readonly rule: "path" | "name" | "current-plan" | "feature" | "only";
  /** The pointer, variable or branch that says so; null where the user did. */
  readonly source: string | null;
}

/** Which plan an answer is about. */
export interface PlanHead {
  /** Relative to the project, or to `repository`. */
  readonly file: string;
  /** What it can be called by. */
  readonly name: string;
  readonly dialect: Dialect;
  readonly title: string;
  readonly foundBy: FoundBy;
  /** There where the plan is not of the user's project: the absolute path of the repository that it lies in, from which all paths start. */
  readonly repository?: string;
  /** There where the status file is of another version of the plan: how many records were compared, and how many are of other tasks. */
  readonly statusDiffers?: { readonly records: number; readonly differing: number };
}

/** A task in an answer. Words come from the plan: whoever prints them makes them inert. */
export interface TaskLine {
  readonly key: string;
  readonly text: string;
  readonly state: BoxState;
  /** Key of its phase; null outside of phases. */
  readonly phase: string | null;
  readonly place: FilePlace;
}

/** How many tasks are in which state. */
export interface Tally {
  readonly tasks: number;
  readonly open: number;
  readonly inProgress: number;
  readonly done: number;
  readonly failed: number;
  readonly skipped: number;
  /** Done or skipped of all, rounded down: 100 only when nothing is left. 100 for no tasks at all. */
  readonly percent: number;
}

/** Problems of a plan by weight. */
export interface ProblemCount {
  readonly errors: number;
  readonly warnings: number;
  readonly notes: number;
}
