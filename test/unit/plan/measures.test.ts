import { expect, test } from "vitest";
import { buildGraph } from "../../../src/plan/graph/build-graph.ts";
import { criticalPath } from "../../../src/plan/graph/critical-path.ts";
import { fansOf } from "../../../src/plan/graph/fans.ts";
import { reducedEdges } from "../../../src/plan/graph/reduced-edges.ts";
import { wavesOf } from "../../../src/plan/graph/waves.ts";
import type { PlanGraph } from "../../../src/plan/graph/model.ts";
import type { Plan, Task } from "../../../src/plan/model.ts";
import { explicit, phase, planOf, task, verification } from "./plans.ts";

const built = (plan: Partial<Plan>) =>
  buildGraph(planOf(plan), { barriers: "phases", inferred: true });

const timed = (key: string, minutes: number, more: Partial<Task> = {}) =>
  task(key, { estimate: { minutes, source: "text" }, ...more });

const keys = (graph: PlanGraph, nodes: readonly number[]) =>
  nodes.map((node) => graph.nodes[node]?.key);

const two = built({
  phases: [phase("1", []), phase("2", ["1"])],
  tasks: [timed("1.1", 60), timed("1.2", 20), timed("1.3", 30), timed("2.1", 5), timed("2.2", 45)],
  verifications: [verification("VERIFY 1", { phase: "1" })],
  dependencies: [explicit("1.2", "1.3"), explicit("1.1", "2.2")],
});

test("waves are levels over tasks; junctions and verifications are none", () => {
  expect(wavesOf(two).tasks.map((wave) => keys(two, wave))).toEqual([
    ["1.1", "1.2"],
    ["1.3"],
    ["2.1", "2.2"],
  ]);
});

test("the critical path is the longest chain, slack what others can be late by", () => {
  const { minutes, work, path, slack, tail } = criticalPath(two);
  expect([minutes, work]).toEqual([60 + 10 + 45, 170]);
  expect(keys(two, path)).toEqual(["1.1", "VERIFY 1", "2.2"]);
  const of = (key: string) => [slack, tail].map((each) => each[two.indexOf.get(key) ?? -1]);
  expect(of("1.2")).toEqual([10, 105]);
  expect(of("2.1")).toEqual([40, 5]);
  expect(of("2.2")).toEqual([0, 45]);
});

test("the estimate of a task includes its sub-tasks; a task without one is what they are", () => {
  const graph = built({
    tasks: [
      timed("a", 100),
      timed("a.1", 30, { parent: "a" }),
      task("a.2", { parent: "a" }),
      task("b"),
      timed("b.1", 7, { parent: "b" }),
    ].map((each) => ({ ...each, phase: undefined })),
  });
  expect([...graph.minutes]).toEqual([40, 30, 30, 0, 7]);
});

test("fan-in and fan-out are counted over tasks, through verifications and ends of phases", () => {
  const fans = fansOf(two);
  const of = (key: string) => [fans.in, fans.out].map((each) => each[two.indexOf.get(key) ?? -1]);
  expect(of("1.1")).toEqual([0, 2]);
  expect(of("1.3")).toEqual([1, 2]);
  expect(of("2.2")).toEqual([3, 0]);
  expect(of("end of 1")).toEqual([0, 0]);
});

test("what others imply is not drawn", () => {
  const { edges, exact } = reducedEdges(two);
  const pairs = edges.map(({ from, to }) => keys(two, [from, to]).join(" → "));
  expect(exact).toBe(true);
  expect(pairs).not.toContain("1.1 → 2.2");
  expect(pairs).not.toContain("1.2 → VERIFY 1");
  expect(pairs).toHaveLength(8);
});

test("an empty plan has nothing of everything", () => {
  const graph = built({});
  expect([wavesOf(graph).tasks, criticalPath(graph).path]).toEqual([[], []]);
  expect([criticalPath(graph).minutes, reducedEdges(graph).edges.length]).toEqual([0, 0]);
});
