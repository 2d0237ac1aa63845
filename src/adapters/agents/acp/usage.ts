import type { Usage } from "../../../core/event.ts";
import type { Json } from "../../../core/json.ts";
import { isObject, type JsonObject } from "../shared/safe-json.ts";
import { reported, total, UNKNOWN_USAGE } from "../shared/usage.ts";

type Count = number | "unknown";
type Tokens = Pick<Usage, "inputTokens" | "outputTokens">;

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
 * Whether cached input is part of `inputTokens` is not said, but the sum of all shows it. Where nothing shows it, it is
 * taken as not part of it, as Anthropic counts.
 */
function draftTokens(usage: JsonObject): Tokens {
  const [input, output] = [reported(usage["inputTokens"]), reported(usage["outputTokens"])];
  const thought = counted(usage["thoughtTokens"]);
  const cached = counted(usage["cachedReadTokens"]) + counted(usage["cachedWriteTokens"]);
  const all = reported(usage["totalTokens"]);
  const within = (extra: number) => all === total(input, output) && extra > 0;
  return {
    inputTokens: cached === 0 || within(cached) ? input : total(input, cached),
    outputTokens:
      thought === 0 || within(thought) || output === "unknown" ? output : output + thought,
  };
}

function counted(value: Json | undefined): number {
  const count = reported(value);
  return count === "unknown" ? 0 : count;
}
