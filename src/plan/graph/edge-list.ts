import { at, orderOfPairs } from "../../core/graph/digraph.ts";
import { firmness } from "./firmness.ts";
import type { EdgeCause, GraphEdge } from "./model.ts";

/** Edges as they are found, several for a pair. */
export interface EdgeList {
  readonly from: number[];
  readonly to: number[];
  readonly causes: EdgeCause[];
}

export const edgeList = (): EdgeList => ({ from: [], to: [], causes: [] });

export function addEdge(list: EdgeList, from: number, to: number, cause: EdgeCause): void {
  list.from.push(from);
  list.to.push(to);
  list.causes.push(cause);
}

const NO_OTHERS: readonly EdgeCause[] = [];

/** One edge for each pair, by `to`, then `from`; the firmest cause first, the others kept in the order they were found. */
export function mergedEdges(size: number, { from, to, causes }: EdgeList): readonly GraphEdge[] {
  const order = orderOfPairs(size, to, from);
  const merged: GraphEdge[] = [];
  for (let start = 0; start < order.length;) {
    const first = at(order, start);
    const pair = [causes[first]].filter((cause) => cause !== undefined);
    let end = start + 1;
    for (; end < order.length; end++) {
      const next = at(order, end);
      if (at(from, next) !== at(from, first) || at(to, next) !== at(to, first)) break;
      pair.push(...[causes[next]].filter((cause) => cause !== undefined));
    }
    merged.push(edgeOf(at(from, first), at(to, first), pair));
    start = end;
  }
  return merged;
}

function edgeOf(from: number, to: number, causes: readonly EdgeCause[]): GraphEdge {
  const [first] = causes;
  if (!first) throw new Error("An edge has a cause.");
  if (causes.length === 1) return { from, to, cause: first, others: NO_OTHERS, cut: false };
  const cause = causes.reduce((best, next) => (firmness(next) > firmness(best) ? next : best));
  return { from, to, cause, others: causes.filter((each) => each !== cause), cut: false };
}
