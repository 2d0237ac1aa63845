import { stronglyConnected } from "./components.ts";
import { at, digraph, type Numbers } from "./digraph.ts";
import { ranksOf, topologicalOrder } from "./topological-order.ts";

/** Edges as three columns. A firmer edge (the greater number) is kept before a softer one. */
export interface FirmEdges {
  readonly from: Numbers;
  readonly to: Numbers;
  readonly firmness: Numbers;
}

/** Steps of search allowed for taking edges back in; past it more edges are cut than must be, never fewer. */
const STEPS = 5_000_000;

/**
 * The positions of edges without which the graph has no cycle, ascending. Only edges on cycles are cut, softer ones first;
 * of equally firm ones those against the numbers of the nodes. The cut is minimal (no cut edge could be put back), unless
 * the graph has so many edges on cycles that the bounded search ends first. O(levels of firmness × (nodes + edges)).
 */
export function edgesToCut(size: number, edges: FirmEdges): readonly number[] {
  const { from, to, firmness } = edges;
  const { of } = stronglyConnected(digraph(size, from, to));
  const cyclic: number[] = [];
  for (let edge = 0; edge < from.length; edge++)
    if (at(of, at(from, edge)) === at(of, at(to, edge))) cyclic.push(edge);
  if (cyclic.length === 0) return [];
  const kept: number[] = [];
  const cut: number[] = [];
  for (const level of levelsOf(cyclic, firmness)) {
    const circle = stronglyConnected(graphOf(size, edges, [...kept, ...level], "forward")).of;
    const ranks = ranksOf(topologicalOrder(graphOf(size, edges, kept, "backward")));
    for (const edge of level) {
      const [source, target] = [at(from, edge), at(to, edge)];
      const follows = at(ranks, source) < at(ranks, target);
      (follows || at(circle, source) !== at(circle, target) ? kept : cut).push(edge);
    }
  }
  return putBack(size, edges, kept, cut).toSorted((a, b) => a - b);
}

/** The edges of each firmness, the firmest first. */
function levelsOf(chosen: readonly number[], firmness: Numbers): readonly (readonly number[])[] {
  const levels = new Map<number, number[]>();
  for (const edge of chosen) {
    const level = levels.get(at(firmness, edge));
    if (level) level.push(edge);
    else levels.set(at(firmness, edge), [edge]);
  }
  return [...levels].toSorted(([a], [b]) => b - a).map(([, level]) => level);
}

function graphOf(
  size: number,
  { from, to }: FirmEdges,
  chosen: readonly number[],
  direction: "forward" | "backward",
) {
  const [source, target] = direction === "forward" ? [from, to] : [to, from];
  return digraph(
    size,
    chosen.map((edge) => at(source, edge)),
    chosen.map((edge) => at(target, edge)),
  );
}

/** What stays cut once each edge that closes no cycle is back, firm ones first. */
function putBack(
  size: number,
  edges: FirmEdges,
  kept: readonly number[],
  cut: readonly number[],
): number[] {
  const graph = graphOf(size, edges, kept, "forward");
  const added = new Map<number, number[]>();
  const seen = new Uint32Array(size);
  let [round, steps] = [0, 0];
  const reaches = (from: number, to: number): boolean => {
    round++;
    const open = [from];
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      if (node === to) return true;
      const more = graph.targets.subarray(at(graph.starts, node), at(graph.starts, node + 1));
      for (const list of [more, added.get(node) ?? []])
        for (const next of list)
          if (at(seen, next) !== round) {
            seen[next] = round;
            open.push(next);
          }
      steps += 1 + more.length;
    }
    return false;
  };
  return cut.filter((edge) => {
    const [from, to] = [at(edges.from, edge), at(edges.to, edge)];
    if (steps > STEPS || reaches(to, from)) return true;
    const more = added.get(from);
    if (more) more.push(to);
    else added.set(from, [to]);
    return false;
  });
}
