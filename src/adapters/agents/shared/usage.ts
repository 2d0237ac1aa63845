import type { Usage } from "../../../core/event.ts";
import type { Json } from "../../../core/json.ts";

/** What a runtime that reports nothing used. */
export const UNKNOWN_USAGE: Usage = {
  inputTokens: "unknown",
  outputTokens: "unknown",
  costUsd: "unknown",
};

/** What was used where nobody was asked: known, and so nothing is charged for it. */
export const NO_USAGE: Usage = { inputTokens: 0, outputTokens: 0, costUsd: 0 };

/** A count or a price as reported; anything that is not a number of at least 0 is unknown. */
export const reported = (value: Json | undefined): number | "unknown" =>
  typeof value === "number" && Number.isFinite(value) && value >= 0 ? value : "unknown";

/** The sum of what is known; unknown when nothing is. */
export const total = (...parts: readonly (number | "unknown")[]): number | "unknown" => {
  const known = parts.filter((part) => part !== "unknown");
  return known.length === 0 ? "unknown" : known.reduce((sum, part) => sum + part, 0);
};

/** Of the input, what the provider's cache of prompts served and took in, as far as it is told: prices differ. */
export const cachedPart = (
  read: number | "unknown",
  written: number | "unknown" = "unknown",
): Pick<Usage, "cacheReadTokens" | "cacheWriteTokens"> => ({
  ...(read !== "unknown" && { cacheReadTokens: read }),
  ...(written !== "unknown" && { cacheWriteTokens: written }),
});
