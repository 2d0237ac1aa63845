import { formatDuration } from "../../../core/duration.ts";
import { err, ok, type Result } from "../../../core/result.ts";
import { oneLine } from "../../../core/text.ts";
import type { Json } from "../../../core/json.ts";
import type { AgentLimits } from "../../../ports/agent.ts";
import { findJson, MAX_ANSWER } from "../shared/find-json.ts";
import type { StopReason } from "../../shared/process/limit-watch.ts";
import type { Heard } from "./ask-model.ts";
import { readFailure, type Failed } from "./read-failure.ts";

export interface Circumstances {
  readonly stopped: StopReason | undefined;
  readonly limits: AgentLimits;
  /** Epoch milliseconds. */
  readonly now: number;
}

/**
 * What a call came to. In this order: it was stopped; something was thrown or told; it ended for another reason than that the
 * answer is complete; it answered, or did not. Messages continue a sentence that starts with the agent.
 */
export function judgeHeard(heard: Heard, circumstances: Circumstances): Result<Json, Failed> {
  const { stopped, now } = circumstances;
  if (stopped !== undefined)
    return err({ kind: stopped, message: stopMessage(stopped, circumstances) });
  if (heard.error !== undefined) return err(readFailure(heard.error, now));
  const ended = endOf(heard);
  if (ended !== undefined) return err(ended);
  const finding = findJson(heard.text);
  if (finding.found === "value") return ok(finding.value);
  return err({ kind: "invalid-output", message: noAnswer(finding.found, heard.text) });
}

function stopMessage(reason: StopReason, { limits }: Circumstances): string {
  switch (reason) {
    case "timeout":
      return `was stopped: no answer within ${formatDuration(limits.timeoutMs)}`;
    case "stalled":
      return `was stopped: nothing came for ${formatDuration(limits.stallMs)}`;
    case "output-limit":
      return `was stopped: it said more than ${MAX_ANSWER / 2 ** 20} MiB, or sent more than ${limits.maxOutputBytes} bytes`;
    case "out-of-memory":
    case "canceled":
      return "was canceled";
  }
}

/** Why what was said is no complete answer, by the reason the provider gives for its end. */
function endOf({ finish, text }: Heard): Failed | undefined {
  const raw = oneLine(finish?.raw ?? "", 60);
  switch (finish?.reason) {
    case "stop":
      return undefined;
    case "content-filter":
      return {
        kind: "refused",
        message: `declined to answer (${raw || "content filter"})${text === "" ? "" : `: ${oneLine(text, 200)}`}`,
      };
    case "length":
      return raw === "model_context_window_exceeded"
        ? { kind: "context-too-long", message: `filled the model's context (${raw})` }
        : {
            kind: "invalid-output",
            message: `was cut off at its limit of output tokens (${raw || "length"}); raise max-output-tokens, or ask for less`,
          };
    case "tool-calls":
      return {
        kind: "invalid-output",
        message: "gave no answer: it went on reading inputs, or called a tool that is not there",
      };
    case "error":
    case "other":
    case undefined:
      return raw === ""
        ? {
            kind: "crashed",
            message: "gave no complete answer: the endpoint hung up before its end",
          }
        : { kind: "invalid-output", message: `gave no complete answer: it ended with "${raw}"` };
  }
}

function noAnswer(found: "truncated" | "nothing", text: string): string {
  if (found === "truncated")
    return `broke off in the middle of a JSON object: …${oneLine(text.slice(-120), 100)}`;
  const shown = oneLine(text, 120);
  return shown === "" ? "gave no answer: it said nothing" : `gave no JSON object but: ${shown}`;
}
