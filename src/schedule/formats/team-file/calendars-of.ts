import type { Calendar } from "../../project/calendar.ts";
import { isZone } from "../../project/zone.ts";
import { weeklyMinutes } from "../../project/working-time.ts";
import { shownValue, type Path } from "../document.ts";
import type { Reading } from "./reading.ts";
import type { TeamFileForm } from "./team-file-schema.ts";
import { eachDay, readDays, readHours, readWeekdays } from "./values.ts";

/** The calendars of a file, and those that are there without it. */
export interface Calendars {
  readonly all: readonly Calendar[];
  /** Name of the calendar of people who name none, and of agents. */
  readonly usual: string;
  readonly allHours: string;
}

/** From Monday to Friday eight hours a day, from nine o'clock. */
const OFFICE_HOURS = [{ from: 540, to: 1_020 }];
const OFFICE_WEEK = Array.from({ length: 7 }, (_, day) => (day < 5 ? OFFICE_HOURS : []));
const ALWAYS = Array.from({ length: 7 }, () => [{ from: 0, to: 1_440 }]);

export const officeCalendar = (zone: string, id = "office"): Calendar => ({
  id,
  zone,
  week: OFFICE_WEEK,
  holidays: [],
});

/** Programs work at all hours. */
export const allHoursCalendar = (id = "all hours"): Calendar => ({
  id,
  zone: "UTC",
  week: ALWAYS,
  holidays: [],
});

export function calendarsOf(reading: Reading, form: TeamFileForm, zone: string): Calendars {
  const named = Object.entries(form.calendars ?? {}).map(([id, calendar]) =>
    calendarOf(reading, { ...calendar, id, zone: calendar.zone ?? zone }),
  );
  const ids = new Set(named.map(({ id }) => id));
  const free = (wanted: string): string => (ids.has(wanted) ? free(`${wanted} `) : wanted);
  const [first = officeCalendar(zone)] = named;
  const always = allHoursCalendar(free("all hours"));
  return {
    all: [...(named.length === 0 ? [first] : named), always],
    usual: first.id,
    allHours: always.id,
  };
}

type Written = NonNullable<TeamFileForm["calendars"]>[string] & {
  readonly id: string;
  readonly zone: string;
};

function calendarOf(reading: Reading, { id, zone, week, holidays }: Written): Calendar {
  const path: Path = ["calendars", id];
  if (!isZone(zone))
    reading.tell("SCHEDULE_ZONE_UNKNOWN", [...path, "zone"], `${shownValue(zone)} is no time zone`);
  const calendar: Calendar = {
    id,
    zone,
    week: week === undefined ? OFFICE_WEEK : weekOf(reading, week, [...path, "week"]),
    holidays: (holidays ?? []).flatMap((days, at) => {
      const span = readDays(days);
      return reading.read([...path, "holidays", at], span && eachDay(span), {
        value: days,
        wanted: "a day, like 2024-05-01, or days, like 2024-12-24..2024-12-31",
        instead: [],
      });
    }),
    place: reading.placeOf(path, "key"),
  };
  if (weeklyMinutes(calendar) === 0)
    reading.tell("SCHEDULE_CALENDAR_EMPTY", path, `Calendar ${shownValue(id)} has no working time`);
  return calendar;
}

function weekOf(
  reading: Reading,
  week: Readonly<Record<string, string>>,
  path: Path,
): Calendar["week"] {
  const days: Calendar["week"][number][] = Array.from({ length: 7 }, () => []);
  for (const [name, hours] of Object.entries(week)) {
    const which = reading.read([...path, name], readWeekdays(name), {
      value: name,
      wanted: "at a day or days, like mon or mon-fri",
      instead: [],
    });
    const spans = reading.read([...path, name], readHours(hours), {
      value: hours,
      wanted: "hours in order, like 09:00-12:00 13:00-17:00, or 8h",
      instead: OFFICE_HOURS,
    });
    for (const day of which) days[day] = spans;
  }
  return days;
}
