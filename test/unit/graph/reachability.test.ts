import fc from "fast-check";
import { expect, test } from "vitest";
import { hasEdge, reversed, type Digraph } from "../../../src/core/graph/digraph.ts";
import { longestPaths } from "../../../src/core/graph/longest-paths.ts";
import { reachability } from "../../../src/core/graph/reachability.ts";
import { topologicalOrder } from "../../../src/core/graph/topological-order.ts";
import { transitiveReduction } from "../../../src/core/graph/transitive-reduction.ts";
import { acyclicEdges, closure, graphOf, type Edge } from "./edges.ts";

const SIZE = 9;
/** More nodes than get rows of bits: the same edges are then answered by walks and search. */
const LARGE = 9000;
const NODES = Array.from({ length: SIZE }, (_, node) => node);

function answersOf(graph: Digraph) {
  const backward = reversed(graph);
  return reachability(graph, backward, topologicalOrder(backward));
}

test.each([
  ["rows of bits", SIZE, 100],
  ["walks and search", LARGE, 60],
])("%s answer as the closure does", (_, size, numRuns) => {
  fc.assert(
    fc.property(acyclicEdges, (edges) => {
      const { reaches, ordered } = answersOf(graphOf(size, edges));
      const reach = closure(SIZE, edges);
      for (const a of NODES)
        for (const b of NODES) {
          expect(reaches(a, b)).toBe(reach[a]?.has(b));
          expect(ordered(a, b)).toBe(reach[a]?.has(b) || reach[b]?.has(a));
        }
    }),
    { numRuns },
  );
});

test("pairs of a wide graph with long chains are answered by walks and search as by rows of bits", () => {
  const size = 4000;
  let state = 1;
  const next = (below: number) => (state = (state * 48_271) % 2_147_483_647) % below;
  const edges = Array.from({ length: 6000 }, (): Edge => {
    const from = next(size - 1);
    return [from, Math.min(size - 1, from + 1 + next(200))];
  });
  const small = answersOf(graphOf(size, edges));
  const large = answersOf(graphOf(LARGE, edges));
  const pairs = Array.from({ length: 40_000 }, () => [next(size), next(size)] as const);
  expect(pairs.map(([a, b]) => large.reaches(a, b))).toEqual(
    pairs.map(([a, b]) => small.reaches(a, b)),
  );
});

test("a longest path is as long as the longest of those that end before, and its own weight", () => {
  const graph = graphOf(4, [
    [0, 1],
    [0, 2],
    [1, 3],
    [2, 3],
  ]);
  const backward = reversed(graph);
  expect([...longestPaths(backward, topologicalOrder(backward), [5, 2, 7, 1])]).toEqual([
    5, 7, 12, 13,
  ]);
});

test("the reduction says the same with the fewest edges", () => {
  fc.assert(
    fc.property(acyclicEdges, (edges) => {
      const graph = graphOf(SIZE, edges);
      const backward = reversed(graph);
      const { graph: reduced, exact } = transitiveReduction(
        graph,
        backward,
        topologicalOrder(backward),
      );
      const left = NODES.flatMap((from) =>
        NODES.filter((to) => hasEdge(reduced, from, to)).map((to): Edge => [from, to]),
      );
      expect(exact).toBe(true);
      expect(closure(SIZE, left)).toEqual(closure(SIZE, edges));
      for (const edge of left) {
        const [from, to] = edge;
        const without = left.filter((other) => other !== edge);
        expect(closure(SIZE, without)[from]?.has(to)).toBe(false);
      }
    }),
  );
});
