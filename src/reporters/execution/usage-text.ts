import type { Usage } from "../../core/usage.ts";
import { moneyText } from "../budget-lines.ts";

const amount = (tokens: number | "unknown"): string =>
  tokens === "unknown" ? tokens : String(Math.ceil(tokens)).replaceAll(/\B(?=(?:\d{3})+$)/g, ",");

/** `12,000 tokens in, 900 out, $0.05`; what was not said is unknown. */
export function usageText({ inputTokens, outputTokens, costUsd }: Usage): string {
  if (inputTokens === "unknown" && outputTokens === "unknown" && costUsd === "unknown")
    return "usage unknown";
  const cost = costUsd === "unknown" ? "cost unknown" : moneyText(costUsd);
  return `${amount(inputTokens)} tokens in, ${amount(outputTokens)} out, ${cost}`;
}
