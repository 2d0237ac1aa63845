import type { Diagnostic } from "../../core/diagnostic.ts";
import { projectOfActivities } from "../../schedule/formats/activities/project-of-activities.ts";
import { givenIn } from "../../schedule/formats/s3-plan/given-form.ts";
import { readActivities } from "../../schedule/formats/activities/read-activities.ts";
import type { TeamFile } from "../../schedule/formats/team-file/team-file.ts";
import { hardCircles } from "../../schedule/project/compile/break-circles.ts";
import type { LocalTime, Project } from "../../schedule/project/project.ts";
import type { PlanFile } from "../../ports/plan-files.ts";
import { portsFor, type PlanPorts } from "../plans/plan-ports.ts";
import { invalid, teamsFor, type ProjectWish } from "./open-project.ts";
import { readGiven } from "./read-given.ts";

const ACTIVITIES_FILE = {
  what: "file",
  hint: "Give the path of a CSV or JSON file with activities.",
};

export interface OpenedActivities {
  readonly file: string;
  readonly project: Project;
  /** What is worth a look; errors are thrown. */
  readonly problems: readonly Diagnostic[];
  readonly teams: TeamFile;
}

/** Whether a file holds activities and is no plan: a table by its name, JSON by having `activities`, or a list of things with durations. */
export const holdsActivities = ({ path, text }: Pick<PlanFile, "path" | "text">): boolean =>
  /\.(?:csv|tsv)$/i.test(path) || (/\.json$/i.test(path) && ACTIVITIES.test(text.slice(0, 2_000)));

const ACTIVITIES =
  /^\s{0,200}(?:\{(?:\s{0,200}"(?:\$schema|name)"\s{0,20}:\s{0,20}"[^"]{0,200}"\s{0,20},)?\s{0,200}"activities"|\[\s{0,200}\{[^{}]{0,1000}"(?:duration|predecessors)")/;

/** The same of a file that a person named; false where there is none. */
export async function isActivities(ports: PlanPorts, given: string): Promise<boolean> {
  const { planFiles } = portsFor(ports, given);
  const named = await planFiles.named(given);
  const read = named.ok ? await planFiles.read(named.value) : undefined;
  return read?.ok === true && holdsActivities(read.value);
}

/**
 * Read a file of activities (CSV, or JSON with a list of them) and who does them, as a project. Throws FILE_UNREADABLE; SCHEDULE_INVALID with all
 * problems of the file, or of the team file; PLAN_UNREADABLE as for plans.
 *
 * @param start where neither the wish nor the team file names one
 */
export async function openActivities(
  ports: PlanPorts,
  wish: ProjectWish & { readonly plan: string },
  start: LocalTime,
): Promise<OpenedActivities> {
  const { path, text } = await readGiven(ports, wish.plan, ACTIVITIES_FILE);
  const { teams, problems } = await teamsFor(ports, wish);
  const made = projectOfActivities(readActivities(text, path), teams, {
    start,
    agentsDoAll: wish.asWritten !== true,
  });
  if (made.problems.some(({ severity }) => severity === "error"))
    throw invalid(`${path} can't be scheduled`, [...made.problems, ...hardCircles(made.project)]);
  const given = givenIn(text, path, made.project.activities);
  const project = { ...made.project, ...(given && { given }) };
  return { file: path, project, problems: [...problems, ...made.problems], teams };
}
