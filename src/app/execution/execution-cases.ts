import type { CheckpointFrequency } from "../../execution/checkpoints/checkpoint.ts";
import type { GateSetting } from "../../execution/execution-settings.ts";
import type { FailureMode } from "../../execution/failure-mode.ts";
import type { ExecutionPattern } from "../../execution/patterns.ts";
import type { LandedOnto } from "../../ports/landing.ts";
import type { PersonSays } from "../../execution/task-event.ts";
import type { WhyNot } from "../../execution/why-not.ts";
import type { ExecutionHistory } from "../../history/execution/execution-history.ts";
import type { RunPreview } from "../../execution/preview/run-preview.ts";
import type { BudgetSpec } from "../../stage/budget/budget-spec.ts";

/** Plans to carry out, and how. What is not said here is as the configuration says. */
export interface RunWish {
  /** Plans by path or name, and folders; without any, the current plan. */
  readonly plans: readonly string[];
  readonly pattern?: ExecutionPattern;
  readonly failures?: FailureMode;
  /** Tasks at once; plans, and phases of one plan, that have something at work at once; tasks of a batch, for a pattern that has batches. */
  readonly workers?: number;
  readonly plansAtOnce?: number;
  readonly phasesAtOnce?: number;
  readonly batch?: number;
  /** Quality gates of waves, and when checkpoints are taken. */
  readonly gates?: GateSetting;
  readonly checkpoints?: CheckpointFrequency;
  /** Who works on tasks. */
  readonly agent?: string;
  readonly budget?: BudgetSpec;
  /** Branch that results are moved to as they land; not together with `review`. */
  readonly target?: string;
  /** No branch of the user's is moved before a person has looked. */
  readonly review?: boolean;
}

export interface StartWish extends RunWish {
  /** Leave the run for a `wavegate worker` instead of executing it here. */
  readonly detach?: boolean;
}

/** What came of the wish to carry out plans. */
export type StartedPlans =
  | { readonly runId: string }
  /** Nothing of them is left to do; their files, and the runs whose work for them is not in HEAD. */
  | {
      readonly runId: null;
      readonly done: readonly string[];
      readonly unlanded: readonly string[];
    };

/** A person's word on a task of a run, or on a sync point that waits. */
export interface TellWish {
  readonly run: string;
  /** Key of a task, a verification or a sync point; without the plan's name where that is enough. */
  readonly task: string;
  readonly says: PersonSays;
  /** Who says it; recorded. */
  readonly by: string;
}

export interface LandWish {
  readonly run: string;
  /** A local branch; the one that HEAD is on without it. */
  readonly onto?: string;
  /** Only what had landed at this point of the run. */
  readonly point?: string;
  readonly by: string;
}

export interface LandedByPerson extends LandedOnto {
  readonly runId: string;
  /** Of what the run wrote of how its plans stand, files and folders of the project that are not committed as they are. */
  readonly uncommitted: readonly string[];
}

/**
 * The use cases about carrying out plans (PX-05). Reject with a `WavegateError` for what a user can meet: what finding and reading plans
 * can, PLAN_CYCLIC, GIT_NOT_INSTALLED, REPOSITORY_MISSING, REPOSITORY_UNFIT; of a target BRANCH_MISSING, BRANCH_IN_USE, BRANCH_DIVERGED;
 * USAGE for a wish of which a part would go unheard; WORK_NOT_LANDED where tasks are done on a run's own branch only.
 */
export interface ExecutionCases {
  /** Why tasks of a run that could begin do not, by its plans as they are; null where these are not as the run has them. */
  whyApart(history: ExecutionHistory): Promise<ReadonlyMap<string, WhyNot> | null>;
  /** Have what attempts at a task left in this clone, wherever they were made, for who looks at it. */
  bring(commits: readonly string[]): Promise<void>;
  /** What a run would be, before anything of it is begun: the dry run. Writes nothing; asks the database only what earlier calls came to. */
  preview(wish: RunWish): Promise<RunPreview>;
  /**
   * Validate everything that a run needs to begin before anything is started, then start it. Rejects besides with AGENT_UNKNOWN,
   * AGENT_NOT_INSTALLED, SANDBOX_UNAVAILABLE, BUDGET_PRICE_UNKNOWN, PLAN_CLAIMED, GATE_INSIDE_ATTEMPT.
   */
  start(wish: StartWish): Promise<StartedPlans>;
  /** Record a person's word, and go on with the run here unless a live worker has it. */
  tell(
    wish: TellWish,
  ): Promise<{ readonly runId: string; readonly task: string; readonly afterWait?: string }>;
  /** Bring what a run has landed on its own branch over to another, forward only. */
  land(wish: LandWish): Promise<LandedByPerson>;
}
