import { int } from "../problem.ts";
import type { Interval } from "./crew-parts.ts";

/** When a person does not work, with sums for looking it up. */
export interface Calendar {
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** Ticks worked before each absence. */
  readonly worked: Int32Array;
}

/** Undefined for who is always there. O(absences). */
export function calendarOf(absences: readonly Interval[]): Calendar | undefined {
  if (absences.length === 0) return undefined;
  let away = 0;
  const worked = absences.map(({ from, to }) => {
    const before = from - away;
    away += to - from;
    return before;
  });
  return {
    from: Int32Array.from(absences, ({ from }) => from),
    to: Int32Array.from(absences, ({ to }) => to),
    worked: Int32Array.from(worked),
  };
}

/** Calendars of all people: one object for those with the same absences. */
export function calendarsOf(
  absences: readonly (readonly Interval[])[],
): readonly (Calendar | undefined)[] {
  const known = new Map<string, Calendar | undefined>();
  return absences.map((intervals) => {
    const key = intervals.map(({ from, to }) => `${from}-${to}`).join();
    if (!known.has(key)) known.set(key, calendarOf(intervals));
    return known.get(key);
  });
}

/** When work that begins at a tick, or at the end of an absence then, is done. O(log absences), as all here. */
export function endOfWork(calendar: Calendar | undefined, start: number, work: number): number {
  if (!calendar || work === 0) return start + work;
  const target = workedBefore(calendar, start) + work;
  return target + awayBefore(calendar, firstNotBelow(calendar.worked, target));
}

/** The first tick from this one on at which the person works. */
export function nextWorked(calendar: Calendar | undefined, tick: number): number {
  if (!calendar) return tick;
  const last = firstNotBelow(calendar.from, tick + 1) - 1;
  return last < 0 ? tick : Math.max(tick, int(calendar.to, last));
}

/** The earliest tick at which work must begin that is not done before `end`. `work` is at least 1. */
export function beginningFor(calendar: Calendar | undefined, end: number, work: number): number {
  if (!calendar) return end - work;
  const target = workedBefore(calendar, end - 1) - work + 1;
  // After the absences that are over when that much has been worked.
  return target <= 0
    ? target
    : target + awayBefore(calendar, firstNotBelow(calendar.worked, target));
}

function workedBefore(calendar: Calendar, tick: number): number {
  const index = firstNotBelow(calendar.from, tick);
  if (index === 0) return tick;
  const worked = int(calendar.worked, index - 1);
  return worked + Math.max(0, tick - int(calendar.to, index - 1));
}

/** Ticks away in the first absences. */
function awayBefore(calendar: Calendar, count: number): number {
  if (count === 0) return 0;
  return int(calendar.to, count - 1) - int(calendar.worked, count - 1);
}

function firstNotBelow(sorted: Int32Array, value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (int(sorted, middle) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
