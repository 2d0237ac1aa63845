import { expect, test } from "vitest";
import { buildGraph } from "../../../src/plan/graph/build-graph.ts";
import { criticalPath } from "../../../src/plan/graph/critical-path.ts";
import { fansOf } from "../../../src/plan/graph/fans.ts";
import { joinGraphs } from "../../../src/plan/graph/join-graphs.ts";
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

test("plans are joined under their names; what one needs of another is soft, and told when it is not there", () => {
  const upstream = [
    { name: "core.md", reason: "types", place: place(1) },
    { name: "ghost", reason: "", place: place(2) },
  ];
  const core = built({ file: "docs/plans/core.md", tasks: [task("1.1"), task("1.2")] });
  const web = built({
    tasks: [task("1.1"), task("1.2")],
    dependencies: [explicit("1.1", "1.2")],
    upstream,
  });
  const named = [
    { name: "core", graph: core },
    { name: "web", graph: web },
  ];
  const joint = joinGraphs(named, { upstream: true });
  const told = joint.edges.map(({ from, to, cause }) => [
    ...keys(joint, [from, to]),
    cause.strength,
  ]);
  expect(told).toEqual([
    ["all of core for web", "web:1.1", "soft"],
    ["web:1.1", "web:1.2", "hard"],
    ["core:1.1", "all of core for web", "soft"],
    ["core:1.2", "all of core for web", "soft"],
  ]);
  expect(joint.problems.map(({ code }) => code)).toEqual(["PLAN_UPSTREAM_UNKNOWN"]);
  expect(joint.nodes.map(({ plan }) => plan)).toEqual([0, 0, 1, 1, 0]);
  expect(joinGraphs(named, { upstream: false }).edges).toHaveLength(1);
});

const need = (name: string) => [{ name, reason: "", place: place(1) }];

test("plans that need each other are a circle of the whole", () => {
  const cyclic = built({
    tasks: [task("1.1")],
    upstream: need("b"),
    dependencies: [explicit("1.1", "1.1")],
  });
  const other = built({ tasks: [task("1.1")], upstream: need("a") });
  const joint = joinGraphs(
    [
      { name: "a", graph: cyclic },
      { name: "b", graph: other },
    ],
    { upstream: true },
  );
  expect(joint.problems.map(({ code }) => code).toSorted()).toEqual([
    "PLAN_CYCLE",
    "PLAN_SELF_DEPENDENCY",
  ]);
});
