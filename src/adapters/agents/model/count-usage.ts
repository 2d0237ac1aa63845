import type { LanguageModelUsage } from "ai";
import type { Usage } from "../../../core/event.ts";
import { cachedPart, reported, total } from "../shared/usage.ts";

/**
 * What a call's steps used together. Cache reads and writes count as input and are told besides; the API names no price. What
 * was not reported is unknown; so is a count of 0 where none can be: a prompt has tokens, and so has an answer.
 */
export function countUsage(usages: readonly LanguageModelUsage[], said: string): Usage {
  const sum = (of: (usage: LanguageModelUsage) => number | undefined) =>
    total(...usages.map((usage) => reported(of(usage))));
  const input = sum(({ inputTokens }) => inputTokens);
  const output = sum(({ outputTokens }) => outputTokens);
  const cacheRead = sum(({ inputTokenDetails }) => inputTokenDetails.cacheReadTokens);
  const cacheWrite = sum(({ inputTokenDetails }) => inputTokenDetails.cacheWriteTokens);
  const known = input !== 0 && input !== "unknown";
  return {
    inputTokens: known ? input : "unknown",
    outputTokens: output === 0 && said !== "" ? "unknown" : output,
    costUsd: "unknown",
    ...(known && cachedPart(cacheRead, cacheWrite)),
  };
}

/**
 * Whether an endpoint that answers with this status has not begun to answer the request, so that it used nothing: it was
 * wrong, not allowed, or too much at once (4xx, 503, 529). Of other errors of servers nobody can say: the model may have worked.
 */
export const isTurnedAway = (status: number): boolean =>
  (status >= 400 && status < 499 && status !== 408) || status === 503 || status === 529;
