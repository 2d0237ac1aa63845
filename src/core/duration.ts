import { err, ok, type Result } from "./result.ts";

const UNIT_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** The longest a timer may be set for: past 2^31-1 ms Node fires at once. */
export const MAX_DURATION_MS = 2_147_483_647;

/**
 * Read a duration: a whole or decimal number and one unit, e.g. `250ms`, `30s`, `1.5h`, `2d`.
 * A bare number is refused, so that nobody has to guess its unit. Range: above 0 to 24.8 days.
 */
export function parseDuration(text: string): Result<number, string> {
  const match = /^(\d{1,12}(?:\.\d{1,6})?)(ms|s|m|h|d)$/.exec(text.trim());
  const unit = UNIT_MS[match?.[2] ?? ""];
  if (!match || unit === undefined)
    return err(
      `"${text.slice(0, 40)}" is not a duration: write a number and a unit, like 30s, 15m or 2h`,
    );
  const ms = Math.round(Number(match[1]) * unit);
  if (ms <= 0) return err(`"${text}" is not longer than zero`);
  if (ms > MAX_DURATION_MS)
    return err(`"${text}" is longer than 24 days, the most a timer can wait`);
  return ok(ms);
}

/** How far back: a whole number of minutes, hours, days or weeks, e.g. `30d`. In milliseconds. */
export function parseAge(text: string): Result<number, string> {
  const match = /^(\d{1,4})(m|h|d|w)$/.exec(text.trim());
  const unit = match?.[2] === "w" ? 7 * 86_400_000 : UNIT_MS[match?.[2] ?? ""];
  if (!match || unit === undefined || Number(match[1]) === 0)
    return err(`"${text.slice(0, 40)}" is no time span: write a number and m, h, d or w, like 30d`);
  return ok(Number(match[1]) * unit);
}

/** A duration for people, two units at most: `850 ms`, `4.2 s`, `3 m 5 s`, `2 h 10 m`. */
export function formatDuration(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(Math.floor(ms / 100) / 10).toFixed(1)} s`;
  const [big, small, bigMs, smallMs]: [string, string, number, number] =
    ms < 3_600_000
      ? ["m", "s", 60_000, 1_000]
      : ms < 86_400_000
        ? ["h", "m", 3_600_000, 60_000]
        : ["d", "h", 86_400_000, 3_600_000];
  const rest = Math.floor((ms % bigMs) / smallMs);
  return `${Math.floor(ms / bigMs)} ${big}${rest > 0 ? ` ${rest} ${small}` : ""}`;
}

/** A duration as `parseDuration` reads it, exactly: `30m`, `1500ms`. Whole milliseconds. */
export function writeDuration(ms: number): string {
  const [unit = "ms"] =
    Object.entries(UNIT_MS)
      .toReversed()
      .find(([name, size]) => name !== "d" && ms > 0 && ms % size === 0) ?? [];
  return `${ms / (UNIT_MS[unit] ?? 1)}${unit}`;
}
