/** Working time in words: days, or hours and minutes where it is less than one: `2.5 days`, `6.9 hours`, `13 minutes`; nothing is `0 days`. */
export function lengthText(minutes: number, dayMinutes: number): string {
  const size = Math.abs(minutes);
  const [unit, each] =
    size === 0 || size >= dayMinutes
      ? (["day", dayMinutes] as const)
      : size >= 60
        ? (["hour", 60] as const)
        : (["minute", 1] as const);
  const count = Math.round((minutes / each) * 10) / 10;
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}
