import { isDay, readDay, writeLocalTime } from "../../project/local-time.ts";
import type { Span } from "../../project/calendar.ts";

/** A part of the whole, above 0 to 1: `80%`, `80 %`, `0.8`, `1`. Undefined for anything else. */
export function readShare(value: unknown): number | undefined {
  const [, digits] =
    typeof value === "string"
      ? (/^\s{0,4}(\d{1,3}(?:\.\d{1,4})?)\s?%\s{0,4}$/.exec(value) ?? [])
      : [];
  const share = digits === undefined ? Number(value) : Number(digits) / 100;
  const written = typeof value === "number" || (typeof value === "string" && value.trim() !== "");
  return written && share >= 0 && share <= 1 ? share : undefined;
}

/** The longest span of days in a list: longer ones are mostly a wrong year. */
const MOST_DAYS = 3_660;

/** `2024-02-05` or `2024-02-05..2024-02-09`, both ends included. Undefined where an end is no day or they are the wrong way round. */
export function readDays(text: string): { readonly from: string; readonly to: string } | undefined {
  const [from = "", to = from, ...rest] = text.split("..").map((part) => part.trim());
  const [first, last] = [readDay(from), readDay(to)];
  return rest.length > 0 || first === undefined || last === undefined || first > last
    ? undefined
    : { from, to };
}

/** Every day of a span. Undefined where there are too many. */
export function eachDay({
  from,
  to,
}: {
  readonly from: string;
  readonly to: string;
}): readonly string[] | undefined {
  const [first, last] = [readDay(from) ?? 0, readDay(to) ?? 0];
  if (last - first >= MOST_DAYS) return undefined;
  return Array.from({ length: last - first + 1 }, (_, at) =>
    writeLocalTime((first + at) * 1_440).slice(0, 10),
  ).filter(isDay);
}

const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const DAY_NAMES = /^(mon|tue|wed|thu|fri|sat|sun)(?:day|sday|nesday|rsday|urday)?$/;

/** `mon`, `Monday`, `mon-fri`: positions from 0. Undefined for what is no day. */
export function readWeekdays(text: string): readonly number[] | undefined {
  const ends = text
    .toLowerCase()
    .split(/[-–]/)
    .map((part) => DAYS.indexOf(DAY_NAMES.exec(part.trim())?.[1] ?? ""));
  const [first = -1, last = first] = ends;
  if (ends.length > 2 || first < 0 || last < first) return undefined;
  return Array.from({ length: last - first + 1 }, (_, at) => first + at);
}

const HOURS = /^(\d{1,2}):(\d{2})\s?[-–]\s?(\d{1,2}):(\d{2})$/;
const NINE = 540;

/** `09:00-12:00 13:00-17:00`, `8h` (from nine o'clock), `off`. Undefined for anything else; nothing is sorted out. */
export function readHours(text: string): readonly Span[] | undefined {
  const trimmed = text.trim().toLowerCase();
  if (trimmed === "off" || trimmed === "") return [];
  const whole = /^(\d{1,2}(?:\.\d{1,2})?)\s?h(?:ours?)?$/.exec(trimmed)?.[1];
  if (whole !== undefined) {
    const minutes = Math.round(Number(whole) * 60);
    const from = Math.max(0, Math.min(NINE, 1_440 - minutes));
    return minutes > 0 && minutes <= 1_440 ? [{ from, to: from + minutes }] : undefined;
  }
  const spans: Span[] = [];
  for (const part of trimmed.split(/\s*[,;]\s*|\s+(?=\d)/)) {
    const [all, ...digits] = HOURS.exec(part.trim()) ?? [];
    const [h1 = 0, m1 = 0, h2 = 0, m2 = 0] = digits.map(Number);
    const [from, to] = [h1 * 60 + m1, h2 * 60 + m2];
    if (all === undefined || from >= to || to > 1_440 || m1 > 59 || m2 > 59) return undefined;
    if (from < (spans.at(-1)?.to ?? 0)) return undefined;
    spans.push({ from, to });
  }
  return spans;
}
