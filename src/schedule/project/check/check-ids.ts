import type { FilePlace } from "../../../core/place.ts";
import type { Project } from "../project.ts";
import { quoted, report, type ScheduleDiagnostic } from "../report.ts";
import { placeIn } from "./place-in.ts";

interface Named {
  readonly id: string;
  readonly place?: FilePlace;
}

/** Ids that stand twice, and links and sync points that name what is not there. */
export const checkIds = (project: Project): readonly ScheduleDiagnostic[] => [
  ...twice(project, "activities", [...project.activities, ...project.syncPoints]),
  ...twice(project, "resources", project.resources),
  ...twice(project, "teams", project.teams),
  ...twice(
    project,
    "people",
    project.teams.flatMap(({ people }) => people),
  ),
  ...twice(project, "calendars", project.calendars),
  ...checkNames(project),
];

function twice(
  project: Project,
  kind: string,
  things: readonly Named[],
): readonly ScheduleDiagnostic[] {
  const known = new Set<string>();
  return things.flatMap((thing) => {
    if (!known.has(thing.id)) {
      known.add(thing.id);
      return [];
    }
    const message = `Two ${kind} have the id ${quoted(thing.id)}`;
    return [report("SCHEDULE_ID_TWICE", placeIn(project, thing), message)];
  });
}

function checkNames(project: Project): readonly ScheduleDiagnostic[] {
  const { activities, links, syncPoints, teams } = project;
  const known = new Set(activities.map(({ id }) => id));
  const teamIds = new Set(teams.map(({ id }) => id));
  const told: ScheduleDiagnostic[] = [];
  for (const link of links)
    for (const id of [link.from, link.to])
      if (!known.has(id))
        told.push(
          report(
            "SCHEDULE_ACTIVITY_UNKNOWN",
            placeIn(project, link),
            `A link from ${quoted(link.from)} to ${quoted(link.to)} names ${quoted(id)}, which is no activity`,
          ),
        );
  for (const sync of syncPoints) {
    const place = placeIn(project, sync);
    const who = `Sync point ${quoted(sync.id)}`;
    for (const id of [...sync.after, ...sync.before])
      if (!known.has(id))
        told.push(
          report(
            "SCHEDULE_ACTIVITY_UNKNOWN",
            place,
            `${who} names ${quoted(id)}, which is no activity`,
          ),
        );
    for (const id of sync.participants)
      if (!teamIds.has(id))
        told.push(
          report("SCHEDULE_TEAM_UNKNOWN", place, `${who} has ${quoted(id)}, which is no team`),
        );
  }
  return told;
}
