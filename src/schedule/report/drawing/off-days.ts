import type { Project } from "../../project/project.ts";
import { readDay } from "../../project/local-time.ts";
import type { Person } from "../../project/team.ts";
import { WorkingTime } from "../../project/working-time.ts";
import type { Zone } from "../../project/zone.ts";

const DAY = 1_440;
/** Longer times are drawn without: a day would be less than a pixel. */
const MOST_DAYS = 4_000;

/** Local days, counted from 1970-01-01, from the first to the last one of a time, on which none of these people works. */
export function offDays(
  { calendars }: Project,
  people: readonly Person[],
  span: { readonly from: number; readonly to: number; readonly zone: Zone },
): ReadonlySet<number> {
  const first = Math.floor(span.zone.localAt(span.from) / DAY);
  const last = Math.floor(span.zone.localAt(span.to) / DAY);
  if (last - first > MOST_DAYS || people.length === 0) return new Set();
  const byId = new Map(calendars.map((calendar) => [calendar.id, calendar]));
  const off = new Set(Array.from({ length: last - first + 1 }, (_, index) => first + index));
  const seen = new Set<string>();
  for (const { calendar: id, away } of people) {
    const calendar = byId.get(id);
    const key = JSON.stringify([id, away]);
    if (!calendar || seen.has(key)) continue;
    seen.add(key);
    // A day early: what begins on the evening before counts for both.
    const days = away.map((each) => ({
      from: readDay(each.from) ?? Number.NaN,
      to: readDay(each.to) ?? Number.NaN,
    }));
    const time = new WorkingTime(calendar, days, span.from - 2 * DAY);
    time.extend(span.to + 2 * DAY);
    for (const { from, to } of time.intervals)
      for (
        let day = Math.floor(span.zone.localAt(from) / DAY);
        day <= Math.floor(span.zone.localAt(to - 1) / DAY);
        day++
      )
        off.delete(day);
  }
  return off;
}

/** Days one after another, as times from the first one's beginning to the last one's end. */
export function dayRuns(
  days: ReadonlySet<number>,
  zone: Zone,
): readonly { readonly from: number; readonly to: number }[] {
  const runs: { first: number; last: number }[] = [];
  for (const day of [...days].toSorted((a, b) => a - b)) {
    const run = runs.at(-1);
    if (run && run.last === day - 1) run.last = day;
    else runs.push({ first: day, last: day });
  }
  return runs.map(({ first, last }) => ({
    from: zone.instantOf(first * DAY),
    to: zone.instantOf((last + 1) * DAY),
  }));
}
