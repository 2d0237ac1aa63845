import type { PlanHead, Tally, TaskLine } from "./plan-head.ts";

/** When the next phase may begin: when all before is finished, when 80 % is (S4), or whenever what a task depends on is. */
export type NextRule = "barriers" | "eighty-percent" | "dag";

export interface NextTask extends TaskLine {
  /** 1 is to be begun first. */
  readonly rank: number;
  readonly estimateMinutes: number;
  /** From its beginning to the end of the plan, if nothing waits for a free hand. */
  readonly remainingMinutes: number;
  readonly critical: boolean;
  /** How many tasks can't begin before it is done, directly or not. */
  readonly holdsUp: number;
  /** What it waited for, all of it done. */
  readonly after: readonly string[];
  /** Files that it writes, as far as known. */
  readonly files: readonly string[];
}

/** Ready, but not together with what is running or was chosen. */
export interface PassedOver extends TaskLine {
  readonly because: "conflict" | "sequence" | "limit";
  /** The task that it can't run beside. */
  readonly beside: string | null;
  /** The file or the group. */
  readonly over: string | null;
}

export interface NextAnswer {
  readonly plan: PlanHead;
  readonly rule: NextRule;
  readonly asked: number;
  readonly tasks: readonly NextTask[];
  readonly passedOver: readonly PassedOver[];
  readonly running: readonly TaskLine[];
  /** Open tasks that wait for others. */
  readonly waiting: number;
  readonly failed: number;
  readonly tally: Tally;
}
