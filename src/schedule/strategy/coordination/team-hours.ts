import type { Calendar } from "../../project/calendar.ts";
import { readDay } from "../../project/local-time.ts";
import type { Project } from "../../project/project.ts";
import type { Team } from "../../project/team.ts";
import { Zone } from "../../project/zone.ts";

const DAY = 1_440;
/** Days that are looked through, at most. */
const MOST_DAYS = 20 * 366;

/** When a team works: by the calendar that most of its people have. Undefined for a team of nobody. */
export function calendarOfTeam({ calendars }: Project, { people }: Team): Calendar | undefined {
  const counts = new Map<string, number>();
  for (const { calendar } of people) counts.set(calendar, (counts.get(calendar) ?? 0) + 1);
  return calendars
    .filter(({ id }) => counts.has(id))
    .toSorted((a, b) => (counts.get(b.id) ?? 0) - (counts.get(a.id) ?? 0))[0];
}

/** How many working days, or such weekdays (1 Monday … 7 Sunday), of a calendar lie in a time; at least 1. */
export function occurrencesIn(
  calendar: Calendar,
  { start, end }: { readonly start: number; readonly end: number },
  weekday?: number,
): number {
  const zone = new Zone(calendar.zone);
  const off = new Set(calendar.holidays.map((day) => readDay(day)));
  const first = Math.floor(zone.localAt(start) / DAY);
  const last = Math.min(first + MOST_DAYS, Math.floor((zone.localAt(end) - 1) / DAY));
  let count = 0;
  for (let day = first; day <= last; day++) {
    const open = works(calendar, weekdayOf(day)) && !off.has(day);
    if (open && (weekday === undefined || weekdayOf(day) === weekday)) count++;
  }
  return weekday === undefined ? Math.max(1, count) : count;
}

/** 1 Monday … 7 Sunday; 1970-01-01 was a Thursday. */
const weekdayOf = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1;

const works = (calendar: Calendar, weekday: number): boolean =>
  (calendar.week[weekday - 1]?.length ?? 0) > 0;

/** This weekday, or the last one before it on which all of them work, or else any of them. */
export function meetingDay(calendars: readonly Calendar[], wanted: number): number {
  const days = Array.from({ length: 7 }, (_, back) => ((wanted - 1 - back + 7) % 7) + 1);
  return (
    days.find((day) => calendars.every((calendar) => works(calendar, day))) ??
    days.find((day) => calendars.some((calendar) => works(calendar, day))) ??
    wanted
  );
}

export interface MeetingTime {
  /** Minutes after midnight in the zone. */
  readonly time: number;
  /** Calendars in whose working hours it is not. */
  readonly outside: readonly Calendar[];
}

/** Half hours, the nearest to the wanted time first. */
const STEP = 30;

/**
 * The time nearest to the wanted one at which all work, in their own zones, on the weekday after an instant: clocks change, so this is what
 * holds then. Where there is none, the wanted one, with who is not at work.
 */
export function meetingTime(
  zoneName: string,
  calendars: readonly Calendar[],
  {
    wanted,
    minutes,
    near,
    weekday,
  }: {
    readonly wanted: number;
    readonly minutes: number;
    readonly near: number;
    readonly weekday: number;
  },
): MeetingTime {
  const zone = new Zone(zoneName);
  const today = Math.floor(zone.localAt(near) / DAY);
  const day = today + ((weekday - weekdayOf(today) + 7) % 7);
  const outsideAt = (time: number) =>
    calendars.filter((calendar) => !worksAt(calendar, zone.instantOf(day * DAY + time), minutes));
  const times = Array.from({ length: DAY / STEP }, (_, step) => step * STEP).toSorted(
    (a, b) => Math.abs(a - wanted) - Math.abs(b - wanted) || a - b,
  );
  const common = [wanted, ...times].find((time) => outsideAt(time).length === 0);
  return { time: common ?? wanted, outside: common === undefined ? outsideAt(wanted) : [] };
}

function worksAt(calendar: Calendar, instant: number, minutes: number): boolean {
  const local = new Zone(calendar.zone).localAt(instant);
  const day = Math.floor(local / DAY);
  const from = local - day * DAY;
  return (calendar.week[weekdayOf(day) - 1] ?? []).some(
    (span) => span.from <= from && span.to >= from + minutes,
  );
}
