import type { LocalTime } from "./project.ts";

const FORM = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2}))?$/;
/** Before, zones had offsets with seconds. */
const FIRST_YEAR = 1970;

/** Minutes since 1970-01-01T00:00 on local clocks; undefined for what is no date (`2024-02-30`) or before 1970. A day is its midnight. */
export function readLocalTime(text: LocalTime): number | undefined {
  const [whole, ...parts] = FORM.exec(text) ?? [];
  if (whole === undefined) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = parts.map(
    (part: string | undefined) => Number(part ?? 0),
  );
  const time = Date.UTC(year, month - 1, day);
  const date = new Date(time);
  const there = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  if (!there || year < FIRST_YEAR || hour * 60 + minute > 1_440 || minute > 59) return undefined;
  return time / 60_000 + hour * 60 + minute;
}

/** Days since 1970-01-01 of `YYYY-MM-DD`; undefined for what is none. */
export function readDay(text: string): number | undefined {
  const minutes = text.length === 10 ? readLocalTime(text) : undefined;
  return minutes === undefined ? undefined : minutes / 1_440;
}

/** `YYYY-MM-DDTHH:MM` */
export const writeLocalTime = (minutes: number): LocalTime =>
  new Date(minutes * 60_000).toISOString().slice(0, 16);

/** Whether only a day is named. */
export const isDay = (text: LocalTime): boolean => text.length === 10;
