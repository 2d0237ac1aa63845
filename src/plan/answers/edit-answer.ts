import type { BoxState } from "../model.ts";
import type { PlanHead } from "./plan-head.ts";

/** What became of one task. */
export interface EditedTask {
  readonly key: string;
  readonly text: string;
  readonly before: BoxState;
  readonly after: BoxState;
  /** False where it was so already. */
  readonly changed: boolean;
}

/** A changed line of a file. */
export interface EditedLine {
  readonly file: string;
  readonly line: number;
  readonly removed: string;
  readonly added: string;
}

export interface EditAnswer {
  readonly plan: PlanHead;
  readonly tasks: readonly EditedTask[];
  /** Changed lines of the plan's files. */
  readonly lines: readonly EditedLine[];
  /** The status file, where it was changed or made. */
  readonly status: string | null;
  /** What was done though it looks like a mistake: a task ahead of what it waits for, words that are kept nowhere. */
  readonly warnings: readonly string[];
}
