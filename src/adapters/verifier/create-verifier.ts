import path from "node:path";
import type { Sandbox } from "../../ports/sandbox.ts";
import type { CheckRequest, CheckResult, Verifier } from "../../ports/verifier.ts";
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

/** Runs checks as programs of this machine, those of one workspace one after the other. */
export function createVerifier(options: VerifierOptions): Verifier {
  const turns = new Map<string, Promise<void>>();
  return {
    run(request) {
      const folder = path.resolve(request.workspace.folder);
      const before = turns.get(folder);
      const turn = inTurn(before, request, options);
      // One that is stopped while it waits leaves its place to the next, which waits for those before it, too.
      const ended = bothEnded(before, turn, () => {
        if (turns.get(folder) === ended) turns.delete(folder);
      });
      turns.set(folder, ended);
      return turn;
    },
  };
}

async function bothEnded(
  before: Promise<void> | undefined,
  turn: Promise<CheckResult>,
  forget: () => void,
): Promise<void> {
  await Promise.allSettled([before, turn]);
  forget();
}

async function inTurn(
  before: Promise<void> | undefined,
  request: CheckRequest,
  options: VerifierOptions,
): Promise<CheckResult> {
  if (before) await Promise.race([before, aborted(request.signal)]);
  return runCheck(request, {
    env: options.env,
    passEnv: options.passEnv ?? [],
    sandbox: options.sandbox,
    makeFilter: options.makeFilter,
    maxOutputBytes: options.maxOutputBytes ?? 64 * 2 ** 20,
    graceMs: options.graceMs ?? 2_000,
    now: options.now ?? Date.now,
  });
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
