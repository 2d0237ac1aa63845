import type { Crew } from "../project/project.ts";
import { levelOf, skillKey } from "../project/skills.ts";
import type { Basis } from "./basis.ts";
import { startHolds } from "./order/start-reasons.ts";
import type { Reason } from "./reason.ts";
import type { Workload } from "./workload.ts";

/** What holds the work up, by measured effect: worst first. */
export interface Bottleneck extends Culprit {
  readonly title: string;
  /** Minutes that activities waited for it in the schedule, each from when it could have started otherwise. */
  readonly waited: number;
  /** Activities that did. */
  readonly waiting: readonly string[];
  /** Part of its time that is used from the schedule's start to its end, 0 … 1; for an activity its criticality index. */
  readonly used: number;
  /** Minutes sooner that the whole ends with one more of it (an activity: with a quarter less work; a sync point: without it), by scheduling anew. Undefined where that was not tried. */
  readonly saves?: number;
}

/** Who or what is in the way; a skill by the key that skills are compared by. */
export interface Culprit {
  readonly kind: "person" | "skill" | "team" | "resource" | "activity" | "sync";
  readonly id: string;
}

/** What trying to be rid of one saved (`whatShortensMost`). */
export interface Saving {
  readonly target: Culprit;
  readonly saved: number;
}

/** Bottlenecks that are told. */
const TOLD = 20;
/** Activities that are critical in so many runs are told. */
const OFTEN = 0.5;

export function bottlenecksOf(
  basis: Basis,
  workload: Workload,
  savings: readonly Saving[] = [],
): readonly Bottleneck[] {
  const found = new Map<
    string,
    { target: Culprit; waited: number; waiting: string[]; saves?: number }
  >();
  const entry = (target: Culprit) => {
    const key = JSON.stringify([target.kind, target.id]);
    const known = found.get(key) ?? { target, waited: 0, waiting: [] };
    found.set(key, known);
    return known;
  };
  for (const { target, activity, minutes } of waits(basis)) {
    const each = entry(target);
    each.waited += minutes;
    each.waiting.push(activity);
  }
  for (const { target, saved } of savings) {
    const each = entry(target);
    each.saves = Math.max(each.saves ?? 0, saved);
  }
  for (const { activity, criticality, planned } of basis.forecast.activities)
    if (criticality >= OFTEN && planned > 0) entry({ kind: "activity", id: activity });
  const told = telling(basis, workload);
  return [...found.values()]
    .filter(
      ({ target, waited, saves = 0 }) => waited > 0 || saves > 0 || target.kind === "activity",
    )
    .map(({ target, ...rest }): Bottleneck => ({ ...target, ...told(target), ...rest }))
    .toSorted((a, b) => (b.saves ?? 0) - (a.saves ?? 0) || b.waited - a.waited || b.used - a.used)
    .slice(0, TOLD);
}

interface Wait {
  readonly target: Culprit;
  readonly activity: string;
  readonly minutes: number;
}

/** How long each activity waited for somebody or something, from when all else would have let it start. */
function waits({ project, critical, order }: Basis): readonly Wait[] {
  const holds = startHolds(order);
  return critical.activities.flatMap(({ activity, from, why }, node): readonly Wait[] => {
    const culprit = culpritOf(why);
    const { release = 0, gaps } = order.nodes[node] ?? {};
    if (!culprit) return [];
    let otherwise = Math.max(0, release);
    for (const { arc, until } of holds[node] ?? [])
      if (until > otherwise && !isSame(culprit, culpritOf(arc.why))) otherwise = until;
    const minutes = from - (gaps?.enter(otherwise) ?? otherwise);
    if (minutes <= 0) return [];
    const skills =
      culprit.kind === "person"
        ? skillsWanted(project.activities[node]?.crew, culprit.id, project)
        : [];
    return [culprit, ...skills].map((target) => ({ target, activity, minutes }));
  });
}

function culpritOf(why: Reason): Culprit | undefined {
  if (why.kind === "person") return { kind: "person", id: why.person };
  if (why.kind === "team") return { kind: "team", id: why.team };
  if (why.kind === "resource") return { kind: "resource", id: why.resource };
  return why.kind === "sync" ? { kind: "sync", id: why.sync } : undefined;
}

const isSame = (a: Culprit, b: Culprit | undefined): boolean => a.kind === b?.kind && a.id === b.id;

/** The skills for which an activity wanted a person. */
function skillsWanted(
  crew: Crew | undefined,
  id: string,
  { teams }: Basis["project"],
): readonly Culprit[] {
  if (crew?.kind !== "people") return [];
  const person = teams.flatMap(({ people }) => people).find((each) => each.id === id);
  const has = (skill: string) => person !== undefined && levelOf(person, skill) !== undefined;
  const keys = crew.needs.flatMap(({ skills }) =>
    skills.filter(({ skill }) => has(skill)).map(({ skill }) => skillKey(skill)),
  );
  return [...new Set(keys)].map((key) => ({ kind: "skill", id: key }));
}

/** Title and use of a culprit. */
function telling(
  { project, schedule, order, forecast }: Basis,
  workload: Workload,
): (target: Culprit) => { readonly title: string; readonly used: number } {
  const titles = new Map(
    [
      ...project.teams,
      ...project.teams.flatMap(({ people }) => people),
      ...project.resources,
      ...project.syncPoints,
      ...project.activities,
    ].map(({ id, title }) => [id, title]),
  );
  const loads = new Map([...workload.people, ...workload.teams].map((load) => [load.id, load]));
  const used = ({ kind, id }: Culprit): number => {
    if (kind === "activity")
      return forecast.activities[order.indexOf.get(id) ?? -1]?.criticality ?? 0;
    if (kind === "skill") return usedSkill(id);
    if (kind !== "resource") return loads.get(id)?.used ?? 0;
    const capacity =
      (project.resources.find((each) => each.id === id)?.capacity ?? 1) * schedule.makespan;
    const held = project.activities.reduce(
      (sum, { uses }, node) =>
        sum + (uses.find(({ resource }) => resource === id)?.amount ?? 0) * spanOfNode(node),
      0,
    );
    return capacity > 0 ? held / capacity : 0;
  };
  const spanOfNode = (node: number) =>
    (order.nodes[node]?.to ?? 0) - (order.nodes[node]?.from ?? 0);
  const usedSkill = (key: string): number => {
    const having = project.teams.flatMap(({ people }) =>
      people.filter((person) => levelOf(person, key) !== undefined),
    );
    const all = having.map(({ id }) => loads.get(id));
    const available = all.reduce((sum, load) => sum + (load?.available ?? 0), 0);
    return available > 0 ? all.reduce((sum, load) => sum + (load?.booked ?? 0), 0) / available : 0;
  };
  return (target) => ({ title: titles.get(target.id) ?? target.id, used: used(target) });
}
