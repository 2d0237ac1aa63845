import type { Calendar } from "../../project/calendar.ts";
import { readDay } from "../../project/local-time.ts";
import type { Project } from "../../project/project.ts";
import { Zone } from "../../project/zone.ts";
import type { Communication } from "../../strategy/coordination/coordination.ts";

const DAY = 1_440;
const MOST_DAYS = 20 * 366;

/** On which days something regular is held. Days are counted from 1970-01-01, weekdays from 1, Monday. */
export interface MeetingDays {
  readonly days: readonly number[];
  /** Weekdays that it is held on. */
  readonly weekdays: readonly number[];
  /** Such weekdays between the first and the last day on which it is not: holidays. */
  readonly skipped: readonly number[];
}

/**
 * The days of a meeting: working days of any of its teams, or one weekday of those; where there is none within its time, the last working
 * day of it, or else its first day.
 */
export function meetingDays(project: Project, meeting: Communication): MeetingDays {
  const zone = new Zone(meeting.zone);
  const first = Math.floor(zone.localAt(meeting.start.instant) / DAY);
  const last = Math.min(
    first + MOST_DAYS,
    Math.max(first, Math.floor((zone.localAt(meeting.end.instant) - 1) / DAY)),
  );
  const works = workingDay(calendarsOf(project, meeting));
  const open = Array.from({ length: last - first + 1 }, (_, index) => first + index).filter(works);
  const { recurrence } = meeting;
  const wanted =
    recurrence.kind === "weekly"
      ? open.filter((day) => weekdayOf(day) === recurrence.weekday)
      : open;
  const days = wanted.length > 0 ? wanted : [open.at(-1) ?? first];
  const weekdays = [...new Set(days.map(weekdayOf))].toSorted((a, b) => a - b);
  const held = new Set(days);
  const [begin = first, end = first] = [days[0], days.at(-1)];
  const skipped = Array.from({ length: end - begin + 1 }, (_, index) => begin + index).filter(
    (day) => weekdays.includes(weekdayOf(day)) && !held.has(day),
  );
  return { days, weekdays, skipped };
}

/** 1970-01-01 was a Thursday. */
export const weekdayOf = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1;

function calendarsOf({ teams, calendars }: Project, meeting: Communication): readonly Calendar[] {
  const used = new Set(
    teams
      .filter(({ id }) => meeting.teams.includes(id))
      .flatMap(({ people }) => people.map(({ calendar }) => calendar)),
  );
  const own = calendars.filter(({ id }) => used.has(id));
  return own.length > 0 ? own : calendars;
}

function workingDay(calendars: readonly Calendar[]): (day: number) => boolean {
  const all = calendars.map(({ week, holidays }) => ({
    week,
    off: new Set(holidays.map((day) => readDay(day))),
  }));
  return (day) =>
    all.some(({ week, off }) => (week[weekdayOf(day) - 1]?.length ?? 0) > 0 && !off.has(day));
}
