import type { Usage } from "../../../../core/event.ts";
import { isObject, textOf, type JsonObject } from "../../../shared/safe-json.ts";
import { cachedPart, reported, total, UNKNOWN_USAGE } from "../../shared/usage.ts";
import { toolUse } from "./tool-use.ts";
import type { Problem, TranscriptFormat } from "./transcript.ts";

/**
 * `opencode run --format json`: `step_start`, `text`, `tool_use` and `step_finish` with one `part` each, and `error`. A step
 * is one request; their tokens and costs add up. Input, cache reads and writes, output and reasoning are counted apart. A
 * cost of 0 is that of a model whose price it does not know. The answer is the text of the last message that has any.
 */
export const opencodeFormat: TranscriptFormat = {
  reader() {
    let usage = UNKNOWN_USAGE;
    let message: string | undefined;
    let text = "";
    let finished = false;
    let problem: Problem | undefined;
    const take = (event: JsonObject): void => {
      const part: JsonObject = isObject(event["part"]) ? event["part"] : {};
      switch (textOf(event["type"]) ?? "") {
        case "text": {
          const id = textOf(part["messageID"]);
          text = (id === message ? text : "") + (textOf(part["text"]) ?? "");
          message = id;
          break;
        }
        case "step_finish":
          finished = part["reason"] !== "tool-calls";
          usage = sumOf(usage, part);
          break;
        case "error":
          problem = problemOf(event["error"]);
          break;
      }
    };
    return {
      take,
      end() {
        const found = problem ?? (finished ? undefined : UNFINISHED);
        return {
          usage,
          ...(found && { problem: found }),
          ...(text !== "" && { answer: { text } }),
        };
      },
    };
  },
  progress(event) {
    const part: JsonObject = isObject(event["part"]) ? event["part"] : {};
    switch (textOf(event["type"]) ?? "") {
      case "text":
        return textOf(part["text"])?.trim().split("\n").at(-1);
      case "tool_use":
        return toolUse(part["tool"]);
      default:
        return undefined;
    }
  },
};

/** What was used before a step, and in it. */
function sumOf(before: Usage, { tokens, cost }: JsonObject): Usage {
  const counts: JsonObject = isObject(tokens) ? tokens : {};
  const cached: JsonObject = isObject(counts["cache"]) ? counts["cache"] : {};
  const sent = [counts["input"], cached["read"], cached["write"]];
  const said = [counts["output"], counts["reasoning"]];
  return {
    inputTokens: total(before.inputTokens, ...sent.map(reported)),
    outputTokens: total(before.outputTokens, ...said.map(reported)),
    costUsd: total(before.costUsd, cost === 0 ? "unknown" : reported(cost)),
    ...cachedPart(
      total(before.cacheReadTokens ?? "unknown", reported(cached["read"])),
      total(before.cacheWriteTokens ?? "unknown", reported(cached["write"])),
    ),
  };
}

const UNFINISHED: Problem = { kind: "crashed", text: "it ended without finishing its turn" };

/** `{ name, data: { message, statusCode } }`; the name tells as much as the message. */
function problemOf(error: JsonObject[string]): Problem {
  const named: JsonObject = isObject(error) ? error : {};
  const data: JsonObject = isObject(named["data"]) ? named["data"] : {};
  const name = textOf(named["name"]) ?? "error";
  const status = reported(data["statusCode"]);
  const said = textOf(data["message"]) ?? "";
  const text = `${name}${status === "unknown" ? "" : ` (status ${status})`}: ${said}`;
  return {
    kind: "crashed",
    text,
    ...(name === "ContextOverflowError" && { called: "context-too-long" }),
    ...(name === "ProviderAuthError" && { called: "auth" }),
  };
}
