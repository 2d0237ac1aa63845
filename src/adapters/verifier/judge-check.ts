import { formatDuration } from "../../core/duration.ts";
import { oneLine } from "../../core/text.ts";
import { SUCCESS, unmet } from "../../execution/expectation.ts";
import { sumIn } from "../../execution/verify/sum-in.ts";
import { lastLines, tellFailure } from "../../execution/verify/tell-failure.ts";
import type { CheckReason, CheckRequest, CheckResult } from "../../ports/verifier.ts";
import type { Ran } from "../shared/process/run-recorded.ts";

/** All that is known of a check that was started. */
export type Seen = Ran &
  Pick<CheckResult, "durationMs"> & {
    readonly log: string;
    /** The last lines of all that it printed, and of standard output alone. */
    readonly lines: readonly string[];
    readonly printed: readonly string[];
  };

type Judged = Pick<CheckResult, "outcome" | "shown" | "exit"> & { readonly reason?: CheckReason };

/** Nothing was started. `why` is a sentence. */
export const notRun = (reason: CheckReason, why: string): CheckResult => ({
  outcome: "not-run",
  reason,
  exit: null,
  durationMs: 0,
  shown: oneLine(why, 300),
  tail: [],
  log: null,
});

/** How shells say that a program is missing; the name is the last but one part of the line. */
const MISSING = /(?:^|[\s:])([^\s:]+): (?:command not found|not found|No such file or directory)$/i;

export function judgeCheck(request: CheckRequest, seen: Seen): CheckResult {
  const { durationMs, log, lines } = seen;
  const told = judged(request, seen);
  const tail = told.outcome === "failed" ? tellFailure(lines).lines : lastLines(lines);
  return { ...told, durationMs, tail: [...tail], log };
}

function judged({ expects = SUCCESS, timeoutMs }: CheckRequest, seen: Seen): Judged {
  const { end, lines, damage } = seen;
  if (end === undefined) return failed("unexpected", `It ${damage}.`);
  if (end.spawnError !== undefined)
    return {
      outcome: "not-run",
      reason: "no-program",
      exit: null,
      shown: `The shell can't be started (${end.spawnError}).`,
    };
  switch (end.stopped) {
    case "canceled":
      return { outcome: "not-run", reason: "canceled", exit: null, shown: "It was stopped." };
    case "timeout":
    case "stalled":
      return failed("timeout", `It took longer than ${formatDuration(timeoutMs)}.`);
    case "output-limit":
    case "out-of-memory":
      return failed("output-limit", `It printed more than ${end.outputBytes} bytes.`);
    case undefined:
      break;
  }
  const { exitCode: exit } = end;
  if (exit === undefined)
    return failed("signal", `It was ended by ${end.exitSignal ?? "a signal"}.`);
  const missing = exit === 127 ? missingProgram(lines) : undefined;
  if (missing !== undefined)
    return {
      outcome: "not-run",
      reason: "no-program",
      exit,
      shown: `${oneLine(missing, 60)} is not installed here.`,
    };
  const instead = unmet(expects, { exit, printed: seen.printed });
  if (instead === undefined) return { outcome: "passed", exit, shown: passedLine(exit, seen) };
  const said = exit === 0 ? lines.at(-1) : tellFailure(lines).line;
  const line = said === undefined ? instead : `${instead}: ${oneLine(said, 200)}`;
  return { outcome: "failed", reason: "unexpected", exit, shown: oneLine(line, 300) };
}

const failed = (reason: CheckReason, shown: string): Judged => ({
  outcome: "failed",
  reason,
  exit: null,
  shown,
});

function passedLine(exit: number, { printed }: Seen): string {
  const said = sumIn(printed);
  return said === undefined ? `exit code ${exit}` : `exit code ${exit}: ${oneLine(said, 200)}`;
}

/** A program of the machine. A file of the project that is not there, named by a path, is the work's fault. */
function missingProgram(lines: readonly string[]): string | undefined {
  for (const line of lines.slice(-10).toReversed()) {
    const name = MISSING.exec(line.slice(-300))?.[1];
    if (name !== undefined) return name.includes("/") ? undefined : name;
  }
  return undefined;
}
