/** Minutes of a working hour, day and week (`plan/estimates`). */
const HOUR = 60;
const DAY = 8 * HOUR;
const WEEK = 5 * DAY;

/** Working time for people, in its two largest units: `45 min`, `3 h 30 min`, `2 d 4 h`, `3 w`. */
export function workText(minutes: number): string {
  const whole = Math.round(minutes);
  const units = [
    [WEEK, "w"],
    [DAY, "d"],
    [HOUR, "h"],
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
