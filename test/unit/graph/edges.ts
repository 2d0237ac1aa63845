import fc from "fast-check";
import { digraph, type Digraph } from "../../../src/core/graph/digraph.ts";

export type Edge = readonly [number, number];

export const graphOf = (size: number, edges: readonly Edge[]): Digraph =>
  digraph(
    size,
    edges.map(([from]) => from),
    edges.map(([, to]) => to),
  );

/** Which node reaches which by at least one edge: the plain closure that the algorithms are held against. */
export function closure(size: number, edges: readonly Edge[]): readonly ReadonlySet<number>[] {
  const reach = Array.from({ length: size }, () => new Set<number>());
  for (let changed = true; changed;) {
    changed = false;
    for (const [from, to] of edges)
      for (const next of [to, ...(reach[to] ?? [])])
        if (!reach[from]?.has(next)) {
          reach[from]?.add(next);
          changed = true;
        }
  }
  return reach;
}

/** Any graph of up to nine nodes, self loops and repeated edges included. */
export const anyEdges = fc.array(fc.tuple(fc.nat(8), fc.nat(8)), { maxLength: 24 });

/** Up to nine nodes without a cycle, numbered in no helpful order. */
export const acyclicEdges = fc
  .tuple(anyEdges, fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6, 7, 8], { minLength: 9 }))
  .map(([edges, names]) =>
    edges
      .filter(([from, to]) => from < to)
      .map(([from, to]): Edge => [names[from] ?? 0, names[to] ?? 0]),
  );
