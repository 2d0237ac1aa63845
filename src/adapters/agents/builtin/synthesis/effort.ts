import type { Estimate } from "../../../../stage/contracts/shared.ts";
import type { ThreePoint } from "../../../../stage/checks/read-plan.ts";

const round = (days: number): number => Number(days.toFixed(2));

/** As printed: two decimals, so that what is printed adds up. */
export const asPrinted = ({ optimistic, likely, pessimistic }: Estimate): ThreePoint => [
  round(optimistic),
  round(likely),
  round(pessimistic),
];

export const addUp = (all: readonly ThreePoint[]): ThreePoint => {
  const sum = (at: 0 | 1 | 2) => round(all.reduce((total, points) => total + points[at], 0));
  return [sum(0), sum(1), sum(2)];
};

export const showEffort = (points: ThreePoint): string => `${points.join("/")} days`;

/** Days that were worked out, to one decimal: the same figure in the plan and in its summary. */
export const showDays = (days: number): string => days.toFixed(1);

/** Standard normal quantile of 80 %. */
const Z80 = 0.8416;

/**
 * Expected effort and the effort that holds in four of five cases, by PERT: mean (o+4l+p)/6 and deviation (p−o)/6
 * (Malcolm et al. 1959). Deviations are added, not their squares: one method sized all tasks, so it errs on all of them in
 * the same direction, and errors that cancel out would promise too much.
 */
export function expectedEffort(tasks: readonly ThreePoint[]): {
  readonly mean: number;
  readonly p80: number;
} {
  const [optimistic, likely, pessimistic] = addUp(tasks);
  const mean = (optimistic + 4 * likely + pessimistic) / 6;
  const deviation = (pessimistic - optimistic) / 6;
  return { mean, p80: mean + Z80 * deviation };
}
