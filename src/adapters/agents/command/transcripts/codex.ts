import { isObject, textOf, type JsonObject } from "../../../shared/safe-json.ts";
import { cachedPart, reported, total } from "../../shared/usage.ts";
import type { Problem, TranscriptFormat } from "./transcript.ts";

/**
 * `codex exec --json`: `thread.started`, `turn.started`, `item.started|updated|completed`, then `turn.completed` with
 * usage, or `turn.failed` with an error. The answer is the last completed `agent_message`. Top-level `error` events
 * also tell of reconnects that succeed, so alone they fail nothing. Costs are not reported; cached tokens are counted
 * in `input_tokens` already.
 */
export const codexFormat: TranscriptFormat = {
  reader() {
    let input: number | "unknown" = "unknown";
    let cached: number | "unknown" = "unknown";
    let output: number | "unknown" = "unknown";
    let completed = false;
    let failure: string | undefined;
    let complaint: string | undefined;
    let text: string | undefined;

    const take = (event: JsonObject): void => {
      const { item, usage, error } = event;
      switch (textOf(event["type"]) ?? "") {
        case "item.completed":
          if (isObject(item) && item["type"] === "agent_message")
            text = textOf(item["text"]) ?? text;
          break;
        case "turn.completed":
          completed = true;
          if (isObject(usage)) {
            input = total(input, reported(usage["input_tokens"]));
            cached = total(cached, reported(usage["cached_input_tokens"]));
            output = total(output, reported(usage["output_tokens"]));
          }
          break;
        case "turn.failed":
          failure = (isObject(error) ? textOf(error["message"]) : undefined) ?? "the turn failed";
          break;
        case "error":
          complaint = textOf(event["message"]) ?? complaint;
          break;
      }
    };

    return {
      take,
      end() {
        const found = problemOf(failure, completed, complaint);
        return {
          usage: {
            inputTokens: input,
            outputTokens: output,
            costUsd: "unknown",
            ...cachedPart(cached),
          },
          ...(found && { problem: found }),
          ...(found && complaint !== undefined && { complaint }),
          ...(text !== undefined && { answer: { text } }),
        };
      },
    };
  },
  progress(event) {
    const { item } = event;
    if (!isObject(item)) return undefined;
    switch (textOf(item["type"]) ?? "") {
      case "agent_message":
      case "reasoning":
        return textOf(item["text"])?.trim().split("\n").at(-1);
      case "command_execution":
        return `runs ${textOf(item["command"]) ?? "a command"}`;
      default:
        return undefined;
    }
  },
};

function problemOf(
  failure: string | undefined,
  completed: boolean,
  complaint: string | undefined,
): Problem | undefined {
  if (failure !== undefined) return { kind: "crashed", text: failure };
  if (completed) return undefined;
  const ended = "it ended without completing its turn";
  return { kind: "crashed", text: complaint === undefined ? ended : `${complaint}: ${ended}` };
}
