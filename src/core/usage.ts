/** Tokens and money an agent reported. What it did not report is `"unknown"`, never 0. */
export type Usage = {
  readonly inputTokens: number | "unknown";
  readonly outputTokens: number | "unknown";
  /** Of `inputTokens`, those that the provider's cache of prompts served, and those that were put into it; absent: not told. */
  readonly cacheReadTokens?: number;
  readonly cacheWriteTokens?: number;
  /** US dollars. */
  readonly costUsd: number | "unknown";
};
