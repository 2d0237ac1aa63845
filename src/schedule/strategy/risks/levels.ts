import type { RiskLevel } from "./risk.ts";

/** From where on a probability, and a delay as a part of the whole, is medium or high. Our choice; S3 has only the words. */
export const PROBABILITY_LEVELS = { medium: 0.2, high: 0.5 } as const;
export const IMPACT_LEVELS = { medium: 0.05, high: 0.15 } as const;

/** Probabilities come from products. */
const EXACT = 1e-9;

export const levelOf = (
  value: number,
  { medium, high }: { readonly medium: number; readonly high: number },
): RiskLevel => (value > high - EXACT ? "high" : value > medium - EXACT ? "medium" : "low");

/** Probability by impact: S3's own example, medium and high, needs an answer in detail, so it is high. */
export const RISK_MATRIX: Readonly<Record<RiskLevel, Readonly<Record<RiskLevel, RiskLevel>>>> = {
  low: { low: "low", medium: "low", high: "medium" },
  medium: { low: "low", medium: "medium", high: "high" },
  high: { low: "medium", medium: "high", high: "high" },
};

const RANK: Readonly<Record<RiskLevel, number>> = { low: 0, medium: 1, high: 2 };

/** For sorting, the highest first. */
export const compareLevels = (a: RiskLevel, b: RiskLevel): number => RANK[b] - RANK[a];
