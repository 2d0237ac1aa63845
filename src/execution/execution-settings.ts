import { DEFAULT_ATTEMPTS, type AttemptPolicy } from "./advance.ts";
import type { CheckpointFrequency } from "./checkpoints/checkpoint.ts";
import type { FailureMode } from "./failure-mode.ts";
import type { GateMode } from "./gates/wave-gates.ts";
import type { ExecutionPattern } from "./patterns.ts";

export type GateSetting = "none" | GateMode;

/** How the project's tests are run: by a command of the configuration, by the one that the project's files suggest, or not at all. */
export type TestSetting =
  | { readonly kind: "command"; readonly command: string }
  | { readonly kind: "detect" }
  | { readonly kind: "none" };

/** What the configuration says of carrying out plans. Options of a command go before it. */
export interface ExecutionSettings {
  /** Tasks and verifications at work at once. */
  readonly workers: number;
  readonly pattern: ExecutionPattern;
  readonly failures: FailureMode;
  /** How often a task is tried, and how long is waited in between. */
  readonly attempts: AttemptPolicy;
  /** Name of the agent that works on tasks; null: the one that the command names, or the only one that can. */
  readonly agent: string | null;
  /** Name of the agent that judges VERIFY items in prose; null: the one that works on tasks. */
  readonly verifier: string | null;
  readonly test: TestSetting;
  /** The most that one attempt of an agent may take, and how long it may do nothing. Milliseconds. */
  readonly taskTimeoutMs: number;
  readonly stallMs: number;
  /** The most that one command of ours may take. Milliseconds. */
  readonly checkTimeoutMs: number;
  /** Variables of the user's environment that these commands see besides the usual ones; a final `*` for any ending. */
  readonly passEnv: readonly string[];
  /** Paths of the project whose changes a person is asked about: files, folders (all in it), globs. */
  readonly protect: readonly string[];
  /** Quality gates of waves: none, passed by what is proven, or by a person on top of that. */
  readonly gates: GateSetting;
  /** When checkpoints are taken: when a phase ends, or with each task that lands. */
  readonly checkpoints: CheckpointFrequency;
  /** Folder of the project where the state of sessions is written as well, for S3's tools; null: nothing is written into the user's tree. */
  readonly stateFolder: string | null;
}

export const PLAIN_EXECUTION: ExecutionSettings = {
  workers: 4,
  pattern: "dag",
  failures: "no-new",
  attempts: DEFAULT_ATTEMPTS,
  agent: null,
  verifier: null,
  test: { kind: "detect" },
  taskTimeoutMs: 60 * 60_000,
  stallMs: 10 * 60_000,
  checkTimeoutMs: 10 * 60_000,
  passEnv: [],
  protect: [],
  gates: "none",
  checkpoints: "phase",
  stateFolder: null,
};
