import type { Calendar } from "../calendar.ts";
import { readDay } from "../local-time.ts";
import type { Project } from "../project.ts";
import { quoted, report, type ScheduleDiagnostic } from "../report.ts";
import { weeklyMinutes } from "../working-time.ts";
import { isZone } from "../zone.ts";
import { placeIn } from "./place-in.ts";

/** Zones, hours and holidays. */
export const checkCalendars = (project: Project): readonly ScheduleDiagnostic[] => [
  ...(isZone(project.zone)
    ? []
    : [
        report(
          "SCHEDULE_ZONE_UNKNOWN",
          placeIn(project),
          `${quoted(project.zone)}, the zone of the project, is no time zone`,
        ),
      ]),
  ...project.calendars.flatMap((calendar) => checkCalendar(project, calendar)),
];

function checkCalendar(project: Project, calendar: Calendar): readonly ScheduleDiagnostic[] {
  const { id, zone, week, holidays } = calendar;
  const place = placeIn(project, calendar);
  const told: ScheduleDiagnostic[] = [];
  if (!isZone(zone))
    told.push(
      report(
        "SCHEDULE_ZONE_UNKNOWN",
        place,
        `${quoted(zone)}, the zone of calendar ${quoted(id)}, is no time zone`,
      ),
    );
  if (!week.every(isDay))
    told.push(
      report(
        "SCHEDULE_NUMBER_INVALID",
        place,
        `Hours of calendar ${quoted(id)} are not in order between 0:00 and 24:00`,
      ),
    );
  else if (weeklyMinutes(calendar) === 0)
    told.push(
      report("SCHEDULE_CALENDAR_EMPTY", place, `Calendar ${quoted(id)} has no working time`),
    );
  for (const day of holidays)
    if (readDay(day) === undefined)
      told.push(
        report(
          "SCHEDULE_TIME_INVALID",
          place,
          `${quoted(day)}, a holiday of calendar ${quoted(id)}, is no day`,
        ),
      );
  return told;
}

const isDay = (spans: Calendar["week"][number]): boolean =>
  spans.every(
    ({ from, to }, at) =>
      Number.isInteger(from) &&
      Number.isInteger(to) &&
      from < to &&
      to <= 1_440 &&
      from >= (spans[at - 1]?.to ?? 0),
  );
