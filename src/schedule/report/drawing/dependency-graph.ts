import { at, digraph, reversed, targetsOf, type Digraph } from "../../../core/graph/digraph.ts";
import { longestPaths } from "../../../core/graph/longest-paths.ts";
import { stronglyConnected } from "../../../core/graph/components.ts";
import { topologicalOrder } from "../../../core/graph/topological-order.ts";
import { transitiveReduction } from "../../../core/graph/transitive-reduction.ts";
import type { Facts } from "../facts.ts";
import { barText } from "./gantt.ts";

/** Boxes in columns and lines between them, before they have places. */
export interface GraphModel {
  readonly of: "activities" | "phases";
  readonly boxes: readonly GraphBox[];
  readonly lines: readonly GraphLine[];
  /** Lines that others imply are left out; how many. */
  readonly implied: number;
}

export interface GraphBox {
  readonly label: string;
  readonly second: string;
  readonly title: string;
  readonly column: number;
  readonly style: string;
}

export interface GraphLine {
  readonly from: number;
  readonly to: number;
  readonly soft: boolean;
  readonly critical: boolean;
}

/** More activities are drawn by phase. */
const MOST_ACTIVITIES = 600;

export const graphModel = (facts: Facts): GraphModel =>
  facts.placed.length + facts.strategy.project.syncPoints.length > MOST_ACTIVITIES
    ? phaseModel(facts)
    : activityModel(facts);

interface Edge {
  readonly from: number;
  readonly to: number;
  readonly soft: boolean;
}

function activityModel(facts: Facts): GraphModel {
  const { placed, strategy, chain } = facts;
  const { syncs } = strategy.coordination;
  const edges = activityEdges(facts);
  const boxes = [
    ...placed.map((each) => {
      const { activity, booking, room } = each;
      return {
        label: facts.name.activity(activity.id),
        second: `${facts.duration(booking.to - booking.from)}${booking.team === undefined ? "" : `, ${facts.name.team(booking.team)}`}`,
        title: barText(each, facts),
        style: `${room.critical ? "critical" : ""}${activity.progress.state === "done" ? " done" : ""}`,
      };
    }),
    ...syncs.map(({ id, name, start, minutes }) => ({
      label: name,
      second: `sync point, ${facts.duration(minutes)}`,
      title: `Sync point ${name}; ${facts.time(start.instant)}`,
      style: `sync${chain.sync.has(id) ? " critical" : ""}`,
    })),
  ];
  const onChain = (node: number) => {
    const activity = placed[node]?.activity.id;
    return activity === undefined
      ? chain.sync.has(syncs[node - placed.length]?.id ?? "")
      : chain.activity.has(activity);
  };
  return { of: "activities", ...arranged(boxes, edges, onChain) };
}

const edge = (from: number | undefined, to: number | undefined, soft: boolean): readonly Edge[] =>
  from === undefined || to === undefined || from === to ? [] : [{ from, to, soft }];

function activityEdges({ strategy, placed }: Facts): readonly Edge[] {
  const { project, schedule } = strategy;
  const indexOf = new Map(placed.map(({ activity }, index) => [activity.id, index]));
  const gone = new Set(
    schedule.passedOver.map(({ from, to, kind }) => JSON.stringify([from, to, kind])),
  );
  const syncOf = new Map(
    strategy.coordination.syncs.map(({ id }, index) => [id, placed.length + index]),
  );
  return [
    ...project.links
      .filter(({ from, to, kind }) => !gone.has(JSON.stringify([from, to, kind])))
      .flatMap(({ from, to, strength }) =>
        edge(indexOf.get(from), indexOf.get(to), strength === "soft"),
      ),
    ...project.syncPoints.flatMap(({ id, after, before }) => [
      ...after.flatMap((each) => edge(indexOf.get(each), syncOf.get(id), false)),
      ...before.flatMap((each) => edge(syncOf.get(id), indexOf.get(each), false)),
    ]),
  ];
}

/** Phases of a large plan: units of waves. */
function phaseModel(facts: Facts): GraphModel {
  const units = facts.strategy.waves.flatMap((wave) => wave.units).slice(0, MOST_ACTIVITIES);
  const indexOf = new Map(units.map(({ id }, index) => [id, index]));
  const edges = units.flatMap(({ dependencies }, to) =>
    dependencies.flatMap((id) => {
      const from = indexOf.get(id);
      return from === undefined || from === to ? [] : [{ from, to, soft: false }];
    }),
  );
  const boxes = units.map((unit) => ({
    label: facts.name.unit(unit.id),
    second: `${unit.activities.length} activities, ${facts.duration(unit.minutes)}`,
    title: `${facts.name.unit(unit.id)}; ${facts.time(unit.start.instant)} to ${facts.time(unit.end.instant)}; ${unit.activities.length} activities`,
    style: unit.activities.some((id) => facts.chain.activity.has(id)) ? "critical" : "",
  }));
  return {
    of: "phases",
    ...arranged(boxes, edges, (node) => boxes[node]?.style === "critical"),
  };
}

/** Columns by the longest way, in a graph without what longer ways imply. Lines within a circle (of SS and FF) are left out. */
function arranged(
  boxes: readonly Omit<GraphBox, "column">[],
  edges: readonly Edge[],
  onChain: (node: number) => boolean,
): Omit<GraphModel, "of"> {
  const all = graphOf(boxes.length, edges);
  const { of } = stronglyConnected(all);
  const straight = edges.filter(({ from, to }) => at(of, from) !== at(of, to));
  const forward = graphOf(boxes.length, straight);
  const backward = reversed(forward);
  const order = topologicalOrder(backward);
  const { graph } = transitiveReduction(forward, backward, order);
  const levels = longestPaths(backward, order, new Uint8Array(boxes.length).fill(1));
  const soft = new Set(
    straight.flatMap((each) => (each.soft ? [each.from * boxes.length + each.to] : [])),
  );
  const lines: GraphLine[] = [];
  for (let from = 0; from < boxes.length; from++)
    for (const to of targetsOf(graph, from))
      lines.push({
        from,
        to,
        soft: soft.has(from * boxes.length + to),
        critical: onChain(from) && onChain(to),
      });
  return {
    boxes: boxes.map((box, index) => ({ ...box, column: at(levels, index) - 1 })),
    lines,
    implied: forward.targets.length - lines.length,
  };
}

const graphOf = (size: number, edges: readonly Edge[]): Digraph =>
  digraph(
    size,
    edges.map(({ from }) => from),
    edges.map(({ to }) => to),
  );
