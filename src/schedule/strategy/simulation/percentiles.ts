import type { Bar } from "../forecast.ts";

const BARS = 30;

/** The value that this part of the ascending ones is at most: nearest rank. */
export const percentile = (sorted: Float64Array, share: number): number =>
  sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;

/** The part of the ascending values that is at most this one; half a minute is rounding. */
export function shareUntil(sorted: Float64Array, limit: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) <= limit + 0.5) low = middle + 1;
    else high = middle;
  }
  return sorted.length === 0 ? 1 : low / sorted.length;
}

/** About thirty bars of whole minutes. */
export function histogramOf(sorted: Float64Array): readonly Bar[] {
  const first = Math.floor(sorted[0] ?? 0);
  const last = Math.ceil(sorted.at(-1) ?? 0);
  const width = Math.max(1, Math.ceil((last - first) / BARS));
  const bars = Array.from({ length: Math.max(1, Math.ceil((last - first) / width)) }, (_, bar) => ({
    from: first + bar * width,
    to: first + (bar + 1) * width,
    count: 0,
  }));
  for (const end of sorted) {
    const bar = bars[Math.min(bars.length - 1, Math.floor((end - first) / width))];
    if (bar) bar.count++;
  }
  return bars;
}
