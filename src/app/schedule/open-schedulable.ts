import { WavegateError } from "../../core/error.ts";
import type { Diagnostic } from "../../core/diagnostic.ts";
import { shellWord } from "../../core/shell-word.ts";
import { oneLine } from "../../core/text.ts";
import type { PlanView } from "../../plan/answers/plan-view.ts";
import type { ScheduleAnswer, Staffing } from "../../schedule/answers/schedule-answer.ts";
import { readBenchmark, isBenchmark } from "../../schedule/formats/benchmark/read-benchmark.ts";
import type { Project } from "../../schedule/project/project.ts";
import { portsFor } from "../plans/plan-ports.ts";
import { isActivities, openActivities } from "./open-activities.ts";
import { invalid, nextHour, openProject } from "./open-project.ts";
import type { ScheduleWish } from "./schedule-cases.ts";
import type { SchedulePorts } from "./schedule-ports.ts";
import { readGiven } from "./read-given.ts";

/** Something to be scheduled, from whatever file. */
export interface Schedulable {
  readonly source: ScheduleAnswer["plan"];
  readonly staffing: Staffing;
  readonly project: Project;
  readonly problems: readonly Diagnostic[];
  /** Where it comes from a plan. */
  readonly view?: PlanView;
  /** Its records of what happened, where there is a status file. */
  readonly recorded: readonly RecordedTimes[];
}

/** What a status file says of when a task was done. */
export interface RecordedTimes {
  readonly key: string;
  readonly state: string;
  readonly startedAt: string | undefined;
  readonly completedAt: string | undefined;
}

/**
 * What a wish is about: a plan of any dialect, S3's execution plan, a table or JSON of activities, a file of PSPLIB, MSPSP or iMOPSE. Throws what
 * opening each can; USAGE where two say who does the work.
 */
export async function openSchedulable(
  ports: SchedulePorts,
  wish: ScheduleWish,
): Promise<Schedulable> {
  if (wish.teams !== undefined && wish.workers !== undefined)
    throw new WavegateError("USAGE", "--teams and --workers both say who does the work.", {
      hint: "Give one of them.",
    });
  const limit = await ports.agentLimit();
  const limited = { ...wish, ...(limit !== null && { limit }) };
  const { plan } = wish;
  if (plan !== undefined && isBenchmark(plan)) return openBenchmark(ports, plan);
  if (plan !== undefined && (await isActivities(ports, plan))) {
    const { file, project, problems } = await openActivities(
      ports,
      { ...limited, plan },
      nextHour(ports, "UTC"),
    );
    const staffing = staffingOf(wish, project);
    return { source: { file, title: "" }, staffing, project, problems, recorded: [] };
  }
  const there = portsFor(ports, plan);
  const { open, project, problems, view, teams } = await openProject(there, limited);
  const { head } = open;
  if (open.plan.tasks.length === 0)
    throw new WavegateError("PLAN_NOT_FOUND", `There is no task in ${oneLine(head.file, 200)}.`, {
      hint: `See what is read of it with: wavegate plans validate ${shellWord(head.file)}`,
      place: { file: head.file },
    });
  return {
    source: { file: head.file, title: head.title },
    staffing: staffingOf(
      { ...wish, ...(teams.file === head.file && { teams: head.file }) },
      project,
    ),
    project,
    problems,
    view,
    recorded: open.status?.tasks ?? [],
  };
}

const staffingOf = ({ teams }: ScheduleWish, project: Project): Staffing =>
  teams === undefined
    ? { file: null, workers: project.teams.reduce((sum, { people }) => sum + people.length, 0) }
    : { file: teams, workers: null };

async function openBenchmark(ports: SchedulePorts, given: string): Promise<Schedulable> {
  const { path, text } = await readGiven(ports, given);
  const { project, problems } = readBenchmark(path, text);
  if (!project) throw invalid(`${path} can't be scheduled`, problems);
  return {
    source: { file: path, title: "" },
    staffing: { file: project.teams.length > 0 ? path : null, workers: null },
    project,
    problems,
    recorded: [],
  };
}
