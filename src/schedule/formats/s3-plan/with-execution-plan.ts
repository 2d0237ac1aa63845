import { field, items, lineOf, placeOf } from "../../../core/json-values.ts";
import { writeLocalTime } from "../../project/local-time.ts";
import type { Activity, Group, Project, SyncPoint } from "../../project/project.ts";
import { syncsIn } from "./declared-points.ts";
import { minutesOf, type ExecutionPhase, type ExecutionPlan } from "./execution-plan.ts";
import { givenPlanning } from "./given-planning.ts";
import { participantsIn } from "./participants.ts";

/**
 * A project with what S3's execution plan says besides: each phase is done by the whole of its team, and has deliverables; nothing starts
 * before the first wave; the risks it names are in its words; sync points keep the teams of those who take part.
 */
export function withExecutionPlan(project: Project, plan: ExecutionPlan): Project {
  const phases = new Map(
    plan.waves.flatMap((wave) => wave.phases.map((phase) => [phase.id, phase] as const)),
  );
  const start = plan.waves.reduce<number | undefined>(
    (least, wave) => (wave.start === undefined ? least : Math.min(least ?? Infinity, wave.start)),
    undefined,
  );
  const byGroup = new Map(
    project.activities.flatMap(({ group, id }) => {
      const phase = phases.get(id);
      return phase ? [[group, phase] as const] : [];
    }),
  );
  return {
    ...project,
    ...(start !== undefined && { start: writeLocalTime(start * 1_440).slice(0, 10) }),
    activities: project.activities.map((activity) =>
      byTeam(project, activity, phases.get(activity.id)),
    ),
    groups: project.groups.map((group): Group => {
      const deliverables = byGroup.get(group.id)?.deliverables;
      return deliverables ? { ...group, deliverables } : group;
    }),
    syncPoints: [...project.syncPoints, ...syncPointsOf(project, plan)],
    given: givenPlanning(plan),
  };
}

/** The team that a plan names is kept where it is not there, too, so that it is told; agents are of no such team and do all of it. */
function byTeam(
  { teams }: Project,
  activity: Activity,
  phase: ExecutionPhase | undefined,
): Activity {
  const named = phase?.teams.map(({ name }) => name) ?? [];
  const agents = teams.every(({ kind }) => kind === "agents");
  if (activity.crew.kind !== "people" || named.length === 0 || agents) return activity;
  const skills = activity.crew.needs.flatMap((need) => need.skills);
  return { ...activity, crew: { kind: "team", skills, only: { teams: named, people: [] } } };
}

function syncPointsOf(project: Project, plan: ExecutionPlan): readonly SyncPoint[] {
  const ids = new Set(project.activities.map(({ id }) => id));
  const activities = new Set(ids);
  const teams = new Set(project.teams.map(({ id }) => id));
  const known = (phases: readonly string[]) => phases.filter((id) => activities.has(id));
  return syncsIn(plan).map((sync, at): SyncPoint => {
    const { value, triggers, moved } = sync;
    const participants = new Set(
      participantsIn(plan, field(value, "participants"))
        .flatMap((one) => (one.kind === "unknown" ? one.near : one.teams))
        .filter((team) => teams.has(team)),
    );
    const words = (...names: readonly string[]): readonly string[] =>
      items(field(value, ...names)).flatMap((item) => lineOf(item) ?? []);
    const title = sync.title || `Sync point ${at + 1}`;
    return {
      id: freeId(ids, sync.id ?? title),
      title,
      after: known(sync.after),
      before: known(sync.before),
      minutes: minutesOf(field(value, "duration")) ?? 0,
      participants: [...participants].toSorted(),
      triggers:
        moved === null
          ? triggers
          : triggers.map((each) => `${each} (held ${moved} the phases of the wave)`),
      preparation: words("preparation_requirements"),
      criteria: words("success_criteria"),
      onFailure: words("failure_procedures"),
      deliverables: words("deliverables"),
      place: placeOf(value),
    };
  });
}

/** An id that nothing has yet; it then has it. */
function freeId(taken: Set<string>, wanted: string): string {
  let id = wanted;
  for (let number = 2; taken.has(id); number++) id = `${wanted} (${number})`;
  taken.add(id);
  return id;
}
