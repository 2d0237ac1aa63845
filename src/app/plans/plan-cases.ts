import type { AnalyzeAnswer } from "../../analysis/answer.ts";
import type { AppendAnswer } from "../../plan/answers/append-answer.ts";
import type { ConflictsAnswer } from "../../plan/answers/conflicts-answer.ts";
import type { DepsAnswer } from "../../plan/answers/deps-answer.ts";
import type { EditAnswer } from "../../plan/answers/edit-answer.ts";
import type { FindingsAnswer } from "../../plan/answers/findings-answer.ts";
import type { ListAnswer } from "../../plan/answers/list-answer.ts";
import type { NextAnswer } from "../../plan/answers/next-answer.ts";
import type { OriginalCommand, OriginalPrint } from "../../plan/original/printed-by-original.ts";
import type { PhasesAnswer } from "../../plan/answers/phases-answer.ts";
import type { ProgressAnswer } from "../../plan/answers/progress-answer.ts";
import type { StatusAnswer } from "../../plan/answers/status-answer.ts";
import type { ValidateAnswer } from "../../plan/answers/validate-answer.ts";
import type { WhyAnswer } from "../../plan/answers/why-answer.ts";
import type { GraphWish } from "./open-plan.ts";

/** Which plan is asked about, and how its graph is made. */
export interface PlanWish extends GraphWish {
  /** A path or a name; without it the current plan. */
  readonly plan?: string;
}

export interface NextWish extends PlanWish {
  readonly count: number;
}

export interface ConflictsWish extends PlanWish {
  /** Whether commits are asked, too, which files change together. */
  readonly history?: boolean;
}

/** A plan and one of its tasks; or only a task, of the current plan. */
export interface WhyWish extends GraphWish {
  readonly names: readonly [string, string?];
}

/** A plan, a task of it, or both; none of them is the current plan. */
export interface FindingsWish {
  readonly names: readonly string[];
}

export interface EditWish {
  /** A plan and tasks; or only tasks, of the current plan. */
  readonly names: readonly string[];
  readonly action: "tick" | "start" | "fail" | "skip" | "reset";
  /** What the status file keeps of it: a note, an error, a reason. */
  readonly words?: string;
}

/** Tasks to add. */
export interface AppendWish {
  /** A path or a name. */
  readonly plan: string;
  /** One task each. */
  readonly texts: readonly string[];
  /** Key of the phase that they belong to; Spec Kit's get one of their own. */
  readonly phase?: string;
}

/** What is analysed. */
export interface AnalyzeWish {
  /** Where to write the analysis as an HTML page. */
  readonly html?: string;
  /** Plans by path or name, and folders; without any, all plans of the project. */
  readonly paths: readonly string[];
  /** Write the findings to the folder of the plan that asks for them, or of the only one. */
  readonly write?: boolean;
  /** Write the findings to this folder. */
  readonly output?: string;
  /** Tick what they answer in S4's plan; writes them, too. */
  readonly tick?: boolean;
}

/** What the original tool is asked. */
export interface OriginalWish {
  readonly plan?: string;
  readonly version: "seed" | "head";
  readonly command: OriginalCommand;
}

/**
 * The use cases about plan files. Reject with a `WavegateError` for what a user can meet: PLAN_NOT_FOUND, PLAN_AMBIGUOUS,
 * PLAN_UNREADABLE, PLAN_TASK_UNKNOWN, PLAN_EDIT_REFUSED.
 */
export interface PlanCases {
  list(): Promise<ListAnswer>;
  status(wish: PlanWish): Promise<StatusAnswer>;
  next(wish: NextWish): Promise<NextAnswer>;
  phases(wish: PlanWish): Promise<PhasesAnswer>;
  deps(wish: PlanWish): Promise<DepsAnswer>;
  /** What was written down about the tasks of a plan, or all of it about one. */
  findings(wish: FindingsWish): Promise<FindingsAnswer>;
  why(wish: WhyWish): Promise<WhyAnswer>;
  validate(wish: PlanWish): Promise<ValidateAnswer>;
  conflicts(wish: ConflictsWish): Promise<ConflictsAnswer>;
  progress(wish: PlanWish): Promise<ProgressAnswer>;
  /** S4's six findings about several plans. */
  analyze(wish: AnalyzeWish): Promise<AnalyzeAnswer>;
  /** All or nothing. */
  edit(wish: EditWish): Promise<EditAnswer>;
  /** All or nothing. */
  append(wish: AppendWish): Promise<AppendAnswer>;
  /** What the original tool of plan files would print. */
  original(wish: OriginalWish): Promise<OriginalPrint>;
  /** Yields whenever a file of the plan may have changed, until the signal aborts. */
  changes(wish: Pick<PlanWish, "plan">, signal: AbortSignal): AsyncIterable<void>;
}
