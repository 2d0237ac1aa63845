import type { PlanHead } from "./plan-head.ts";

/** How a task touches a file. */
export interface Touch {
  readonly task: string;
  readonly access: "read" | "write";
  /** False where the plan declares it; else it was guessed from the words. */
  readonly guessed: boolean;
}

/** A file that several unfinished tasks touch, at least one of them writing. */
export interface HotFile {
  readonly path: string;
  readonly touches: readonly Touch[];
  /** Pairs of tasks that may run at once and collide over it. */
  readonly pairs: number;
}

/** Two tasks that nothing orders and that touch one file. */
export interface ConflictPair {
  readonly tasks: readonly [string, string];
  readonly over: readonly { readonly path: string; readonly touches: readonly [Touch, Touch] }[];
  /** Whether all of it rests on guesses. */
  readonly guessed: boolean;
  /** Both are marked parallel, though they collide. */
  readonly markedParallel: boolean;
}

export interface ConflictsAnswer {
  readonly plan: PlanHead;
  /** The hottest first. */
  readonly files: readonly HotFile[];
  /** Sure ones first, then in the order of the plan. */
  readonly pairs: readonly ConflictPair[];
  /** Tasks of which no file is known: nothing can be said of them. */
  readonly unknown: number;
  readonly tasks: number;
}
