import { expect, test } from "vitest";
import { buildGraph } from "../../../src/plan/graph/build-graph.ts";
import { criticalPath } from "../../../src/plan/graph/critical-path.ts";
import { dependencyCounts } from "../../../src/plan/graph/dependency-counts.ts";
import { fansOf, fansWithPhases, type Fans } from "../../../src/plan/graph/fans.ts";
import { reducedEdges } from "../../../src/plan/graph/reduced-edges.ts";
import { wavesOf } from "../../../src/plan/graph/waves.ts";
import type { PlanGraph } from "../../../src/plan/graph/model.ts";
import type { Plan, Task } from "../../../src/plan/model.ts";
import { explicit, phase, place, planOf, task, verification } from "./plans.ts";

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

test("fan-in and fan-out are counted over tasks by what is declared; with the order of phases through verifications and ends", () => {
  const of = (fans: Fans, key: string) =>
    [fans.in, fans.out].map((each) => each[two.indexOf.get(key) ?? -1]);
  const keyed = (fans: Fans) => ["1.1", "1.3", "2.2", "end of 1"].map((key) => of(fans, key));
  expect(keyed(fansOf(two))).toEqual([
    [0, 1],
    [1, 0],
    [1, 0],
    [0, 0],
  ]);
  expect(keyed(fansWithPhases(two))).toEqual([
    [0, 2],
    [1, 2],
    [3, 0],
    [0, 0],
  ]);
});

test("a phase that is said to wait for another makes hubs; a check is one of what it checks", () => {
  const said = phase("2", [], {
    after: [{ phase: "1", origin: "explicit", strength: "hard", place: place(1) }],
  });
  const graph = built({
    phases: [phase("1", []), said, phase("3", ["2"])],
    tasks: [task("1.1"), task("1.2"), task("2.1"), task("2.2"), task("3.1")],
    verifications: [
      verification("VERIFY 1", { phase: "1" }),
      verification("VERIFY 2", { phase: "2" }),
      verification("VERIFY 2#2", { phase: "2" }),
    ],
    dependencies: [explicit("1.1", "1.2"), explicit("2.1", "2.2"), explicit("2.2", "2.1")],
  });
  const { in: into, out } = fansOf(graph);
  const of = (key: string) => graph.indexOf.get(key) ?? -1;
  expect([out[of("1.1")], into[of("2.1")], into[of("3.1")]]).toEqual([3, 2, 0]);
  // 1.1 before 1.2, phase 1 before 2, one of the two edges of the circle; not the ten edges that these are made of
  expect(dependencyCounts(graph)).toEqual({
    total: 6,
    origins: [
      { origin: "explicit", count: 3 },
      { origin: "verification", count: 3 },
    ],
    phases: [{ origin: "barrier", count: 1 }],
  });
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
