import type { LanguageModelUsage } from "ai";
import type { Usage } from "../../../core/event.ts";
import { reported, total } from "../shared/usage.ts";

/** What a call used, with what of its input was cached. */
export interface CountedUsage {
  /** Cache reads and writes count as input. The API names no price. */
  readonly usage: Usage;
  readonly cacheReadTokens: number | "unknown";
  readonly cacheWriteTokens: number | "unknown";
}

/**
 * The sum of a call's steps. What was not reported is unknown; so is a count of 0 where none can be: a prompt has tokens, and
 * so has an answer.
 */
export function countUsage(usages: readonly LanguageModelUsage[], said: string): CountedUsage {
  const sum = (of: (usage: LanguageModelUsage) => number | undefined) =>
    total(...usages.map((usage) => reported(of(usage))));
  const input = sum(({ inputTokens }) => inputTokens);
  const output = sum(({ outputTokens }) => outputTokens);
  return {
    usage: {
      inputTokens: input === 0 ? "unknown" : input,
      outputTokens: output === 0 && said !== "" ? "unknown" : output,
      costUsd: "unknown",
    },
    cacheReadTokens: sum(({ inputTokenDetails }) => inputTokenDetails.cacheReadTokens),
    cacheWriteTokens: sum(({ inputTokenDetails }) => inputTokenDetails.cacheWriteTokens),
  };
}
