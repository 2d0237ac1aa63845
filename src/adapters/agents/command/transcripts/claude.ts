import type { Usage } from "../../../../core/event.ts";
import type { Json } from "../../../../core/json.ts";
import type { ProviderFailureKind } from "../../shared/classify-failure.ts";
import { isObject, textOf, type JsonObject } from "../../../shared/safe-json.ts";
import { reported, total, UNKNOWN_USAGE } from "../../shared/usage.ts";
import { toolUse } from "./tool-use.ts";
import type { Problem, Transcript, TranscriptFormat } from "./transcript.ts";

/**
 * `claude -p --output-format stream-json --verbose`: `system`, `assistant`, `user` events, then one `result` with
 * `is_error`, `subtype`, `result`, `structured_output`, `usage`, `total_cost_usd` and `permission_denials`. Exit code 0
 * says nothing: only a `result` that is no error counts.
 */
export const claudeFormat: TranscriptFormat = {
  reader() {
    let result: JsonObject | undefined;
    let complaint: string | undefined;
    let retried: string | undefined;
    return {
      take(event) {
        if (event["type"] === "result") result = event;
        else if (event["type"] === "assistant" && typeof event["error"] === "string")
          complaint = event["error"];
        else if (event["subtype"] === "api_retry") retried = retryOf(event);
        else if (event["type"] === "assistant") retried = undefined;
      },
      end: () =>
        result === undefined
          ? {
              ...(retried !== undefined && { complaint: retried }),
              usage: UNKNOWN_USAGE,
              problem: problemOf(complaint, "it ended without a result event"),
            }
          : transcriptOf(result, complaint),
    };
  },
  progress(event) {
    const message = event["message"];
    if (event["type"] !== "assistant" || !isObject(message)) return undefined;
    return listOf(message["content"])
      .map(blockText)
      .findLast((text) => text !== undefined);
  },
};

const listOf = (value: Json | undefined): readonly Json[] =>
  Array.isArray(value) ? (value as readonly Json[]) : [];

function blockText(block: Json): string | undefined {
  if (!isObject(block)) return undefined;
  if (block["type"] === "text") return textOf(block["text"])?.trim().split("\n").at(-1);
  return block["type"] === "tool_use" ? toolUse(block["name"]) : undefined;
}

/** `system` events with the subtype `api_retry` tell of a request that is made again. */
const retryOf = (event: JsonObject): string => {
  const status = reported(event["error_status"]);
  return `error ${status === "unknown" ? "" : status} ${textOf(event["error"]) ?? ""}`.trim();
};

function problemOf(complaint: string | undefined, otherwise: string): Problem {
  const called = COMPLAINTS.get(complaint ?? "");
  return {
    kind: "crashed",
    text: complaint === undefined ? otherwise : `${complaint}: ${otherwise}`,
    ...(called && { called }),
  };
}

/** What it calls the failures of its requests in `error` (Claude Agent SDK: `SDKAssistantMessageError`). */
const COMPLAINTS: ReadonlyMap<string, ProviderFailureKind> = new Map([
  ["authentication_failed", "auth"],
  ["oauth_org_not_allowed", "auth"],
  ["billing_error", "quota"],
  ["rate_limit", "rate-limited"],
  ["overloaded", "overloaded"],
  ["server_error", "overloaded"],
]);

/** `--max-budget-usd` was reached. */
const OVER_BUDGET = "error_max_budget_usd";

function transcriptOf(result: JsonObject, complaint: string | undefined): Transcript {
  const usage = usageOf(result);
  const subtype = textOf(result["subtype"]) ?? "";
  const text = textOf(result["result"]);
  if (result["stop_reason"] === "refusal")
    return { usage, problem: { kind: "refused", text: text ?? "the model refused" } };
  if (result["is_error"] === true || subtype.startsWith("error")) {
    const errors = listOf(result["errors"]).filter((item) => typeof item === "string");
    const said = [subtype === "success" ? "" : subtype, text ?? "", ...errors].filter(
      (part) => part !== "",
    );
    const problem = problemOf(complaint, said.join(": ") || "the result is an error");
    return {
      usage,
      problem: subtype === OVER_BUDGET ? { ...problem, kind: "cost-limit" } : problem,
    };
  }
  const structured = result["structured_output"];
  const denied = deniedTools(result);
  return {
    usage,
    ...(structured !== undefined && structured !== null
      ? { answer: { value: structured } }
      : text !== undefined && { answer: { text } }),
    ...(denied.length > 0 && { note: `it was denied ${denied.join(", ")}` }),
  };
}

const deniedTools = (result: JsonObject): readonly string[] => [
  ...new Set(
    listOf(result["permission_denials"])
      .filter(isObject)
      .map((denial) => textOf(denial["tool_name"]) ?? "a tool"),
  ),
];

/**
 * Input tokens are those read fresh, those written to the cache and those read from it: all of them were sent. `modelUsage`
 * counts all models that took part, also of a session that was ended for its budget, whose `usage` is 0. Zeros without
 * it are those of a session in which no request succeeded: what the failed ones took is not said.
 */
function usageOf(result: JsonObject): Usage {
  const models = result["modelUsage"];
  const perModel = isObject(models) ? Object.values(models).flatMap(countsOf(BY_MODEL)) : [];
  const counts = perModel.length > 0 ? perModel : countsOf(IN_ALL)(result["usage"]);
  const inputTokens = total(...counts.map(({ input }) => input));
  const outputTokens = total(...counts.map(({ output }) => output));
  if (inputTokens === 0 && outputTokens === 0) return UNKNOWN_USAGE;
  return { inputTokens, outputTokens, costUsd: reported(result["total_cost_usd"]) };
}

interface Names {
  readonly input: readonly string[];
  readonly output: string;
}

const IN_ALL: Names = {
  input: ["input_tokens", "cache_creation_input_tokens", "cache_read_input_tokens"],
  output: "output_tokens",
};

const BY_MODEL: Names = {
  input: ["inputTokens", "cacheCreationInputTokens", "cacheReadInputTokens"],
  output: "outputTokens",
};

const countsOf =
  ({ input, output }: Names) =>
  (counts: Json | undefined) =>
    isObject(counts)
      ? [
          {
            input: total(...input.map((name) => reported(counts[name]))),
            output: reported(counts[output]),
          },
        ]
      : [];
