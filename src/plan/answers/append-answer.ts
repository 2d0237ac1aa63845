import type { PlanHead, TaskLine } from "./plan-head.ts";

/** A line that was not there before. */
export interface AddedLine {
  readonly file: string;
  readonly line: number;
  readonly text: string;
}

/** What was added to a plan. */
export interface AppendAnswer {
  readonly plan: PlanHead;
  readonly tasks: readonly TaskLine[];
  /** Without blank lines. */
  readonly lines: readonly AddedLine[];
}
