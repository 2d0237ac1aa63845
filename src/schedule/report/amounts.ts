/** Figures as people write them: `33%`, `3 weeks`, `4 hours`. */

export const percentText = (share: number): string => `${rounded(share * 100)}%`;

/** Working time in the largest unit that it fills, to one decimal: `8 weeks`, `2.5 days`, `45 minutes`. A week has five days. */
export function durationText(minutes: number, dayMinutes: number): string {
  const units = [
    ["week", 5 * dayMinutes],
    ["day", dayMinutes],
    ["hour", 60],
  ] as const;
  const [unit, size] = units.find(([, each]) => Math.abs(minutes) >= each) ?? ["minute", 1];
  const count = rounded(minutes / size);
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}

/** `1 phase`, `2 phases`. */
export const counted = (count: number, noun: string): string =>
  `${count} ${noun}${count === 1 ? "" : "s"}`;

const rounded = (value: number): number => Math.round(value * 10) / 10;
