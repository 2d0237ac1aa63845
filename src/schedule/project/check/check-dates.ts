import type { Axis } from "../axis.ts";
import type { Activity, Project } from "../project.ts";
import { quoted, report, type ScheduleDiagnostic } from "../report.ts";
import { deadlineOf } from "../deadline.ts";
import { placeIn } from "./place-in.ts";

/** So far ahead is looked whether somebody works: minutes of the axis. */
const AHEAD = 52 * 7 * 1_440;

/** Dates that contradict each other, and people who never work. Times, zones and calendars must hold. */
export function checkDates(project: Project, axis: Axis): readonly ScheduleDiagnostic[] {
  const start = axis.instantOf(project.start);
  const told: ScheduleDiagnostic[] = [];
  const end = project.deadline === undefined ? undefined : deadlineOf(axis, project.deadline);
  if (end !== undefined && end <= start)
    told.push(
      report(
        "SCHEDULE_DATES_CONTRADICT",
        placeIn(project),
        `The deadline of the project, ${project.deadline}, is before its start, ${project.start}`,
      ),
    );
  const now = axis.instantOf(project.now ?? project.start);
  for (const activity of project.activities)
    for (const message of contradictions(activity, { project, axis, start, now }))
      told.push(report("SCHEDULE_DATES_CONTRADICT", placeIn(project, activity), message));
  return [...told, ...neverWorking(project, axis)];
}

/** Instants of the project's dates. */
interface Dates {
  readonly project: Project;
  readonly axis: Axis;
  readonly start: number;
  readonly now: number;
}

function contradictions(
  { id, notBefore, deadline, progress }: Activity,
  { project, axis, start, now }: Dates,
): readonly string[] {
  const told: string[] = [];
  const due = deadline === undefined ? undefined : deadlineOf(axis, deadline);
  if (due !== undefined && due <= start)
    told.push(`The deadline of ${quoted(id)}, ${deadline}, is before the start, ${project.start}`);
  if (due !== undefined && notBefore !== undefined && axis.instantOf(notBefore) >= due)
    told.push(`${quoted(id)} is not to start before ${notBefore}, but to be done by ${deadline}`);
  if (progress.state === "done" && axis.instantOf(progress.end) < axis.instantOf(progress.start))
    told.push(`${quoted(id)} ended at ${progress.end}, before it started at ${progress.start}`);
  if (progress.state === "started" && axis.instantOf(progress.start) > now)
    told.push(
      `${quoted(id)} has started at ${progress.start}, which is after ${project.now ?? project.start}`,
    );
  return told;
}

/** Whose days off and calendar leave no time for a year of the project's time. */
function neverWorking(project: Project, axis: Axis): readonly ScheduleDiagnostic[] {
  return project.teams.flatMap((team) =>
    team.people.flatMap((person) => {
      if (person.away.length === 0) return [];
      const [first] = absences(axis, person);
      return first && first.from === 0 && first.to >= AHEAD
        ? [
            report(
              "SCHEDULE_PERSON_NEVER_WORKS",
              placeIn(project, person.place ? person : team),
              `${quoted(person.id)} does not work for a year from the start`,
            ),
          ]
        : [];
    }),
  );
}

/** Up to where anybody works. */
function absences(axis: Axis, person: Project["teams"][number]["people"][number]) {
  const last = axis.positionOf(axis.startAt(0) + AHEAD);
  return last === 0
    ? []
    : axis.absencesOf(person, last).map(({ from, to }) => ({ from, to: to === last ? AHEAD : to }));
}
