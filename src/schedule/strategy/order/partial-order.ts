import { digraph } from "../../../core/graph/digraph.ts";
import { ranksOf, topologicalOrder } from "../../../core/graph/topological-order.ts";
import { Heap } from "../../../core/heap.ts";
import type { Project } from "../../project/project.ts";
import type { Schedule } from "../../project/schedule.ts";
import type { Timeline } from "../timeline.ts";
import { chainedUses } from "./chained-uses.ts";
import { linkArcs } from "./link-arcs.ts";
import type { Arc, OrderNode, PartialOrder } from "./model.ts";
import { occupations } from "./occupations.ts";
import { orderNodes } from "./order-nodes.ts";

/** The order that a schedule of this project keeps. */
export function partialOrder(
  project: Project,
  schedule: Schedule,
  timeline: Timeline,
): PartialOrder {
  const nodes = orderNodes(project, schedule, timeline);
  const activities = project.activities.length;
  // Ids of the two kinds may be the same: a sync point's is kept apart.
  const indexOf = new Map(nodes.slice(0, activities).map(({ id }, index) => [id, index]));
  const links = linkArcs(project, schedule, indexOf);
  const ranks = ranksByLinks(nodes.length, links);
  const uses = occupations(project, schedule).flatMap((each) =>
    chainedUses(each, nodes, { ranks, links }),
  );
  const arcs = withoutDoubles(nodes.length, [...links, ...uses]);
  return { nodes, activities, indexOf, ...inOrder(nodes, arcs, ranks) };
}

function ranksByLinks(size: number, arcs: readonly Arc[]): Uint32Array {
  const backward = digraph(
    size,
    arcs.map(({ to }) => to),
    arcs.map(({ from }) => from),
  );
  return ranksOf(topologicalOrder(backward));
}

/** Links come first: of arcs that say the same, the first is kept. */
function withoutDoubles(size: number, arcs: readonly Arc[]): readonly Arc[] {
  const seen = new Map<number, Arc[]>();
  return arcs.filter((arc) => {
    const key = arc.from * size + arc.to;
    const others = seen.get(key);
    if (others?.some(({ kind, lag }) => kind === arc.kind && lag >= arc.lag)) return false;
    if (others) others.push(arc);
    else seen.set(key, [arc]);
    return true;
  });
}

/**
 * By time as far as arcs allow. Arcs that go back in time because of leads can close a circle with the order of resources: the one
 * that has to give way is left out.
 */
function inOrder(
  nodes: readonly OrderNode[],
  arcs: readonly Arc[],
  ranks: Uint32Array,
): { readonly order: Uint32Array; readonly arcs: readonly Arc[] } {
  const waiting = new Uint32Array(nodes.length);
  const outgoing = nodes.map((): Arc[] => []);
  for (const arc of arcs) {
    waiting[arc.to] = (waiting[arc.to] ?? 0) + 1;
    outgoing[arc.from]?.push(arc);
  }
  const sooner = (a: number, b: number): boolean => {
    const difference = (nodes[a]?.from ?? 0) - (nodes[b]?.from ?? 0);
    return difference !== 0 ? difference < 0 : (ranks[a] ?? 0) < (ranks[b] ?? 0);
  };
  const ready = new Heap<number>(sooner);
  const rest = new Heap<number>(sooner);
  nodes.forEach((_, node) => {
    rest.push(node);
    if (waiting[node] === 0) ready.push(node);
  });
  const placed = new Uint8Array(nodes.length);
  const kept: Arc[] = [];
  const order: number[] = [];
  while (order.length < nodes.length) {
    const node = ready.pop() ?? rest.pop();
    if (node === undefined) break;
    if (placed[node] === 1) continue;
    placed[node] = 1;
    order.push(node);
    for (const arc of outgoing[node] ?? []) {
      if (placed[arc.to] === 1) continue;
      kept.push(arc);
      waiting[arc.to] = (waiting[arc.to] ?? 1) - 1;
      if (waiting[arc.to] === 0) ready.push(arc.to);
    }
  }
  return { order: Uint32Array.from(order), arcs: kept };
}
