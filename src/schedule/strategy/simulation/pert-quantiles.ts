/** Steps of a table: between two of them the quantile is taken as straight. */
const STEPS = 1_024;
/** Points at which the density is summed up. */
const POINTS = 4_096;
/** Weight of the likely case (Malcolm, Roseboom, Clark and Fazar, Operations Research 7 (1959) 646–669). */
const WEIGHT = 4;

/** Quantiles of one beta-PERT distribution, from 0 (its best case) to 1 (its worst case), for probabilities 0, 1/1024, … 1. */
export type Quantiles = Float64Array;

/** `mode`: where the likely case lies between best (0) and worst (1). */
export function pertQuantiles(mode: number): Quantiles {
  const alpha = WEIGHT * mode;
  const beta = WEIGHT * (1 - mode);
  const density = (x: number) => x ** alpha * (1 - x) ** beta;
  const sums = new Float64Array(POINTS + 1);
  for (let point = 1; point <= POINTS; point++)
    sums[point] = (sums[point - 1] ?? 0) + density((point - 0.5) / POINTS);
  const total = sums[POINTS] ?? 1;
  const table = new Float64Array(STEPS + 1);
  let point = 0;
  for (let step = 0; step <= STEPS; step++) {
    const wanted = (step / STEPS) * total;
    while (point < POINTS && (sums[point + 1] ?? 0) < wanted) point++;
    const [low, high] = [sums[point] ?? 0, sums[point + 1] ?? total];
    table[step] = Math.min(1, (point + (high > low ? (wanted - low) / (high - low) : 0)) / POINTS);
  }
  table[0] = 0;
  table[STEPS] = 1;
  return table;
}

/** The quantile of a probability, 0 … 1. */
export function quantileAt(table: Quantiles, probability: number): number {
  const position = Math.min(1, Math.max(0, probability)) * STEPS;
  const step = Math.min(STEPS - 1, Math.floor(position));
  const low = table[step] ?? 0;
  return low + ((table[step + 1] ?? 1) - low) * (position - step);
}

/** The standard normal distribution function (Abramowitz and Stegun 26.2.17; error below 7.5e-8). */
export function normalProbability(z: number): number {
  const t = 1 / (1 + 0.231_641_9 * Math.abs(z));
  const tail =
    0.398_942_280_4 *
    Math.exp((-z * z) / 2) *
    t *
    (0.319_381_530 +
      t * (-0.356_563_782 + t * (1.781_477_937 + t * (-1.821_255_978 + t * 1.330_274_429))));
  return z >= 0 ? 1 - tail : tail;
}
