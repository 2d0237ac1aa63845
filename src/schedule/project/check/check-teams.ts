import type { FilePlace } from "../../../core/place.ts";
import { workText } from "../../../core/work-text.ts";
import { WORK_TIME } from "../../../core/work-time.ts";
import { readDay, readLocalTime } from "../local-time.ts";
import type { Project } from "../project.ts";
import { quoted, report, type ScheduleDiagnostic } from "../report.ts";
import { LEVELS } from "../skills.ts";
import type { Person } from "../team.ts";
import { weeklyMinutes } from "../working-time.ts";
import { placeIn } from "./place-in.ts";

/** People: calendars, availability, levels, days away; and weeks that are none of 40 hours. */
export function checkTeams(project: Project): readonly ScheduleDiagnostic[] {
  const told: ScheduleDiagnostic[] = [];
  if (!(project.buffer >= 0 && project.buffer < 1))
    told.push(
      report(
        "SCHEDULE_NUMBER_INVALID",
        placeIn(project),
        `A buffer of ${project.buffer} is not from 0 to less than 1`,
      ),
    );
  for (const team of project.teams) {
    if (team.concurrent !== undefined && !isCount(team.concurrent))
      told.push(
        report(
          "SCHEDULE_NUMBER_INVALID",
          placeIn(project, team),
          `Team ${quoted(team.id)} can't do ${team.concurrent} activities at once`,
        ),
      );
    for (const person of team.people)
      told.push(...checkPerson(project, person, placeIn(project, person.place ? person : team)));
  }
  return [...told, ...checkWeeks(project)];
}

const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 1;

function checkPerson(
  { calendars }: Project,
  { id, calendar, availability, skills, away, history }: Person,
  place: FilePlace,
): readonly ScheduleDiagnostic[] {
  const told: ScheduleDiagnostic[] = [];
  if (!calendars.some((one) => one.id === calendar))
    told.push(
      report(
        "SCHEDULE_CALENDAR_UNKNOWN",
        place,
        `${quoted(id)} works by ${quoted(calendar)}, which is no calendar`,
      ),
    );
  if (!(availability > 0 && availability <= 1))
    told.push(
      report(
        "SCHEDULE_NUMBER_INVALID",
        place,
        `${quoted(id)} is available for ${availability} of the time, which is not above 0 and up to 1`,
      ),
    );
  for (const { skill, level } of skills)
    if (!isLevel(level))
      told.push(
        report("SCHEDULE_LEVEL_INVALID", place, `${quoted(id)} has ${quoted(skill)} at ${level}`),
      );
  for (const { from, to } of away) {
    const [first, last] = [readDay(from), readDay(to)];
    if (first === undefined || last === undefined || first > last)
      told.push(
        report(
          "SCHEDULE_TIME_INVALID",
          place,
          `${quoted(id)} is away from ${quoted(from)} to ${quoted(to)}`,
        ),
      );
  }
  for (const [other, liking] of history)
    if (!(liking >= -1 && liking <= 1))
      told.push(
        report(
          "SCHEDULE_NUMBER_INVALID",
          place,
          `Earlier work of ${quoted(id)} with ${quoted(other)} is ${liking}, not from -1 to 1`,
        ),
      );
  return told;
}

export const isLevel = (level: number): boolean => level >= LEVELS.least && level <= LEVELS.most;

/** Estimates in weeks are 40 hours each: told once for each calendar of people whose week is another. */
function checkWeeks(project: Project): readonly ScheduleDiagnostic[] {
  const inWeeks = project.activities.some(
    ({ work, progress }) => progress.state !== "done" && work.likely >= WORK_TIME.week,
  );
  if (!inWeeks) return [];
  return project.calendars.flatMap((calendar) => {
    const week = weeklyMinutes(calendar);
    const team = project.teams.find(
      ({ kind, people }) =>
        kind === "people" && people.some((person) => person.calendar === calendar.id),
    );
    if (!team || week === 0 || week === WORK_TIME.week) return [];
    return [
      report(
        "SCHEDULE_WEEK_DIFFERS",
        placeIn(project, calendar.place ? calendar : team),
        `A week of calendar ${quoted(calendar.id)} has ${Math.round(week / 6) / 10} hours, a week of an estimate 40: ${workText(WORK_TIME.week)} of work takes team ${quoted(team.id)} ${Math.round((WORK_TIME.week / week) * 100) / 100} weeks`,
      ),
    ];
  });
}

/** Every time that is written in a project is one. */
export function checkTimes(project: Project): readonly ScheduleDiagnostic[] {
  const told: ScheduleDiagnostic[] = [];
  const check = (time: string | undefined, place: FilePlace, what: string, id?: string): void => {
    if (time === undefined || readLocalTime(time) !== undefined) return;
    const whose = id === undefined ? "" : ` ${quoted(id)}`;
    told.push(
      report(
        "SCHEDULE_TIME_INVALID",
        place,
        `${quoted(time)}, ${what}${whose}, is no date or time`,
      ),
    );
  };
  const whole = placeIn(project);
  check(project.start, whole, "the start of the project");
  check(project.now, whole, "the time of planning");
  check(project.deadline, whole, "the deadline of the project");
  for (const activity of project.activities) {
    const { id, notBefore, deadline, progress } = activity;
    const place = placeIn(project, activity);
    check(notBefore, place, "the earliest start of", id);
    check(deadline, place, "the deadline of", id);
    if (progress.state !== "open") check(progress.start, place, "the start of", id);
    if (progress.state === "done") check(progress.end, place, "the end of", id);
  }
  return told;
}
