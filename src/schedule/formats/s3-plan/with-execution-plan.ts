import { field, items, lineOf, wordOf, placeOf, type Value } from "../../../core/json-values.ts";
import { writeLocalTime } from "../../project/local-time.ts";
import type { Activity, Group, Project, SyncPoint } from "../../project/project.ts";
import {
  minutesOf,
  type ExecutionPhase,
  type ExecutionPlan,
  type ExecutionWave,
} from "./execution-plan.ts";
import { givenPlanning } from "./given-planning.ts";
import { participantsIn } from "./participants.ts";
import { isLate, isWithin, triggersOf } from "./sync-times.ts";

/**
 * A project with what S3's execution plan says besides: each phase is done by the whole of its team, and has deliverables; nothing starts
 * before the first wave; the risks it names are in its words; sync points keep the teams of those who take part. Phases are not cut in two: a sync point within a wave ("Week 2 of
 * wave 2") is held before the work of the wave, where it is in its first half, else after it.
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
  const teams = new Set(project.teams.map(({ id }) => id));
  const phasesOf = (waves: readonly ExecutionWave[]): readonly string[] =>
    waves.flatMap((wave) => wave.phases.flatMap(({ id }) => (ids.has(id) ? [id] : [])));
  const made = (value: Value, wave: number, at: number, within = true): SyncPoint => {
    const participants = new Set(
      participantsIn(plan, field(value, "participants"))
        .flatMap((one) => (one.kind === "unknown" ? one.near : one.teams))
        .filter((team) => teams.has(team)),
    );
    const words = (...names: readonly string[]): readonly string[] =>
      items(field(value, ...names)).flatMap((item) => lineOf(item) ?? []);
    const title = lineOf(field(value, "name")) ?? `Sync point ${at + 1}`;
    const triggers = triggersOf(value);
    const minutes = plan.waves[wave]?.minutes;
    const late = within && isLate(triggers, minutes);
    const moved = within && isWithin(triggers, minutes);
    return {
      id: freeId(ids, wordOf(field(value, "sync_point_id")) ?? title),
      title,
      after: phasesOf(plan.waves.slice(0, late ? wave + 1 : wave)),
      before: phasesOf(plan.waves.slice(late ? wave + 1 : wave)),
      minutes: minutesOf(field(value, "duration")) ?? 0,
      participants: [...participants].toSorted(),
      triggers: moved
        ? triggers.map(
            (each) => `${each} (held ${late ? "after" : "before"} the phases of the wave)`,
          )
        : triggers,
      preparation: words("preparation_requirements"),
      criteria: words("success_criteria"),
      onFailure: words("failure_procedures"),
      deliverables: words("deliverables"),
      place: placeOf(value),
    };
  };
  const inWaves = plan.waves.flatMap(({ value }, wave) =>
    items(field(value, "synchronization_points")).map((sync, at) => made(sync, wave, at)),
  );
  // Those of the whole plan say no wave: what is to be agreed is agreed before teams first work beside each other.
  const parallel = plan.waves.findIndex(({ phases }) => phases.length > 1);
  const protocols = field(plan.root, "coordination_protocols");
  const ofAll = items(field(protocols, "synchronization_points")).map((sync, at) =>
    made(sync, Math.max(0, parallel), at, false),
  );
  return [...inWaves, ...ofAll];
}

/** An id that nothing has yet; it then has it. */
function freeId(taken: Set<string>, wanted: string): string {
  let id = wanted;
  for (let number = 2; taken.has(id); number++) id = `${wanted} (${number})`;
  taken.add(id);
  return id;
}
