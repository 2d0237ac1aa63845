import { at, degreeOf, digraph, type Digraph } from "./digraph.ts";
import { longestPaths } from "./longest-paths.ts";
import { reachability } from "./reachability.ts";

export interface Reduction {
  readonly graph: Digraph;
  /** False where the search ended first: some edges may be left that others imply. */
  readonly exact: boolean;
}

/** Looks at pairs in all: enough for any graph of 500 nodes, and for plans of 100,000 tasks as they are. */
const LOOKS = 30_000_000;

/**
 * The graph without edges that a longer path implies. Only edges that skip a level can be such, so wide barriers cost
 * nothing. `order` follows all edges; the graph has no cycles.
 */
export function transitiveReduction(
  forward: Digraph,
  backward: Digraph,
  order: Uint32Array,
): Reduction {
  const { size, starts, targets } = forward;
  const levels = longestPaths(backward, order, new Uint8Array(size).fill(1));
  const { reaches } = reachability(forward, backward, order);
  let looks = 0;
  const implied = (from: number, to: number): boolean => {
    const ahead = degreeOf(forward, from) <= degreeOf(backward, to);
    const [list, node] = ahead ? [forward, from] : [backward, to];
    for (let edge = at(list.starts, node); edge < at(list.starts, node + 1); edge++) {
      const between = at(list.targets, edge);
      looks++;
      if (
        between !== from &&
        between !== to &&
        (ahead ? reaches(between, to) : reaches(from, between))
      )
        return true;
      if (looks > LOOKS) return false;
    }
    return false;
  };
  const kept: [number[], number[]] = [[], []];
  for (let from = 0; from < size; from++)
    for (let edge = at(starts, from); edge < at(starts, from + 1); edge++) {
      const to = at(targets, edge);
      const skips = at(levels, to) - at(levels, from) > 1;
      if (skips && looks <= LOOKS && implied(from, to)) continue;
      kept[0].push(from);
      kept[1].push(to);
    }
  return { graph: digraph(size, kept[0], kept[1]), exact: looks <= LOOKS };
}
