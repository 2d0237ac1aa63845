import type { Usage } from "../../core/event.ts";

/** What a model's tokens cost, in US dollars per million: that is millionths of a dollar per token. */
export type Price = {
  readonly input: number;
  readonly output: number;
  /** Of input that a cache of prompts served; default: as input. */
  readonly cacheRead: number | null;
  /** Of input that was put into one; default: as input. */
  readonly cacheWrite: number | null;
};

/** What the tokens cost, in millionths of a dollar, rounded up; undefined where they are not all known. */
export function priceOf(usage: Usage, price: Price): number | undefined {
  const { inputTokens, outputTokens, cacheReadTokens = 0, cacheWriteTokens = 0 } = usage;
  if (inputTokens === "unknown" || outputTokens === "unknown") return undefined;
  const fresh = Math.max(0, inputTokens - cacheReadTokens - cacheWriteTokens);
  return Math.ceil(
    fresh * price.input +
      cacheReadTokens * (price.cacheRead ?? price.input) +
      cacheWriteTokens * (price.cacheWrite ?? price.input) +
      outputTokens * price.output,
  );
}
