import type { Sandbox } from "../../ports/sandbox.ts";
import type { Verifier } from "../../ports/verifier.ts";
import type { MakeFilter } from "../shared/output/output-file.ts";
import type { Environment } from "../shared/process/environment.ts";
import { runCheck } from "./run-check.ts";

export interface VerifierOptions {
  /** The user's environment; of it a command sees what every program may see, and `passEnv`. */
  readonly env: Environment;
  /** Variables besides; a final `*` for any ending. */
  readonly passEnv?: readonly string[];
  /** Where commands run. Default: as any other program of the user. */
  readonly sandbox?: Sandbox;
  /** Makes a filter that takes secrets out of output before it is kept or shown. */
  readonly makeFilter: MakeFilter;
  /** Most bytes that a command may print. Default 64 MiB. */
  readonly maxOutputBytes?: number;
  /** Between SIGTERM and SIGKILL, in milliseconds. Default 2,000. */
  readonly graceMs?: number;
  /** Epoch milliseconds. */
  readonly now?: () => number;
}

/** Runs checks as programs of this machine. */
export const createVerifier = (options: VerifierOptions): Verifier => ({
  run: (request) =>
    runCheck(request, {
      env: options.env,
      passEnv: options.passEnv ?? [],
      sandbox: options.sandbox,
      makeFilter: options.makeFilter,
      maxOutputBytes: options.maxOutputBytes ?? 64 * 2 ** 20,
      graceMs: options.graceMs ?? 2_000,
      now: options.now ?? Date.now,
    }),
});
