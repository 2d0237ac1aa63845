import type { Limit } from "../ports/engine.ts";
import type { CacheUse } from "../stage/cache/policy.ts";
import type { RetryPolicy, RoleSpec, StageSpec } from "../stage/stage-spec.ts";
import type { TaskKind } from "../stage/task-kind.ts";

/** All that a role's workflow works from; journaled when it starts. */
export type RoleInput = {
  readonly stage: string;
  /** Tells the stage's steps and events from those of other stages of the run. */
  readonly scope: string;
  /** What the stage is about, for people and prompts. */
  readonly feature: string;
  readonly role: RoleSpec;
  readonly task: TaskKind;
  /** 1-based: counts the times the role was filled again after its attempts were used up, or asked for rework. */
  readonly round: number;
  readonly retry: RetryPolicy;
  /** What a role that cannot be filled leaves behind; null for roles that the stage cannot do without. */
  readonly simplified: StageSpec["simplified"] | null;
  /** What holds whatever agents say; goes into simplified results. */
  readonly facts: readonly string[];
  /** Named texts. */
  readonly inputs: { readonly [name: string]: string };
  /** Roles whose answers it waits for, with the name of their workflow in this run. */
  readonly needs: readonly { readonly role: string; readonly child: string }[];
  readonly timeoutMs: number;
  readonly stallMs: number;
  /** Most memory of its agent's processes together, in bytes; null for no limit. */
  readonly maxMemoryBytes: number | null;
  /** When the stage's time is up, in milliseconds since the epoch. */
  readonly deadlineAt: number;
  /** The stage's whole time, in milliseconds. */
  readonly stageMs: number;
  readonly limits: readonly Limit[];
  /** How earlier answers are used; null where they are not. */
  readonly cache: CacheUse | null;
  /** Whether anything limits what the run may use: then calls are reserved first. */
  readonly budgeted?: boolean;
  /** Folder that agents run in. */
  readonly cwd: string;
};
