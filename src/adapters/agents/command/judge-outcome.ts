import { formatDuration } from "../../../core/duration.ts";
import { err, ok } from "../../../core/result.ts";
import { oneLine } from "../../../core/text.ts";
import { tellFailure } from "../../../execution/verify/tell-failure.ts";
import type { AgentFailure, AgentLimits, AgentOutcome } from "../../../ports/agent.ts";
import { classifyFailure } from "../shared/classify-failure.ts";
import { findJson, type Finding } from "../shared/find-json.ts";
import { endedByOthers } from "../shared/process/ended-by-others.ts";
import { lastWords } from "../shared/last-words.ts";
import type { StopReason } from "../../shared/process/limit-watch.ts";
import type { Reading } from "./read-answer.ts";
import type { ProcessEnd } from "../../shared/process/run-process.ts";
import type { Problem, Transcript } from "./transcripts/transcript.ts";

/** All that is known of an attempt when its processes are gone. */
export interface Evidence {
  /** How the agent is named in messages. */
  readonly name: string;
  readonly end: ProcessEnd;
  readonly limits: AgentLimits;
  readonly reading: Reading;
  /** Whether it was to carry out a task: what it answers is a report then, which may be missing. */
  readonly works: boolean;
  /** Size of the raw output in bytes, answer file included. */
  readonly outputBytes: number;
  /** The last line on stderr. */
  readonly lastError: string;
  /** The last whole lines on stderr, inert. */
  readonly lastErrors: readonly string[];
  /** The last kilobytes of stdout and stderr. */
  readonly tail: string;
  /** Epoch milliseconds, for a Retry-After that names a date. */
  readonly now: number;
}

type Failed = Pick<AgentFailure, "kind" | "message" | "retryAfterMs">;

/**
 * Decide what an attempt came to. In this order: it was stopped; the program itself told of a failure; it ended with an
 * error; it answered, or did not. Exit code 0 proves nothing, and an exit code above 0 is never an answer.
 */
export function judgeOutcome(evidence: Evidence): AgentOutcome {
  const { usage } = evidence.reading.transcript;
  const { outputBytes } = evidence;
  const { resources } = evidence.end;
  const failed = failureBeforeAnswer(evidence);
  if (failed) return failure(failed, evidence);
  const finding = findingOf(evidence.reading.transcript);
  const { answer } = evidence.reading.transcript;
  const told = { usage, outputBytes, resources, ...(evidence.works && saidIn(answer)) };
  if (finding.found === "value") return ok({ value: finding.value, ...told });
  return evidence.works
    ? ok({ value: null, ...told })
    : failure(noAnswer(finding, evidence.reading.transcript), evidence);
}

function failure(failed: Failed, { name, end, outputBytes, reading }: Evidence): AgentOutcome {
  const survivors =
    end.survivors === 0 ? "" : `; ${end.survivors} of its processes could not be killed`;
  return err({
    ...failed,
    message: `${name} ${failed.message}${survivors}`,
    usage: reading.transcript.usage,
    outputBytes,
    resources: end.resources,
    ...(end.stopped === undefined && endedByOthers(end) && { killed: true }),
  });
}

function failureBeforeAnswer(evidence: Evidence): Failed | undefined {
  const { end, reading } = evidence;
  if (end.stopped !== undefined) return stoppedBy(end.stopped, evidence);
  const { problem } = reading.transcript;
  if (problem !== undefined) return reportedProblem(problem, evidence);
  if (end.exitCode !== 0) return badExit(evidence);
  return reading.ok || evidence.works
    ? undefined
    : { kind: "invalid-output", message: reading.reason };
}

/**
 * Programs ask a busy provider again by themselves, until they are stopped. Why they got no further is what they said
 * last, not the clock.
 */
function stoppedBy(reason: StopReason, evidence: Evidence): Failed {
  const message = stopMessage(reason, evidence);
  const { complaint } = evidence.reading.transcript;
  if (complaint === undefined || (reason !== "timeout" && reason !== "stalled"))
    return { kind: reason, message };
  const said = `${message}; it said: ${oneLine(complaint, 200)}`;
  return { kind: reason, ...classifyFailure(complaint, evidence.now), message: said };
}

function stopMessage(reason: StopReason, { end, limits, lastError }: Evidence): string {
  const last = lastError === "" ? "" : `; its last error line: ${oneLine(lastError, 200)}`;
  switch (reason) {
    case "timeout":
      return `was stopped: no answer within ${formatDuration(limits.timeoutMs)}${last}`;
    case "stalled":
      return `was stopped: it printed nothing for ${formatDuration(limits.stallMs)}${last}`;
    case "output-limit":
      return `was stopped: it printed more than ${size(limits.maxOutputBytes)}`;
    case "out-of-memory":
      return `was stopped: its processes held ${size(known(end.resources.peakMemoryBytes))} of memory, more than ${size(limits.maxMemoryBytes ?? 0)}`;
    case "canceled":
      return "was canceled";
  }
}

function reportedProblem(problem: Problem, evidence: Evidence): Failed {
  const exit = evidence.end.exitCode === 0 ? "" : ` (${exitOf(evidence.end)})`;
  const error = problem.text === "" ? "" : `: ${oneLine(problem.text, 300)}`;
  const message = `failed${exit}${error}`;
  if (problem.kind === "cost-limit") return { kind: problem.kind, message };
  const text = `${problem.text}\n${evidence.end.exitCode === 0 ? "" : evidence.lastError}`;
  const told = classifyFailure(text, evidence.now);
  const kind = told?.kind ?? problem.called ?? problem.kind;
  const wait = problem.retryAfterMs ?? told?.retryAfterMs;
  return { kind, message, ...(wait !== undefined && { retryAfterMs: wait }) };
}

/** An agent's answer may be about keys and limits: what a program says when it fails, it says last. */
const LAST_LINES = 20;

function badExit(evidence: Evidence): Failed {
  const { end, lastError, lastErrors, tail } = evidence;
  // After the error come its stack, and the version of whatever threw it.
  const why = tellFailure(lastErrors).line ?? lastError;
  const message = `ended with ${exitOf(end)}${why === "" ? "" : `: ${oneLine(why, 300)}`}`;
  const said = tail.split("\n").slice(-LAST_LINES).join("\n");
  return { kind: "crashed", ...classifyFailure(said, evidence.now), message };
}

const exitOf = ({ exitCode, exitSignal }: ProcessEnd): string =>
  exitSignal === undefined ? `exit code ${exitCode ?? "unknown"}` : `signal ${exitSignal}`;

const saidIn = (answer: Transcript["answer"]) =>
  answer !== undefined && "text" in answer ? lastWords(answer.text) : {};

function findingOf({ answer }: Transcript): Finding {
  if (answer === undefined) return { found: "nothing" };
  return "value" in answer ? { found: "value", value: answer.value } : findJson(answer.text);
}

/** Says what came instead; a program that was denied its tools and then had no answer counts as having refused. */
function noAnswer(finding: Finding, { answer, note }: Transcript): Failed {
  const text = answer !== undefined && "text" in answer ? answer.text : "";
  const shown = oneLine(text, 120);
  const came =
    finding.found === "truncated"
      ? `broke off in the middle of a JSON object: …${oneLine(text.slice(-120), 100)}`
      : shown === ""
        ? "gave no answer: its output is empty"
        : `gave no JSON object but: ${shown}`;
  return note === undefined
    ? { kind: "invalid-output", message: came }
    : { kind: "refused", message: `${came}; ${note}` };
}

const known = (bytes: number | "unknown"): number => (bytes === "unknown" ? 0 : bytes);

const size = (bytes: number): string =>
  bytes >= 2 ** 20 ? `${Math.round(bytes / 2 ** 20)} MiB` : `${bytes} bytes`;
