import { phaseOf, type GraphEdge } from "../../plan/graph/model.ts";
import type { Origin } from "../../plan/model.ts";
import type { AnalysedPlan } from "../input.ts";

/** What orders tasks of one phase, and how many of them could run at once. */
export interface PhaseInside {
  /** Key of the phase; undefined for tasks outside of phases. */
  readonly phase: string | undefined;
  readonly tasks: readonly string[];
  /** Edges between two tasks of it, by the origin of each. */
  readonly byOrigin: ReadonlyMap<Origin, readonly GraphEdge[]>;
  /** Its tasks by wave, as far as only its own tasks count: those of a wave can run together, files aside. */
  readonly waves: readonly (readonly string[])[];
  readonly minutes: number;
}

/** Phases in the order of the document, those without tasks left out. O(tasks + edges). */
export function phaseInsides({ plan, declared: graph }: AnalysedPlan): readonly PhaseInside[] {
  const { nodes, edges, minutes, order, into } = graph;
  const phase = nodes.map((node) => phaseOf(node));
  const isWithin = ({ from, to, cut }: GraphEdge) =>
    !cut && nodes[from]?.kind === "task" && nodes[to]?.kind === "task" && phase[from] === phase[to];
  const groups = new Map<string | undefined, Group>();
  const groupOf = (key: string | undefined): Group => {
    const known = groups.get(key) ?? { tasks: [], byOrigin: new Map(), waves: [], minutes: 0 };
    groups.set(key, known);
    return known;
  };
  const level = new Map<number, number>();
  for (const index of order) {
    const node = nodes[index];
    if (node?.kind !== "task") continue;
    const own = edges.slice(into[index], into[index + 1]).filter(isWithin);
    const wave = own.reduce((most, { from }) => Math.max(most, (level.get(from) ?? 0) + 1), 0);
    level.set(index, wave);
    const group = groupOf(phase[index]);
    group.tasks.push(node.key);
    group.minutes += minutes[index] ?? 0;
    while (group.waves.length <= wave) group.waves.push([]);
    group.waves[wave]?.push(node.key);
    for (const edge of own) {
      const known = group.byOrigin.get(edge.cause.origin);
      if (known) known.push(edge);
      else group.byOrigin.set(edge.cause.origin, [edge]);
    }
  }
  return [...plan.phases.map(({ key }) => key), undefined].flatMap((key) => {
    const group = groups.get(key);
    return group ? [{ phase: key, ...group }] : [];
  });
}

interface Group {
  readonly tasks: string[];
  readonly byOrigin: Map<Origin, GraphEdge[]>;
  readonly waves: string[][];
  minutes: number;
}
