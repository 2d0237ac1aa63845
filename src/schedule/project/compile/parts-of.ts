import type { CrewActivity, CrewParts, Interval } from "../../solver/crew/crew-parts.ts";
import type { Project } from "../project.ts";
import type { Arc } from "./break-circles.ts";
import type { People } from "./compile-people.ts";
import type { Draft, DraftNode } from "./draft.ts";

/** Minutes of everything one after the other, as slow as anybody is. */
export function longestOf({ nodes }: Draft, { factors }: People, arcs: readonly Arc[]): number {
  const slowest = [...factors].reduce((most, factor) => Math.max(most, factor), 1);
  let [latest, sum] = [0, 0];
  for (const { minutes, release, fixed } of nodes) {
    latest = Math.max(latest, release, fixed?.end ?? 0);
    sum += Math.ceil(minutes * slowest) + 1;
  }
  for (const { lag } of arcs) sum += Math.abs(lag);
  return latest + sum + 7 * 1_440;
}

/** All figures in minutes that a problem holds, after factors. */
export function* figuresOf(
  { nodes }: Draft,
  { factors }: People,
  arcs: readonly Arc[],
  absences: readonly (readonly Interval[])[],
): Iterable<number> {
  for (const { lag } of arcs) yield lag;
  for (const { minutes, release, deadline, fixed } of nodes)
    yield* [release, deadline ?? 0, fixed?.start ?? 0, fixed?.end ?? 0, minutes];
  for (const list of new Set(absences)) for (const { from, to } of list) yield* [from, to];
  for (const minutes of new Set(nodes.map((node) => node.minutes)))
    for (const factor of factors) yield Math.ceil(minutes * factor - 1e-6);
}

interface PartsInput {
  readonly draft: Draft;
  readonly people: People;
  readonly arcs: readonly Arc[];
  readonly absences: readonly (readonly Interval[])[];
  readonly tick: number;
  readonly project: Project;
}

/** The problem in ticks. */
export function partsOf({ draft, people, arcs, absences, tick, project }: PartsInput): CrewParts {
  const up = (minutes: number): number => Math.ceil(minutes / tick);
  const limits = teamLimits(project);
  const numbers = new Map(project.resources.map(({ id }, number) => [id, number]));
  const inTicks = new Map<readonly Interval[], readonly Interval[]>();
  for (const list of absences) if (!inTicks.has(list)) inTicks.set(list, ticksOf(list, tick));
  const activityOf = (node: DraftNode): CrewActivity => ({
    options: node.needs.map((needs = [], at) => {
      const limit = limits.get(node.teams[at]?.id ?? "");
      const demands = node.uses.map(({ resource, amount }) => ({
        resource: numbers.get(resource) ?? 0,
        amount,
      }));
      return {
        work: up(node.minutes),
        demands:
          limit === undefined ? demands : [...demands, { resource: limit.resource, amount: 1 }],
        needs,
      };
    }),
    release: up(node.release),
    ...(node.deadline !== undefined && { deadline: Math.floor(node.deadline / tick) }),
    ...(node.fixed && {
      fixed: {
        start: Math.floor(node.fixed.start / tick),
        end: up(node.fixed.end),
        people: node.fixed.people,
      },
    }),
  });
  return {
    activities: draft.nodes.map(activityOf),
    arcs: arcs.map(({ from, to, kind, lag }) => ({ from, to, kind, lag: up(lag) })),
    capacities: [
      ...project.resources.map(({ capacity }) => capacity),
      ...[...limits.values()].map(({ capacity }) => capacity),
    ],
    absences: absences.map((list) => inTicks.get(list) ?? []),
    pools: people.pools,
  };
}

/** Teams that can't do as many activities at once as they have people: each is a resource behind those of the project. */
function teamLimits({ teams, resources }: Project) {
  const limited = teams.filter(
    ({ concurrent, people }) => concurrent !== undefined && concurrent < people.length,
  );
  return new Map(
    limited.map(({ id, concurrent }, at) => [
      id,
      { resource: resources.length + at, capacity: concurrent ?? 0 },
    ]),
  );
}

/** Rounded away from work; what then touches is one absence. */
function ticksOf(list: readonly Interval[], tick: number): readonly Interval[] {
  if (tick === 1) return list;
  const rounded: Interval[] = [];
  for (const interval of list) {
    const [from, to] = [Math.floor(interval.from / tick), Math.ceil(interval.to / tick)];
    const last = rounded.at(-1);
    if (last && last.to >= from) rounded[rounded.length - 1] = { from: last.from, to };
    else rounded.push({ from, to });
  }
  return rounded;
}
