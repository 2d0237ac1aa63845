import { WavegateError } from "../../core/error.ts";
import type { Diagnostic } from "../../core/diagnostic.ts";
import type { PlanView } from "../../plan/answers/plan-view.ts";
import { readTeamFile } from "../../schedule/formats/team-file/read-team-file.ts";
import type { TeamFile } from "../../schedule/formats/team-file/team-file.ts";
import {
  readExecutionPlan,
  type ExecutionPlan,
} from "../../schedule/formats/s3-plan/execution-plan.ts";
import { checkSyncTimes } from "../../schedule/formats/s3-plan/sync-times.ts";
import { withExecutionPlan } from "../../schedule/formats/s3-plan/with-execution-plan.ts";
import { writeLocalTime } from "../../schedule/project/local-time.ts";
import type { LocalTime, Project } from "../../schedule/project/project.ts";
import type { ScheduleDiagnostic } from "../../schedule/project/report.ts";
import { isZone, Zone } from "../../schedule/project/zone.ts";
import { findPlan } from "../plans/find-plan.ts";
import { openPlan, usesOf, viewPlan, type OpenPlan } from "../plans/open-plan.ts";
import type { PlanPorts } from "../plans/plan-ports.ts";
import { planProblems } from "./circle-problems.ts";
import { agentTeams, USUAL_WORKERS } from "./default-teams.ts";
import { relatedTeams } from "./related-teams.ts";
import { projectOfPlan } from "./project-of-plan.ts";
import { readGiven } from "./read-given.ts";

/** What is to be scheduled, and by whom. */
export interface ProjectWish {
  /** A plan by path or name; without it the current one. */
  readonly plan?: string;
  /** Path of a team file; without it agents. */
  readonly teams?: string;
  /** So many agents, where no team file is named. */
  readonly workers?: number;
  /** Skills and teams that a table asks for stay where agents who can do all do it: it is not scheduled, but given in another form. */
  readonly asWritten?: boolean;
  /** Of them, how many their provider lets work at once. */
  readonly limit?: number;
  /** `2024-01-31`; without it as the team file says, else the next full hour. */
  readonly start?: LocalTime;
  /** False: a phase waits only for what the text names. What the difference is, is the price of the barriers. */
  readonly barriers?: boolean;
  /** Whether guessed dependencies count; true without it. */
  readonly inferred?: boolean;
  /** Part of people's time that is kept free; as the team file says without it. */
  readonly buffer?: number;
}

export interface OpenedProject {
  readonly project: Project;
  /** What is worth a look: of the plan, the team file, and both together. Errors of the team file are thrown. */
  readonly problems: readonly Diagnostic[];
  readonly open: OpenPlan;
  readonly view: PlanView;
  readonly teams: TeamFile;
}

/**
 * Read a plan and who does it, as a project. Throws PLAN_NOT_FOUND, PLAN_AMBIGUOUS, PLAN_UNREADABLE; SCHEDULE_INVALID with all problems of
 * a team file that can't be used; USAGE for wishes that can't be.
 */
export async function openProject(ports: PlanPorts, wish: ProjectWish): Promise<OpenedProject> {
  const found = await findPlan(ports, wish.plan);
  const open = await openPlan(ports, found);
  const view = viewPlan(open, {
    inferred: wish.inferred ?? true,
    rule: wish.barriers === false ? "dag" : "barriers",
  });
  const { teams, problems } = await teamsFor(ports, withOwnTeams(wish, open));
  const execution = readExecutionPlan(open.loaded.file.text, open.head.file);
  const made = projectOfPlan({
    view,
    uses: await usesOf(ports, open),
    texts: [open.loaded.file, ...open.loaded.companions],
    teams,
    ...(execution && { deliverables: deliverablesOf(execution) }),
    start: nextHour(ports, teams.zone),
    actuals: actualsOf(open, teams.zone),
  });
  const project = execution ? withExecutionPlan(made.project, execution) : made.project;
  return {
    project: teams.start === undefined ? project : { ...project, start: teams.start },
    problems: [
      ...planProblems(view),
      ...problems,
      ...made.problems,
      ...(execution ? [...checkSyncTimes(execution), ...unrelatedTo(project, teams, made)] : []),
    ],
    open,
    view,
    teams,
  };
}

/** By id of phase, which is that of its task. */
const deliverablesOf = ({ waves }: ExecutionPlan): ReadonlyMap<string, readonly string[]> =>
  new Map(
    waves.flatMap(({ phases }) =>
      phases.map(({ id, deliverables }) => [id, deliverables] as const),
    ),
  );

/** Teams are named by an execution plan only. */
const unrelatedTo = (
  project: Project,
  teams: TeamFile,
  { problems }: Pick<OpenedProject, "problems">,
): readonly ScheduleDiagnostic[] =>
  problems.some(({ code }) => code === "SCHEDULE_TEAMS_UNRELATED")
    ? []
    : relatedTeams(project, teams);

/** S3's execution plan says itself who is there, where nobody else is named. */
const withOwnTeams = (wish: ProjectWish, { head, loaded }: OpenPlan): ProjectWish =>
  wish.teams === undefined &&
  wish.workers === undefined &&
  readExecutionPlan(loaded.file.text, head.file) !== undefined &&
  readTeamFile(loaded.file.text, head.file).teamFile !== undefined
    ? { ...wish, teams: head.file }
    : wish;

interface ReadTeams {
  readonly teams: TeamFile;
  readonly problems: readonly ScheduleDiagnostic[];
}

/** The team file that is wished, with what is wished otherwise in place of what it says. */
export async function teamsFor(ports: PlanPorts, wish: ProjectWish): Promise<ReadTeams> {
  const { teams, problems } =
    wish.teams === undefined
      ? { teams: agentTeams(workersOf(wish.workers), wish.limit), problems: [] }
      : await readTeams(ports, wish.teams);
  return {
    problems,
    teams: {
      ...teams,
      ...(wish.start !== undefined && { start: wish.start }),
      ...(wish.buffer !== undefined && { buffer: wish.buffer }),
    },
  };
}

const MOST_WORKERS = 1_000;

function workersOf(workers = USUAL_WORKERS): number {
  if (Number.isInteger(workers) && workers >= 1 && workers <= MOST_WORKERS) return workers;
  throw new WavegateError("USAGE", `${workers} is no number of workers.`, {
    hint: `Give a whole number from 1 to ${MOST_WORKERS}.`,
  });
}

const TEAM_FILE = {
  what: "team file",
  hint: "Check the path; docs/schedule-teams.md says how to write one.",
};

async function readTeams(ports: PlanPorts, given: string): Promise<ReadTeams> {
  const { path, text } = await readGiven(ports, given, TEAM_FILE);
  const { teamFile, problems } = readTeamFile(text, path);
  if (teamFile) return { teams: teamFile, problems };
  throw invalid(`${path} is no usable team file`, problems);
}

/** Problems for which nothing can be scheduled, all at once. */
export function invalid(what: string, problems: readonly Diagnostic[]): WavegateError {
  const errors = problems.filter(({ severity }) => severity === "error");
  const [first] = errors;
  return new WavegateError(
    "SCHEDULE_INVALID",
    `${what}: ${errors.length === 1 ? "there is an error" : `there are ${errors.length} errors`}.`,
    {
      hint: first?.hint ?? "Mend what is listed.",
      ...(first && { place: first.place }),
      diagnostics: problems,
    },
  );
}

const HOUR = 3_600_000;

/** The next full hour, in a zone: nothing begins in the past, and two schedules of one hour are the same. */
export const nextHour = ({ clock }: PlanPorts, zone: string): LocalTime =>
  localTime(Math.ceil(clock.now() / HOUR) * HOUR, zone);

export const localTime = (milliseconds: number, zone: string): LocalTime =>
  writeLocalTime(new Zone(isZone(zone) ? zone : "UTC").localAt(Math.floor(milliseconds / 60_000)));

/** When records say that tasks began and ended. */
function actualsOf(
  { status }: OpenPlan,
  zone: string,
): ReadonlyMap<string, { readonly start: LocalTime; readonly end: LocalTime }> {
  const actuals = new Map<string, { start: LocalTime; end: LocalTime }>();
  for (const { key, startedAt, completedAt } of status?.tasks ?? []) {
    const end = Date.parse(completedAt ?? "");
    const start = Date.parse(startedAt ?? completedAt ?? "");
    if (Number.isNaN(end) || Number.isNaN(start) || start < 0) continue;
    actuals.set(key, { start: localTime(Math.min(start, end), zone), end: localTime(end, zone) });
  }
  return actuals;
}
