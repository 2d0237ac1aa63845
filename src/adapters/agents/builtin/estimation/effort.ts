import type { Estimate } from "../../../../stage/contracts/shared.ts";
import { HOURS_PER_DAY, SPREAD } from "./sizing-constants.ts";

/** Person-days are kept in whole tenths, so that sums of tasks are exactly their phase. */
const tenths = (days: number): number => Math.max(1, Math.round(days * 10));

/** Three points from likely hours; `settled` work has the narrower spread. At least a tenth of a day each. */
export function estimateOf(hours: number, settled: boolean): Estimate {
  const spread = settled ? SPREAD.settled : SPREAD.unsettled;
  const likely = tenths(hours / HOURS_PER_DAY);
  return {
    optimistic: Math.max(1, Math.round(likely * spread.optimistic)) / 10,
    likely: likely / 10,
    pessimistic: Math.round(likely * spread.pessimistic) / 10,
  };
}

const add = (numbers: readonly number[]): number =>
  numbers.reduce((sum, one) => sum + Math.round(one * 10), 0) / 10;

/** Sum of estimates, exact in tenths. */
export const sumOf = (estimates: readonly Estimate[]): Estimate => ({
  optimistic: add(estimates.map(({ optimistic }) => optimistic)),
  likely: add(estimates.map(({ likely }) => likely)),
  pessimistic: add(estimates.map(({ pessimistic }) => pessimistic)),
});

/** PERT mean and standard deviation of work whose parts are independent of each other, in person-days to a tenth. */
export function pertOf(estimates: readonly Estimate[]): {
  readonly expected: number;
  readonly deviation: number;
} {
  const mean = estimates.reduce(
    (sum, { optimistic, likely, pessimistic }) => sum + (optimistic + 4 * likely + pessimistic) / 6,
    0,
  );
  const variance = estimates.reduce(
    (sum, { optimistic, pessimistic }) => sum + ((pessimistic - optimistic) / 6) ** 2,
    0,
  );
  return {
    expected: Math.round(mean * 10) / 10,
    deviation: Math.round(Math.sqrt(variance) * 10) / 10,
  };
}
