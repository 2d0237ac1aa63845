import type { Usage } from "../../../../core/event.ts";
import { isObject, textOf, type JsonObject } from "../../../shared/safe-json.ts";
import { cachedPart, reported, UNKNOWN_USAGE } from "../../shared/usage.ts";
import { toolUse } from "./tool-use.ts";
import type { Problem, TranscriptFormat } from "./transcript.ts";

/**
 * `gemini -p -o stream-json`: `init`, `message` (`user`, then parts of what the assistant says), `tool_use`, `tool_result`,
 * `error` (trouble that it went on from), and one `result` with `status`, `error` and `stats`. The answer is what was said
 * since the last tool. `input_tokens` has the cached ones in it; reasoning is only in the total. Costs are not reported.
 */
export const geminiFormat: TranscriptFormat = {
  reader() {
    let text = "";
    let result: JsonObject | undefined;
    let complaint: string | undefined;
    const denied = new Set<string>();
    const tools = new Map<string, string>();
    const take = (event: JsonObject): void => {
      switch (textOf(event["type"]) ?? "") {
        case "message":
          if (event["role"] === "assistant") text += textOf(event["content"]) ?? "";
          break;
        case "tool_use":
          text = "";
          tools.set(textOf(event["tool_id"]) ?? "", textOf(event["tool_name"]) ?? "a tool");
          break;
        case "tool_result":
          if (event["status"] === "error")
            denied.add(tools.get(textOf(event["tool_id"]) ?? "") ?? "a tool");
          break;
        case "error":
          complaint = textOf(event["message"]) ?? complaint;
          break;
        case "result":
          result = event;
          break;
      }
    };
    return {
      take,
      end() {
        const problem = problemOf(result, complaint);
        return {
          usage: result === undefined ? UNKNOWN_USAGE : usageOf(result),
          ...(problem && { problem }),
          ...(complaint !== undefined && { complaint }),
          ...(text !== "" && { answer: { text } }),
          ...(denied.size > 0 && {
            note: `its tools failed or were denied: ${[...denied].join(", ")}`,
          }),
        };
      },
    };
  },
  progress(event) {
    switch (textOf(event["type"]) ?? "") {
      case "message":
        return event["role"] === "assistant"
          ? textOf(event["content"])?.trim().split("\n").at(-1)
          : undefined;
      case "tool_use":
        return toolUse(event["tool_name"]);
      default:
        return undefined;
    }
  },
};

function problemOf(
  result: JsonObject | undefined,
  complaint: string | undefined,
): Problem | undefined {
  if (result?.["status"] === "success") return undefined;
  const error = result?.["error"];
  const said = isObject(error) ? textOf(error["message"]) : undefined;
  const ended = result === undefined ? "it ended without a result event" : "the result is an error";
  return {
    kind: "crashed",
    text: said ?? (complaint === undefined ? ended : `${complaint}: ${ended}`),
  };
}

/** A request that failed counts as none: 0 tokens in all is what it says when it does not know. */
function usageOf(result: JsonObject): Usage {
  const { stats } = result;
  const counts: JsonObject = isObject(stats) ? stats : {};
  const input = reported(counts["input_tokens"]);
  const whole = reported(counts["total_tokens"]);
  const said = reported(counts["output_tokens"]);
  if (input === "unknown" || whole === 0) return UNKNOWN_USAGE;
  const output = whole === "unknown" || said === "unknown" ? said : Math.max(said, whole - input);
  const cached = cachedPart(reported(counts["cached"]));
  return { inputTokens: input, outputTokens: output, costUsd: "unknown", ...cached };
}
