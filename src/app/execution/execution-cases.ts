import type { FailureMode } from "../../execution/failure-mode.ts";
import type { ExecutionPattern } from "../../execution/patterns.ts";
import type { RunPreview } from "../../execution/preview/run-preview.ts";
import type { BudgetSpec } from "../../stage/budget/budget-spec.ts";

/** Plans to carry out, and how. What is not said here is as the configuration says. */
export interface RunWish {
  /** Plans by path or name, and folders; without any, the current plan. */
  readonly plans: readonly string[];
  readonly pattern?: ExecutionPattern;
  readonly failures?: FailureMode;
  /** Tasks at once; plans, and phases of one plan, that have something at work at once; tasks of a batch. */
  readonly workers?: number;
  readonly plansAtOnce?: number;
  readonly phasesAtOnce?: number;
  readonly batch?: number;
  /** Who works on tasks. */
  readonly agent?: string;
  readonly budget?: BudgetSpec;
  /** Branch that results are moved to as they land. */
  readonly target?: string;
  /** Nothing is moved to the target before a person has looked. */
  readonly review?: boolean;
}

/**
 * The use cases about carrying out plans (PX-05). Reject with a `WavegateError` for what a user can meet: what finding and reading plans
 * can, PLAN_CYCLIC, GIT_NOT_INSTALLED, REPOSITORY_MISSING, REPOSITORY_UNFIT.
 */
export interface ExecutionCases {
  /** What a run would be, before anything of it is begun: the dry run. Needs no database, writes nothing. */
  preview(wish: RunWish): Promise<RunPreview>;
}
