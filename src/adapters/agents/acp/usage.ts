import type { Usage } from "../../../core/event.ts";
import { isObject, type JsonObject } from "../../shared/safe-json.ts";
import { cachedPart, reported, UNKNOWN_USAGE } from "../shared/usage.ts";

type Count = number | "unknown";
type Tokens = Omit<Usage, "costUsd">;

const NO_TOKENS: Tokens = { inputTokens: "unknown", outputTokens: "unknown" };

/** Cost in US dollars of a session so far, as a `usage_update` tells it: the running total. Another currency is unknown. */
export function costIn(update: JsonObject): Count {
  const { cost } = update;
  return isObject(cost) && cost["currency"] === "USD" ? reported(cost["amount"]) : "unknown";
}

/**
 * What a turn used, by its last message: `usage` of the protocol's draft (Claude Code, Codex, Copilot), else Gemini's
 * `_meta.quota`; others tell nothing. Cached input counts as input. `last-turn`: those tokens are of the last request to
 * the model alone (OpenCode), which is no figure for the whole.
 */
export function usageOf(
  response: JsonObject,
  cost: Count,
  reports: "whole-turn" | "last-turn",
): Usage {
  const tokens = reports === "whole-turn" ? tokensIn(response) : NO_TOKENS;
  return { ...UNKNOWN_USAGE, ...tokens, costUsd: cost };
}

function tokensIn({ usage, _meta: meta }: JsonObject): Tokens {
  if (isObject(usage)) return draftTokens(usage);
  const quota = isObject(meta) ? meta["quota"] : undefined;
  const count = isObject(quota) ? quota["token_count"] : undefined;
  if (!isObject(count)) return NO_TOKENS;
  return {
    inputTokens: reported(count["input_tokens"]),
    outputTokens: reported(count["output_tokens"]),
  };
}

/**
 * Whether cached input is part of `inputTokens`, and thought part of `outputTokens`, is not said, but the sum of all shows
 * it (Codex counts thought within and cached input apart). Where nothing shows it, neither is taken to be, as Anthropic counts.
 */
function draftTokens(usage: JsonObject): Tokens {
  const [input, output] = [reported(usage["inputTokens"]), reported(usage["outputTokens"])];
  if (input === "unknown" || output === "unknown")
    return { inputTokens: input, outputTokens: output };
  const [read, written] = [
    reported(usage["cachedReadTokens"]),
    reported(usage["cachedWriteTokens"]),
  ];
  const cached = known(read) + known(written);
  const thought = known(reported(usage["thoughtTokens"]));
  const ways = [
    [cached, thought],
    [cached, 0],
    [0, thought],
    [0, 0],
  ] as const;
  const all = reported(usage["totalTokens"]);
  const [apart, besides] = ways.find(([c, t]) => input + c + output + t === all) ?? ways[0];
  return {
    inputTokens: input + apart,
    outputTokens: output + besides,
    ...cachedPart(read, written),
  };
}

const known = (count: Count): number => (count === "unknown" ? 0 : count);
