import { axisOf, hasWorkingTime } from "../axis.ts";
import type { Project } from "../project.ts";
import type { ScheduleDiagnostic } from "../report.ts";
import { report } from "../report.ts";
import { checkActivities } from "./check-activities.ts";
import { checkCalendars } from "./check-calendars.ts";
import { checkDates } from "./check-dates.ts";
import { checkIds } from "./check-ids.ts";
import { checkTeams, checkTimes } from "./check-teams.ts";
import { placeIn } from "./place-in.ts";

/**
 * Everything that keeps a project from being scheduled, at once, and what is worth a look (S3 WV-02). A project without errors can be
 * compiled. Circles are told by `compile`, which breaks the soft ones.
 */
export function checkProject(project: Project): readonly ScheduleDiagnostic[] {
  const basic = [
    ...checkIds(project),
    ...checkCalendars(project),
    ...checkTimes(project),
    ...checkTeams(project),
  ];
  const told = [...basic, ...checkActivities(project)];
  // Dates can only be compared where each of them is one.
  if (basic.some(({ severity }) => severity === "error")) return told;
  if (!hasWorkingTime(project))
    return [
      ...told,
      report(
        "SCHEDULE_NOBODY_WORKS",
        placeIn(project, project.calendars[0]),
        `Nobody of the teams works within ten years of ${project.start}`,
      ),
    ];
  return [...told, ...checkDates(project, axisOf(project))];
}
