import type { FailureMode } from "./failure-mode.ts";
import type { ExecutionPattern } from "./patterns.ts";
import { OPEN, type TaskState } from "./task-state.ts";

/** All that decisions depend on, whatever order it came about in. */
export interface RunState {
  /** By key; what is not in it is open and was never tried. */
  readonly tasks: ReadonlyMap<string, TaskState>;
  /** Keys of the current batch, as the last decision gave it; empty for patterns without batches. */
  readonly batch: readonly string[];
  /** Sync points with a gate that were let pass. */
  readonly released: ReadonlySet<string>;
  /** Whether what is being landed will have landed long before another worker is free: then one is kept for what waits for that and is more urgent. */
  readonly landsSoon?: boolean;
  /** Why nothing more is to be started: a person, a budget, a provider (`circuit-breaker.ts`). */
  readonly stopped?: string;
}

export const NOTHING_DONE: RunState = { tasks: new Map(), batch: [], released: new Set() };

/** How much at once. */
export interface Limits {
  /** Tasks and verifications that agents or commands are at work for, over all plans. */
  readonly workers: number;
  /** Plans that have something at work at once, and phases of one plan; as many as there are without it. */
  readonly plans?: number;
  readonly phases?: number;
  /** Tasks in a batch; as many as there are workers without it. */
  readonly batch?: number;
}

export interface RunRules {
  readonly pattern: ExecutionPattern;
  readonly failures: FailureMode;
  readonly limits: Limits;
  /** Keys of sync points that wait for a person's word besides. */
  readonly gates?: ReadonlySet<string>;
}

export const stateOfTask = ({ tasks }: RunState, key: string): TaskState => tasks.get(key) ?? OPEN;
