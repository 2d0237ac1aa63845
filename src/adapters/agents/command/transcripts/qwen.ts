import type { Usage } from "../../../../core/event.ts";
import { isObject, textOf, type JsonObject } from "../../../shared/safe-json.ts";
import { cachedPart, reported, UNKNOWN_USAGE } from "../../shared/usage.ts";
import { claudeFormat } from "./claude.ts";
import type { Transcript, TranscriptFormat } from "./transcript.ts";

/** What it answers with, under exit code 0 and `success`, when its request failed: no answer that was ever asked for. */
const API_ERROR = /^\[API Error: ([\s\S]*)\]\s*$/;

/**
 * `qwen --output-format stream-json`: the events of Claude Code, but a failed request is a success whose text is the error,
 * an error is an object, `input_tokens` has the cached ones in it, and costs are not reported.
 */
export const qwenFormat: TranscriptFormat = {
  reader() {
    const reader = claudeFormat.reader();
    let result: JsonObject | undefined;
    return {
      take(event) {
        if (event["type"] === "result") result = event;
        reader.take(event);
      },
      end: () => (result === undefined ? reader.end() : transcriptOf(result, reader.end())),
    };
  },
  progress: (event) => claudeFormat.progress(event),
};

function transcriptOf(result: JsonObject, read: Transcript): Transcript {
  const usage = usageOf(result);
  const error = result["error"];
  const told = isObject(error) ? textOf(error["message"]) : undefined;
  if (read.problem !== undefined)
    return { ...read, usage, problem: { ...read.problem, text: told ?? read.problem.text } };
  const failed = API_ERROR.exec(textOf(result["result"]) ?? "")?.[1];
  // A status that stands alone is said to be one, so that its class is told.
  return failed === undefined
    ? { ...read, usage }
    : { usage, problem: { kind: "crashed", text: `API error ${failed}` } };
}

/** Without a request that succeeded it says 0. */
function usageOf(result: JsonObject): Usage {
  const { usage } = result;
  const counts: JsonObject = isObject(usage) ? usage : {};
  const input = reported(counts["input_tokens"]);
  const output = reported(counts["output_tokens"]);
  if (input === 0 && output === 0) return UNKNOWN_USAGE;
  const cached = cachedPart(reported(counts["cache_read_input_tokens"]));
  return { inputTokens: input, outputTokens: output, costUsd: "unknown", ...cached };
}
