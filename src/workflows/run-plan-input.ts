import type { CheckpointFrequency } from "../execution/checkpoints/checkpoint.ts";
import type { FailureMode } from "../execution/failure-mode.ts";
import type { GateMode } from "../execution/gates/wave-gates.ts";
import type { ExecutionPattern } from "../execution/patterns.ts";
import type { Cap } from "../stage/budget/cap.ts";

/** What a run that carries out plans is started with; journaled. What the plans say is taken down when it begins. */
export type PlanRunInput = {
  /** In the order in which people named them; each once. */
  readonly plans: readonly PlanFileInput[];
  readonly pattern: ExecutionPattern;
  readonly failures: FailureMode;
  readonly limits: {
    /** Tasks and verifications at work at once, over all plans. */
    readonly workers: number;
    readonly plans?: number;
    readonly phases?: number;
    readonly batch?: number;
  };
  /** How often a task is tried again, and what is waited before it: doubled from the first to the longest. Milliseconds. */
  readonly attempts: {
    readonly retries: number;
    readonly initialMs: number;
    readonly maxMs: number;
  };
  /** Name of the agent that works on tasks, and of the one that judges what is to be verified in prose. */
  readonly agent: string;
  readonly verifier: string;
  /** Whether dependencies that are guessed of the text count. */
  readonly inferred: boolean;
  /** When each task begins by a schedule, in minutes, by key: its order is kept. Without it the critical path decides. */
  readonly starts?: { readonly [key: string]: number };
  /** Points where work is waited for, declared outside of the plans. */
  readonly syncs?: readonly PlanSync[];
  /** Keys of sync points that wait for a person's word besides. */
  readonly gates: readonly string[];
  /** Full id of the commit that the run works from: HEAD when it was asked for. */
  readonly base: string;
  /** Full name of the run's own branch: `refs/heads/wavegate/RUN`. */
  readonly branch: string;
  /** Full name of the branch that follows it; null: a person lands. */
  readonly target: string | null;
  /** The project's tests; null: none are known. */
  readonly test: string | null;
  /** The most that one attempt of an agent may take, how long it may do nothing, and what one command may take. Milliseconds. */
  readonly taskTimeoutMs: number;
  readonly stallMs: number;
  readonly checkTimeoutMs: number;
  /** Files, folders and globs of the project whose changes wait for a person's word (`ExecutionSettings.protect`). */
  readonly protect: readonly string[];
  /** At most this many agents at once over all runs of the project; null for no limit. */
  readonly agentLimit: number | null;
  readonly maxMemoryBytes: number | null;
  /** What the run may use (PX-11); empty: nothing is limited. */
  readonly caps: readonly Cap[];
  /** What lies between tasks; absent: no gates of waves, a checkpoint for each phase. */
  readonly coordination?: CoordinationInput;
};

/** What people choose of what lies between tasks (WV-10, PR-04). */
export type CoordinationInput = {
  /** Quality gates of waves: none, passed by what is proven, or by a person on top of that. */
  readonly gates: "none" | GateMode;
  /** When checkpoints are taken: `task` is S2's incremental mode. */
  readonly checkpoints: CheckpointFrequency;
  /** Folder of the project where the state of sessions is written as well. */
  readonly stateFolder?: string;
};

export type PlanFileInput = {
  /** Unique in the run; stands in front of the keys of its tasks where there are several plans. */
  readonly name: string;
  /** Relative to the project. */
  readonly file: string;
};

export type PlanSync = {
  readonly id: string;
  readonly after: readonly string[];
  readonly before: readonly string[];
  readonly reason: string;
};

/** How a run that carries out plans ended. */
export type PlanRunOutcome = {
  readonly status: "completed" | "failed";
  readonly message: string;
  readonly done: number;
  readonly failed: number;
  readonly skipped: number;
  readonly blocked: number;
  readonly open: number;
  /** Commit of the run's branch. */
  readonly head: string;
  /** The branch that was to follow; absent without one. */
  readonly target?: FollowedTarget;
};

export type FollowedTarget = {
  /** In full. */
  readonly name: string;
  /** Why it is behind the run's head, as the end of a sentence; null: it is there. */
  readonly lags: string | null;
};

/** Name of the workflow. */
export const RUN_PLAN = "run-plan";
