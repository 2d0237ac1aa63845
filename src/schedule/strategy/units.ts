import { at, digraph, reversed, targetsOf, type Digraph } from "../../core/graph/digraph.ts";
import { stronglyConnected } from "../../core/graph/components.ts";
import { longestPaths } from "../../core/graph/longest-paths.ts";
import { groupMembers } from "./group-members.ts";
import type { Link, Project } from "../project/project.ts";

/** What waves are made of: a group, or an activity where it has none, or where there are fewer than two groups. */
export interface Unit {
  readonly id: string;
  readonly title: string;
  /** Indices of activities. */
  readonly activities: readonly number[];
  readonly deliverables: readonly string[];
  /** How many units it has to wait for one after another, 0 the first. Units that wait for each other both ways share one. */
  readonly level: number;
  /** Indices of units that it waits for directly, and that wait for it, ascending. */
  readonly dependencies: readonly number[];
  readonly dependents: readonly number[];
  /** How many units wait for it, directly or not; undefined where there are too many units to count for each. */
  readonly blocks?: number;
}

export interface Units {
  readonly units: readonly Unit[];
  /** By index of activity. */
  readonly unitOf: readonly number[];
}

/** Above this, counting for each unit what it blocks would take a square of their number. */
const COUNTED_FOR_EACH = 2_000;

export function unitsOf(project: Project, passedOver: readonly Link[] = []): Units {
  const drafts = draftsOf(project);
  const unitOf = project.activities.map(() => 0);
  drafts.forEach(({ activities }, unit) =>
    activities.forEach((activity) => (unitOf[activity] = unit)),
  );
  const forward = graphOf(project, { unitOf, size: drafts.length, passedOver });
  const backward = reversed(forward);
  const levels = levelsOf(forward, drafts.length);
  const neighbours = (graph: Digraph, unit: number) => around(graph, unit, drafts.length);
  return {
    unitOf,
    units: drafts.map((draft, unit): Unit => ({
      ...draft,
      level: levels[unit] ?? 0,
      dependencies: neighbours(backward, unit),
      dependents: neighbours(forward, unit),
      ...(drafts.length > COUNTED_FOR_EACH
        ? {}
        : { blocks: blocked(forward, unit, drafts.length) }),
    })),
  };
}

function draftsOf(
  project: Project,
): readonly Pick<Unit, "id" | "title" | "activities" | "deliverables">[] {
  const members = groupMembers(project);
  const used = project.groups.filter(({ id }) => (members.get(id)?.length ?? 0) > 0);
  const grouped = used.length > 1;
  const alone = project.activities.flatMap(({ id, title, group }, index) =>
    grouped && group !== undefined && members.has(group)
      ? []
      : [{ id, title, activities: [index], deliverables: [] }],
  );
  const groups = used.map(({ id, title, deliverables }) => ({
    id,
    title,
    deliverables,
    activities: members.get(id) ?? [],
  }));
  return grouped ? [...groups, ...alone] : alone;
}

interface GraphInput {
  readonly unitOf: readonly number[];
  readonly size: number;
  readonly passedOver: readonly Link[];
}

/** Units first, then sync points: those between all of one side and all of the other. */
function graphOf(project: Project, { unitOf, size, passedOver }: GraphInput): Digraph {
  const indexOf = new Map(project.activities.map(({ id }, index) => [id, index]));
  const unit = (id: string) => unitOf[indexOf.get(id) ?? -1];
  const skipped = new Set(passedOver.map(({ from, to, kind }) => JSON.stringify([from, to, kind])));
  const [sources, targets]: [number[], number[]] = [[], []];
  const add = (from: number | undefined, to: number | undefined) => {
    if (from === undefined || to === undefined || from === to) return;
    sources.push(from);
    targets.push(to);
  };
  for (const { from, to, kind } of project.links)
    if (skipped.size === 0 || !skipped.has(JSON.stringify([from, to, kind])))
      add(unit(from), unit(to));
  project.syncPoints.forEach(({ after, before }, sync) => {
    for (const id of after) add(unit(id), size + sync);
    for (const id of before) add(size + sync, unit(id));
  });
  return digraph(size + project.syncPoints.length, sources, targets);
}

/** The other units next to one, sync points looked through. */
function around(graph: Digraph, unit: number, size: number): readonly number[] {
  const found = new Set<number>();
  for (const next of targetsOf(graph, unit)) {
    if (next < size) found.add(next);
    else for (const beyond of targetsOf(graph, next)) found.add(beyond);
  }
  found.delete(unit);
  return [...found].toSorted((a, b) => a - b);
}

/** Longest way from the first ones, over what is left when units that wait for each other are one; sync points count nothing. */
function levelsOf(forward: Digraph, size: number): Float64Array {
  const { count, of } = stronglyConnected(forward);
  const [sources, targets]: [number[], number[]] = [[], []];
  for (let node = 0; node < forward.size; node++)
    for (const next of targetsOf(forward, node))
      if (at(of, node) !== at(of, next)) {
        sources.push(at(of, node));
        targets.push(at(of, next));
      }
  const weights = new Uint8Array(count);
  for (let unit = 0; unit < size; unit++) weights[at(of, unit)] = 1;
  // Components are numbered against the edges.
  const order = Uint32Array.from({ length: count }, (_, rank) => count - 1 - rank);
  const ends = longestPaths(digraph(count, targets, sources), order, weights);
  return Float64Array.from({ length: size }, (_, unit) => at(ends, at(of, unit)) - 1);
}

function blocked(forward: Digraph, unit: number, size: number): number {
  const seen = new Set([unit]);
  const queue = [unit];
  let count = 0;
  for (const node of queue)
    for (const next of targetsOf(forward, node)) {
      if (seen.has(next)) continue;
      seen.add(next);
      queue.push(next);
      if (next < size) count++;
    }
  return count;
}
