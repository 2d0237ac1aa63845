import { formatDuration } from "../../../core/duration.ts";
import type { Usage } from "../../../core/event.ts";
import type { Json } from "../../../core/json.ts";
import type { Resources } from "../../../core/resources.ts";
import { err, ok } from "../../../core/result.ts";
import { oneLine } from "../../../core/text.ts";
import type { AgentLimits, AgentOutcome } from "../../../ports/agent.ts";
import { classifyFailure } from "../shared/classify-failure.ts";
import { findJson } from "../shared/find-json.ts";
import { lastWords } from "../shared/last-words.ts";
import { endedByOthers } from "../shared/process/ended-by-others.ts";
import type { StopReason } from "../../shared/process/limit-watch.ts";
import { textOf, type JsonObject } from "../../shared/safe-json.ts";
import type { Submission } from "../shared/submit/submit-desk.ts";
import { codeOf } from "./converse.ts";
import { ConversationEnd, type Failed } from "./conversation.ts";

/** How the conversation ended: with the agent's last message, or an error; undefined when it was stopped. */
export type TalkEnd = { readonly response: JsonObject } | { readonly error: unknown } | undefined;

/** All that is known of an attempt when its session is over. */
export interface Evidence {
  readonly name: string;
  readonly end: TalkEnd;
  readonly stopped: StopReason | undefined;
  readonly submission: Submission;
  readonly lastText: string;
  /** Whether it was to carry out a task: its result is a report then, which may be missing. */
  readonly works: boolean;
  readonly denied: readonly string[];
  /** What it did to its output folder. */
  readonly damage: string | undefined;
  readonly exit: { readonly exitCode: number | undefined; readonly exitSignal: string | undefined };
  readonly survivors: number;
  readonly limits: AgentLimits;
  readonly usage: Usage;
  readonly outputBytes: number;
  readonly resources: Resources | undefined;
  readonly lastError: string;
  readonly errorTail: string;
  /** Epoch milliseconds, for a Retry-After that names a date. */
  readonly now: number;
}

/**
 * Decide what an attempt came to. A canceled one is canceled, and one whose folder was damaged has no evidence. Then what
 * was handed in counts, however the session ended after it: it was checked. Without that: why it was stopped, what went
 * wrong, what its last text holds.
 */
export function judgeAttempt(evidence: Evidence): AgentOutcome {
  const { submission, stopped, damage, usage, outputBytes, resources } = evidence;
  const answered = (value: Json): AgentOutcome =>
    ok({
      value,
      usage,
      outputBytes,
      ...(resources && { resources }),
      ...(evidence.works && lastWords(evidence.lastText)),
    });
  if (stopped === "canceled") return failure(stoppedBy(stopped, evidence), evidence);
  if (damage !== undefined) return failure({ kind: "invalid-output", message: damage }, evidence);
  if (submission.state === "accepted") return answered(submission.value);
  if (submission.state === "failed" && !evidence.works)
    return failure(
      {
        kind: "invalid-output",
        message: `handed in a wrong result twice: ${oneLine(submission.problems.join("; "), 300)}`,
      },
      evidence,
    );
  if (stopped !== undefined) return failure(stoppedBy(stopped, evidence), evidence);
  const { end } = evidence;
  if (end === undefined || "error" in end)
    return failure(brokenOff(end?.error, evidence), evidence);
  const finding = findJson(evidence.lastText);
  const odd = oddEnd(textOf(end.response["stopReason"]), evidence);
  if (odd !== undefined) return failure(odd, evidence);
  if (evidence.works) return answered(finding.found === "value" ? finding.value : null);
  return finding.found === "value"
    ? answered(finding.value)
    : failure(noAnswer(finding.found === "truncated", evidence), evidence);
}

function failure(failed: Failed, evidence: Evidence): AgentOutcome {
  const { name, survivors, usage, outputBytes, resources, stopped, exit } = evidence;
  const killed = stopped === undefined && endedByOthers(exit);
  const left = survivors === 0 ? "" : `; ${survivors} of its processes could not be killed`;
  const message = `${name} ${failed.message}${left}`;
  const used = { usage, outputBytes, ...(resources && { resources }) };
  return err({ ...failed, message, ...used, ...(killed && { killed }) });
}

function stoppedBy(reason: StopReason, evidence: Evidence): Failed {
  const { limits, lastError, errorTail, now } = evidence;
  const last = lastError === "" ? "" : `; its last error line: ${oneLine(lastError, 200)}`;
  switch (reason) {
    case "timeout":
    case "stalled": {
      const why =
        reason === "timeout"
          ? `no answer within ${formatDuration(limits.timeoutMs)}`
          : `it said nothing for ${formatDuration(limits.stallMs)}`;
      // Agents ask a busy provider again by themselves: why they got no further is what they said last, not the clock.
      return {
        kind: reason,
        ...classifyFailure(errorTail, now),
        message: `was stopped: ${why}${last}`,
      };
    }
    case "output-limit":
      return {
        kind: reason,
        message: `was stopped: it said more than ${size(limits.maxOutputBytes)}`,
      };
    case "out-of-memory":
      return {
        kind: reason,
        message: `was stopped: its processes held more than ${size(limits.maxMemoryBytes ?? 0)} of memory`,
      };
    case "canceled":
      return { kind: reason, message: "was canceled" };
  }
}

/** An error that it answered, or that it is not there any more. */
function brokenOff(error: unknown, evidence: Evidence): Failed {
  if (error instanceof ConversationEnd) return error.failed;
  const { lastError, errorTail, now, exit } = evidence;
  if (codeOf(error) !== undefined && error instanceof Error) {
    const data = "data" in error ? JSON.stringify(error.data ?? "").slice(0, 4_000) : "";
    const said = `${error.message} ${data}`;
    const trouble = classifyFailure(said, now);
    return {
      kind: "crashed",
      ...trouble,
      message: `answered with an error: ${oneLine(said, 300)}`,
    };
  }
  const last = lastError === "" ? "" : `: ${oneLine(lastError, 300)}`;
  return {
    kind: "crashed",
    ...classifyFailure(errorTail, now),
    message: `ended in the middle of the session, ${exitOf(exit)}${last}`,
  };
}

const exitOf = ({ exitCode, exitSignal }: Evidence["exit"]): string => {
  if (exitSignal !== undefined) return `by signal ${exitSignal}`;
  return exitCode === undefined ? "closing its output" : `with exit code ${exitCode}`;
};

/** Ends of a turn that are no end of the work. */
function oddEnd(stopReason: string | undefined, { denied }: Evidence): Failed | undefined {
  const asked = denied.length === 0 ? "" : `; it was denied: ${denied.join(", ")}`;
  switch (stopReason ?? "") {
    case "refusal":
      return { kind: "refused", message: `declined${asked}` };
    case "cancelled":
      return { kind: "refused", message: `gave up by itself${asked}` };
    case "max_tokens":
      return { kind: "invalid-output", message: "broke off: the model's most tokens were reached" };
    case "max_turn_requests":
      return {
        kind: "invalid-output",
        message: "broke off: it asked its model as often as it may",
      };
    default:
      return undefined;
  }
}

/** Says what came instead; an agent that was denied its tools and then had no answer counts as having refused. */
function noAnswer(truncated: boolean, { lastText, submission, denied, now }: Evidence): Failed {
  if (submission.state === "open")
    return {
      kind: "invalid-output",
      message: `handed in a wrong result and did not correct it: ${oneLine(submission.problems.join("; "), 300)}`,
    };
  const shown = oneLine(lastText, 200);
  // Some say what their provider answered as if it were the answer.
  const trouble = lastText.length < 2_000 ? classifyFailure(lastText, now) : undefined;
  const came = truncated
    ? `broke off in the middle of a JSON object: …${oneLine(lastText.slice(-120), 100)}`
    : shown === ""
      ? "ended its turn without a result"
      : `handed in no result, and its last text holds none: ${shown}`;
  return denied.length > 0 && trouble === undefined
    ? { kind: "refused", message: `${came}; it was denied: ${denied.join(", ")}` }
    : { kind: "invalid-output", ...trouble, message: came };
}

const size = (bytes: number): string =>
  bytes >= 2 ** 20 ? `${Math.round(bytes / 2 ** 20)} MiB` : `${bytes} bytes`;
