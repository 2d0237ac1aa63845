import fc from "fast-check";
import { expect, test } from "vitest";
import { edgesToCut } from "../../../src/core/graph/acyclic-part.ts";
import { stronglyConnected } from "../../../src/core/graph/components.ts";
import { hasEdge, reversed, targetsOf } from "../../../src/core/graph/digraph.ts";
import { shortestPath } from "../../../src/core/graph/paths.ts";
import { ranksOf, topologicalOrder } from "../../../src/core/graph/topological-order.ts";
import { acyclicEdges, anyEdges, closure, graphOf, type Edge } from "./edges.ts";

const SIZE = 9;
const NODES = Array.from({ length: SIZE }, (_, node) => node);

test("a graph holds each edge once, both ways round", () => {
  fc.assert(
    fc.property(anyEdges, (edges) => {
      const graph = graphOf(SIZE, edges);
      const back = reversed(graph);
      expect(graph.targets.length).toBe(new Set(edges.map(String)).size);
      for (const from of NODES)
        for (const to of NODES) {
          const there = edges.some((edge) => edge[0] === from && edge[1] === to);
          expect([hasEdge(graph, from, to), hasEdge(back, to, from)]).toEqual([there, there]);
        }
    }),
  );
});

test("two nodes share a component exactly when they reach each other, and numbers fall along edges", () => {
  fc.assert(
    fc.property(anyEdges, (edges) => {
      const { of, count } = stronglyConnected(graphOf(SIZE, edges));
      const reach = closure(SIZE, edges);
      expect(new Set(of).size).toBe(count);
      for (const a of NODES)
        for (const b of NODES)
          expect(of[a] === of[b]).toBe(a === b || (reach[a]?.has(b) && reach[b]?.has(a)));
      for (const [from, to] of edges) expect(of[from]).toBeGreaterThanOrEqual(of[to] ?? NaN);
    }),
  );
});

test("a topological order holds all nodes and follows all edges", () => {
  fc.assert(
    fc.property(acyclicEdges, (edges) => {
      const order = topologicalOrder(reversed(graphOf(SIZE, edges)));
      expect([...order].toSorted((a, b) => a - b)).toEqual(NODES);
      const ranks = ranksOf(order);
      for (const [from, to] of edges) expect(ranks[from]).toBeLessThan(ranks[to] ?? NaN);
    }),
  );
});

test("what is needed is pulled before what needs it, and the rest stays in order", () => {
  const order = topologicalOrder(reversed(graphOf(5, [[3, 1]])));
  expect([...order]).toEqual([0, 3, 1, 2, 4]);
});

const cutOf = (edges: readonly Edge[], firmness: readonly number[]) =>
  edgesToCut(SIZE, { from: edges.map(([from]) => from), to: edges.map(([, to]) => to), firmness });

test("without the cut edges no cycle is left, each cut edge closes one, and only cycles are touched", () => {
  fc.assert(
    fc.property(anyEdges, fc.array(fc.nat(3), { minLength: 24, maxLength: 24 }), (edges, firm) => {
      const cut = cutOf(edges, firm);
      const left = edges.filter((_, at) => !cut.includes(at));
      const reach = closure(SIZE, left);
      for (const node of NODES) expect(reach[node]?.has(node)).toBe(false);
      for (const at of cut) {
        const [from = 0, to = 0] = edges[at] ?? [];
        expect(from === to || reach[to]?.has(from)).toBe(true);
      }
    }),
  );
});

test("the softest edge of a cycle is cut; of equal ones the one that leads back", () => {
  const ring: Edge[] = [
    [0, 1],
    [1, 2],
    [2, 0],
  ];
  expect(cutOf(ring, [5, 5, 5])).toEqual([2]);
  expect(cutOf(ring, [5, 1, 5])).toEqual([1]);
  expect(cutOf([...ring, [4, 4]], [5, 5, 1, 9])).toEqual([2, 3]);
});

test("a dependency on a later phase costs that phase one edge of its barrier, and no other task anything", () => {
  // 0, 1 → end 2 → 3, 4 → end 5 → 6 → 0, which the author says firmly
  const edges: Edge[] = [
    [0, 2],
    [1, 2],
    [2, 3],
    [2, 4],
    [3, 5],
    [4, 5],
    [5, 6],
    [6, 0],
  ];
  expect(cutOf(edges, [1, 1, 1, 1, 1, 1, 1, 9])).toEqual([6]);
});

test("a shortest path is as short as any, and from a node to itself a cycle", () => {
  fc.assert(
    fc.property(anyEdges, fc.nat(8), fc.nat(8), (edges, from, to) => {
      const path = shortestPath(graphOf(SIZE, edges), from, to);
      const reach = closure(SIZE, edges);
      expect(path !== undefined).toBe(reach[from]?.has(to));
      path?.slice(1).forEach((node, step) => {
        expect(hasEdge(graphOf(SIZE, edges), path[step] ?? -1, node)).toBe(true);
      });
      expect(new Set(path?.slice(1)).size).toBe((path?.length ?? 1) - 1);
    }),
  );
});

test("a ring of 10,000 and a chain of 100,000 take no recursion", () => {
  const ring = Array.from({ length: 10_000 }, (_, at): Edge => [at, (at + 1) % 10_000]);
  expect(stronglyConnected(graphOf(10_000, ring)).count).toBe(1);
  expect(shortestPath(graphOf(10_000, ring), 0, 0)).toHaveLength(10_001);
  const chain = Array.from({ length: 99_999 }, (_, at): Edge => [at + 1, at]);
  expect(topologicalOrder(reversed(graphOf(100_000, chain)))[0]).toBe(99_999);
  expect([...targetsOf(graphOf(100_000, chain), 5)]).toEqual([4]);
});
