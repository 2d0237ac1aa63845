import type { Work } from "../../project/project.ts";
import { pertQuantiles, quantileAt, type Quantiles } from "./pert-quantiles.ts";

/** How far a duration may be from its likely one, as factors of it. */
export interface Spread {
  readonly optimistic: number;
  readonly pessimistic: number;
  readonly source: string;
  readonly kind: "three-point" | "factor" | "no-figure";
}

/**
 * What is drawn from where an estimate has no best and worst case. That measured durations are within half and twice the estimate in
 * four of five cases is what Little found (IEEE Software 23(3), 2006, 48–54: P10 to P90 four-fold, in all phases of a project); that
 * we take these as the ends is our choice. Without a figure it is the widest part of the cone of uncertainty (Boehm, Software
 * Engineering Economics, 1981; McConnell, Software Estimation, 2006, ch. 4: 0.25 to 4).
 */
export const DEFAULT_SPREADS = {
  factor: {
    optimistic: 0.5,
    pessimistic: 2,
    source: "half to twice the estimate (Little 2006; our choice)",
  },
  "no-figure": {
    optimistic: 0.25,
    pessimistic: 4,
    source: "a quarter to four times (no figure; Boehm 1981, McConnell 2006)",
  },
} as const;

/** What `Work.basis` begins with where nobody gave a figure. */
const NO_FIGURE = "no figure";

export function spreadOf({ likely, optimistic, pessimistic, basis }: Work): Spread {
  if (likely > 0 && (optimistic !== undefined || pessimistic !== undefined)) {
    const [low, high] = [optimistic ?? likely, pessimistic ?? likely];
    return {
      optimistic: Math.min(1, Math.max(0, low / likely)),
      pessimistic: Math.max(1, high / likely),
      source: `three-point: ${basis}`,
      kind: "three-point",
    };
  }
  const kind = basis.startsWith(NO_FIGURE) ? "no-figure" : "factor";
  return { ...DEFAULT_SPREADS[kind], kind };
}

/** Gives the table of a spread, one for all whose likely case lies at the same thousandth; none where nothing varies. */
export function spreadTables(): (spread: Spread) => Quantiles | undefined {
  const known = new Map<number, Quantiles>();
  return ({ optimistic, pessimistic }) => {
    if (pessimistic <= optimistic) return undefined;
    const mode = Math.round(((1 - optimistic) / (pessimistic - optimistic)) * 1_000);
    const table = known.get(mode) ?? pertQuantiles(mode / 1_000);
    known.set(mode, table);
    return table;
  };
}

/** The factor that is not passed with this probability. */
export const factorAt = (
  { optimistic, pessimistic }: Spread,
  table: Quantiles | undefined,
  probability: number,
): number =>
  table === undefined
    ? 1
    : optimistic + (pessimistic - optimistic) * quantileAt(table, probability);
