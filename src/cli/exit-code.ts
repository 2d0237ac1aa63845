import { WavegateError, type ErrorCode } from "../core/error.ts";
import { statusText, type ShownRun } from "../reporters/run-lines.ts";

/** What the process ends with; documented in `docs/cli.md`. */
export const EXIT = {
  done: 0,
  failed: 1,
  usage: 2,
  rejected: 3,
  waiting: 4,
  quorumLost: 5,
  unsafe: 10,
  interrupted: 130,
  /** As a shell shows SIGPIPE. */
  unread: 141,
} as const;

const USAGE_CODES: ReadonlySet<ErrorCode> = new Set([
  "USAGE",
  // Only --agent can name one that is not there: a configuration that does is invalid.
  "AGENT_UNKNOWN",
  "GATE_DIGEST_REQUIRED",
  "GATE_REASON_REQUIRED",
  "GATE_CHANGES_REQUIRED",
]);

/** Where a run stands, for commands that carry it on or follow it. */
export function exitCodeOfRun(run: ShownRun): number {
  switch (statusText(run)) {
    case "completed":
      return EXIT.done;
    case "rejected":
      return EXIT.rejected;
    case "at a gate":
    case "work to do":
    case "waiting":
      return EXIT.waiting;
    case "held":
      return run.hold?.code === "STAGE_QUORUM_NOT_MET" ? EXIT.quorumLost : EXIT.failed;
    default:
      return EXIT.failed;
  }
}

export function exitCodeOfError(error: unknown): number {
  if (error instanceof Interrupted) return EXIT.interrupted;
  if (!(error instanceof WavegateError)) return EXIT.failed;
  if (error.code === "STAGE_QUORUM_NOT_MET") return EXIT.quorumLost;
  if (error.code === "SANDBOX_UNAVAILABLE") return EXIT.unsafe;
  return USAGE_CODES.has(error.code) ? EXIT.usage : EXIT.failed;
}

/** The user stopped the command; what there was to say has been said. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
}
