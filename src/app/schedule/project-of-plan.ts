import { isWork, phaseOf, type GraphNode } from "../../plan/graph/model.ts";
import { finished } from "../../plan/progress/finished.ts";
import type { Estimate, Phase } from "../../plan/model.ts";
import type { PlanView } from "../../plan/answers/plan-view.ts";
import type { UsesByTask } from "../../plan/resources/plan-uses.ts";
import { workText } from "../../core/work-text.ts";
import type { TeamFile } from "../../schedule/formats/team-file/team-file.ts";
import type {
  Activity,
  Crew,
  Group,
  LocalTime,
  Progress,
  Project,
  Work,
} from "../../schedule/project/project.ts";
import { quoted, report, type ScheduleDiagnostic } from "../../schedule/project/report.ts";
import { skillKey, USUAL_LEVEL } from "../../schedule/project/skills.ts";
import type { Team } from "../../schedule/project/team.ts";
import { contractedLinks } from "./contracted-links.ts";
import { exclusiveResources, type Claims } from "./exclusive-resources.ts";
import { namedUses } from "./named-uses.ts";
import { relatedTeams } from "./related-teams.ts";
import { writtenCrews, type WrittenCrews } from "./written-crews.ts";

/** What a project is made of. */
export interface ProjectInput {
  readonly view: PlanView;
  readonly uses: UsesByTask;
  /** The texts of the plan's files. */
  readonly texts: readonly { readonly path: string; readonly text: string }[];
  readonly teams: TeamFile;
  /** What tasks bring, in words, by key: S3's deliverables. */
  readonly deliverables?: ReadonlyMap<string, readonly string[]>;
  /** Where the team file names none. */
  readonly start: LocalTime;
  /** The time of planning; without it the plan is scheduled as if it began at its start. */
  readonly now?: LocalTime;
  /** When something that is recorded as done began and ended, by key, in the zone of the teams. */
  readonly actuals?: ReadonlyMap<string, { readonly start: LocalTime; readonly end: LocalTime }>;
}

export interface PlannedProject {
  readonly project: Project;
  readonly problems: readonly ScheduleDiagnostic[];
}

/**
 * A plan as a project (S3, WV-01): its tasks and verifications are activities, the ends of its phases milestones; its edges are links with
 * their origins, so that the price of barriers can be told; sequential groups are chains already. Files that several tasks write are
 * exclusive. Estimates are as written; where there is none, the figures of `plan/estimates`, and the basis says so. What is done is done.
 */
export function projectOfPlan(input: ProjectInput): PlannedProject {
  const { view, uses, teams, texts } = input;
  const { graph, plan } = view;
  const crews = writtenCrews(plan, texts);
  const claims = exclusiveResources(uses, new Set(graph.nodes.map(({ key }) => key)));
  const named = namedUses(teams.resources, plan, uses, input.deliverables);
  const known = skillsIn(teams.teams);
  const { links, kept } = contractedLinks(graph, isKept);
  const activities = [...kept].map((index): Activity => {
    const node = graph.nodes[index];
    if (!node) throw new Error(`the graph has no node ${index}`);
    return activityOf(input, { node, index, crews, claims, known, named: named.uses });
  });
  const project: Project = {
    name: view.head.file,
    start: teams.start ?? input.start,
    ...(input.now !== undefined && { now: input.now }),
    zone: teams.zone,
    activities,
    groups: plan.phases.map(groupOf),
    links,
    resources: [
      ...claims.resources,
      ...crews.resources,
      ...teams.resources.map(({ resource }) => resource),
    ],
    teams: teams.teams,
    calendars: teams.calendars,
    syncPoints: [],
    buffer: teams.buffer,
    ...(teams.deadline !== undefined && { deadline: teams.deadline }),
  };
  return {
    project,
    problems: [...named.problems, ...relatedTeams(project, teams), ...begunOpen(view)],
  };
}

/** Tasks in progress: who is at them is not known here, so they are planned whole with the rest, and that is told. */
function begunOpen({ graph, progress, head }: PlanView): readonly ScheduleDiagnostic[] {
  const begun = graph.nodes.filter(
    (node, index) => isWork(node) && progress.get(index)?.state === "in-progress",
  );
  const [first] = begun;
  if (!first) return [];
  const names = begun.slice(0, 5).map(({ key }) => quoted(key));
  const more = begun.length > names.length ? ` and ${begun.length - names.length} more` : "";
  const place = first.kind === "task" ? first.task.place : { file: head.file };
  return [
    report(
      "SCHEDULE_BEGUN_PLANNED_WHOLE",
      place,
      `In progress, and planned whole as if nothing of it was done: ${names.join(", ")}${more}`,
    ),
  ];
}

/** Work, and the ends of phases as milestones. */
const isKept = (node: GraphNode): boolean => isWork(node) || node.kind === "phase-end";

/** Keys of the skills that somebody has; undefined where there are only agents of whom none is named: they can do all. */
function skillsIn(teams: readonly Team[]): ReadonlySet<string> | undefined {
  const known = new Set(
    teams.flatMap(({ people }) =>
      people.flatMap(({ skills }) => skills.map(({ skill }) => skillKey(skill))),
    ),
  );
  return known.size === 0 && teams.every(({ kind }) => kind === "agents") ? undefined : known;
}

const groupOf = ({ key, title, place }: Phase): Group => ({
  id: key,
  title,
  deliverables: [],
  place,
});

interface Found {
  readonly node: GraphNode;
  readonly index: number;
  readonly crews: WrittenCrews;
  readonly claims: Claims;
  readonly known: ReadonlySet<string> | undefined;
  readonly named: ReadonlyMap<string, Activity["uses"]>;
}

function activityOf(input: ProjectInput, found: Found): Activity {
  const { view } = input;
  const { node, index, crews, claims, named } = found;
  const { key } = node;
  const phase = phaseOf(node);
  const place =
    node.kind === "task"
      ? node.task.place
      : node.kind === "verification"
        ? node.verification.place
        : node.phase?.place;
  const minutes = view.graph.minutes[index] ?? 0;
  return {
    id: key,
    title: titleOf(node),
    ...(phase !== undefined && { group: phase }),
    work: isWork(node) ? workOf(node, minutes) : { likely: 0, basis: "milestone" },
    crew: minutes === 0 ? { kind: "nobody" } : crewOf(found),
    uses: [
      ...(claims.uses.get(key) ?? []),
      ...(crews.uses.get(key) ?? []),
      ...(named.get(key) ?? []),
    ],
    progress: progressOf(input, index, key),
    ...(place && { place }),
  };
}

function titleOf(node: GraphNode): string {
  if (node.kind === "task") return node.task.text || node.key;
  if (node.kind === "verification") return node.verification.title || node.key;
  return `${node.phase?.title ?? node.key} done`;
}

function workOf(node: GraphNode, minutes: number): Work {
  const estimate = node.kind === "task" ? node.task.estimate : undefined;
  const own = estimate && Math.abs(estimate.minutes - minutes) < 1e-6;
  const ends = own && estimate.low !== undefined && estimate.high !== undefined;
  return {
    likely: minutes,
    ...(ends && { optimistic: estimate.low, pessimistic: estimate.high }),
    basis: estimate ? basisOf(estimate) : `no figure: ${workText(minutes)}`,
  };
}

const basisOf = ({ source, minutes }: Estimate): string =>
  source === "text"
    ? workText(minutes)
    : source === "complexity"
      ? `complexity: ${workText(minutes)}`
      : `no figure: ${workText(minutes)}`;

/** Somebody with the skills that are named; S3's `task_type` is one where somebody has it. */
function crewOf({ node, crews, known }: Found): Crew {
  const task = node.kind === "task" ? node.task : undefined;
  const named = [...(task?.skills ?? []), ...(crews.skills.get(node.key) ?? [])];
  const types = (task?.labels ?? []).filter((label) => known?.has(skillKey(label)));
  const skills = known
    ? [...new Map([...named, ...types].map((skill) => [skillKey(skill), skill]))]
    : [];
  return {
    kind: "people",
    needs: [{ skills: skills.map(([, skill]) => ({ skill, level: USUAL_LEVEL })), count: 1 }],
  };
}

/** What is done keeps its times where they are known; what was begun by nobody who is known is planned with the rest, from now on. */
function progressOf(
  { view, teams, start, actuals }: ProjectInput,
  index: number,
  key: string,
): Progress {
  const node = view.graph.nodes[index];
  const state = view.progress.get(index)?.state ?? "open";
  const passed = node?.kind === "phase-end" && view.standing.passed(index);
  if (!finished(state) && !passed) return { state: "open" };
  const from = teams.start ?? start;
  const times = actuals?.get(key) ?? { start: from, end: from };
  return { state: "done", ...times, people: [] };
}
