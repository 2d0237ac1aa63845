import { WORK_TIME } from "./work-time.ts";

/** Working time for people, in its two largest units: `45 min`, `3 h 30 min`, `2 d 4 h`, `3 w`. */
export function workText(minutes: number): string {
  const whole = Math.round(minutes);
  const units = [
    [WORK_TIME.week, "w"],
    [WORK_TIME.day, "d"],
    [WORK_TIME.hour, "h"],
    [1, "min"],
  ] as const;
  const first = units.findIndex(([size]) => whole >= size);
  if (first < 0) return "0 min";
  let left = whole;
  const parts: string[] = [];
  for (const [size, name] of units.slice(first, first + 2)) {
    const count = Math.floor(left / size);
    left -= count * size;
    if (count > 0) parts.push(`${count} ${name}`);
  }
  return parts.join(" ");
}
