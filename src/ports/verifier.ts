import type { Expectation } from "../execution/expectation.ts";
import type { Workspace } from "./workspaces.ts";

/** A command that shows whether a task's work holds: a VERIFY command of a plan, or the project's tests. */
export interface CheckRequest {
  /** Where it runs: in the project's folder of the clone. It may leave files there: who asks sees to it that nothing else runs in it meanwhile. */
  readonly workspace: Workspace;
  /** What it is called for people: the key of a verification, `tests`. */
  readonly name: string;
  /** As it is written: a line, or several, for `sh -c`. */
  readonly command: string;
  /** What shows that it passed. Default: exit code 0. */
  readonly expects?: Expectation;
  /** The whole of it must have ended by then. */
  readonly timeoutMs: number;
  /** Existing folder, outside of the workspace, for the log: of this check alone. */
  readonly outputFolder: string;
  readonly signal: AbortSignal;
  /** Called with the last line that was printed, as it is printed: inert, without secrets. */
  readonly onLine: (line: string) => void;
}

/** Why a command did not pass, or was not run. */
export type CheckReason =
  /** It ended, and did not show what is expected. */
  | "unexpected"
  /** A signal ended it that was not ours. */
  | "signal"
  | "timeout"
  /** It printed more than is kept. */
  | "output-limit"
  /** The shell, or a program that the command names, is not there or can't be started. */
  | "no-program"
  /** Only in a sandbox may it run, and there is none. */
  | "no-sandbox"
  /** The workspace is not what it was. */
  | "no-workspace"
  | "canceled";

/**
 * What came of it. Plain data: a replay has it from the journal. `not-run` says nothing of the work: what the command needs was missing,
 * or it was stopped.
 */
export type CheckResult = {
  readonly outcome: "passed" | "failed" | "not-run";
  /** Undefined where it passed. */
  readonly reason?: CheckReason;
  /** Exit code; null where it has none. */
  readonly exit: number | null;
  readonly durationMs: number;
  /** What shows it, as a line: of what failed the first, of what passed how many tests did. Inert, without secrets. */
  readonly shown: string;
  /** Of what failed, what and why; else its last lines. At most 40, inert, without secrets; paths of the workspace as from its project. */
  readonly tail: readonly string[];
  /** Absolute path of all that it printed; null where nothing was started. */
  readonly log: string | null;
  /** Why it ran outside of a sandbox, as the end of a sentence, where one was wanted. */
  readonly unprotected?: string;
};

/**
 * Runs commands over the work of others, which is untrusted: bounded, with nothing of the user's environment but what every program
 * may see, in a sandbox where there is one. Holds no policy. Resolves only when no process of it is alive; rejects with a
 * `WavegateError` for what is wrong with our own disk.
 */
export interface Verifier {
  run(request: CheckRequest): Promise<CheckResult>;
}
