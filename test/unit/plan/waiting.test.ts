import { expect, test } from "vitest";
import { buildGraph } from "../../../src/plan/graph/build-graph.ts";
import type { GraphEdge } from "../../../src/plan/graph/model.ts";
import { phasesState } from "../../../src/plan/progress/phases-state.ts";
import { progressOf, type RecordedProgress } from "../../../src/plan/progress/progress.ts";
import type { StandingOptions } from "../../../src/plan/progress/standing.ts";
import { whyWaiting } from "../../../src/plan/progress/why-waiting.ts";
import type { BoxState } from "../../../src/plan/model.ts";
import { explicit, phase, place, planOf, task, verification } from "./plans.ts";

const box = (state: BoxState) => ({ mark: "?", state, offset: 0 });

const graph = buildGraph(
  planOf({
    phases: [
      phase("1", []),
      phase("2", ["1"]),
      phase("3", ["2"], { startsWhen: [{ task: "1.1", place: place(1) }] }),
    ],
    tasks: [
      task("1.1", { box: box("done") }),
      task("1.2", { box: box("open") }),
      task("1.3", { box: box("open") }),
      task("2.1", { box: box("open") }),
      task("3.1", { box: box("open") }),
    ],
    verifications: [
      verification("VERIFY 1", {
        phase: "1",
        criteria: [
          { text: "", box: box("done"), place: place(1) },
          { text: "", box: box("open"), place: place(2) },
        ],
      }),
    ],
    dependencies: [explicit("1.2", "1.3")],
  }),
  { barriers: "phases", inferred: true },
);
const OPTIONS: StandingOptions = { rule: "barriers", verifications: "awaited" };
const recorded = (states: Readonly<Record<string, RecordedProgress["state"]>>) =>
  progressOf(
    graph,
    new Map(Object.entries(states).map(([key, state]) => [key, { state, retries: 1 }])),
  );
const node = (key: string) => graph.indexOf.get(key) ?? -1;
const names = (nodes: readonly number[]) => nodes.map((each) => graph.nodes[each]?.key);
const told = (edges: readonly GraphEdge[]) =>
  edges.map(({ from, to, cause }) => `${names([to, from]).join(" ← ")} ${cause.origin}`);

test("words count where a task has no box, and a record more than words", () => {
  const { tasks } = planOf({
    phases: [phase("1", [])],
    tasks: [
      task("1.1", { state: "done" }),
      task("1.2", { state: "in-progress" }),
      task("1.3", { state: "done", box: box("open") }),
      task("1.4", { state: "done" }),
    ],
  });
  const worded = buildGraph(planOf({ phases: [phase("1", [])], tasks }), {
    barriers: "phases",
    inferred: true,
  });
  const progress = progressOf(worded, new Map([["1.4", { state: "failed", retries: 0 }]]));
  const states = tasks.map(({ key }) => progress.get(worded.indexOf.get(key) ?? -1)?.state);
  expect(states).toEqual(["done", "in-progress", undefined, "failed"]);
});

test("boxes and records are one state: a record says more, unless it is pending", () => {
  const progress = recorded({
    "1.1": "pending",
    "1.2": "failed",
    "2.1": "skipped",
    ghost: "completed",
  });
  expect([...progress].map(([at, { state, retries }]) => [names([at])[0], state, retries])).toEqual(
    [
      ["1.1", "done", 1],
      ["1.2", "failed", 1],
      ["2.1", "skipped", 1],
    ],
  );
});

test("why: what holds a task back, back to where to act, and what hangs on it", () => {
  const why = whyWaiting(graph, progressOf(graph), node("2.1"), OPTIONS);
  expect(told(why.holding)).toEqual(["2.1 ← end of 1 barrier"]);
  expect(told(why.chain)).toEqual([
    "2.1 ← end of 1 barrier",
    "end of 1 ← VERIFY 1 verification",
    "VERIFY 1 ← 1.2 verification",
  ]);
  const first = whyWaiting(graph, progressOf(graph), node("1.2"), OPTIONS);
  expect([first.holding, first.chain]).toEqual([[], []]);
  expect([names(first.dependents), first.holdsUp]).toEqual([["1.3", "2.1"], 2]);
});

test("why: edges that are passed hold nothing, and conflicts with what runs", () => {
  const why = whyWaiting(graph, recorded({ "1.2": "in_progress" }), node("3.1"), {
    ...OPTIONS,
    clash: (_, other) => (other === "1.2" ? "a.ts" : undefined),
  });
  expect([why.holding, why.chain]).toEqual([[], []]);
  expect(why.conflicts).toEqual([{ with: node("1.2"), over: "a.ts" }]);
});

const phases = (
  states: Parameters<typeof recorded>[0],
  rule: StandingOptions["rule"] = "barriers",
) =>
  phasesState(graph, recorded(states), { ...OPTIONS, rule }).map(
    ({ phase: { key }, state, by, percent, waitsFor }) => [
      key,
      state,
      by,
      percent,
      waitsFor.join(),
    ],
  );

test("phases are complete, open or waiting, and it is said by which rule", () => {
  expect(phases({})).toEqual([
    ["1", "open", "barriers", 33, ""],
    ["2", "waiting", undefined, 0, "1"],
    ["3", "open", "pipeline-start", 0, "2"],
  ]);
  expect(phases({}, "dag")[1]).toEqual(["2", "open", "dag", 0, "1"]);
  const worked = { "1.2": "completed", "1.3": "completed" } as const;
  expect(phases(worked)).toEqual([
    ["1", "open", "barriers", 100, ""],
    ["2", "waiting", undefined, 0, "1"],
    ["3", "open", "pipeline-start", 0, "2"],
  ]);
  expect(
    phases({ ...worked, "VERIFY 1": "completed", "2.1": "completed" }).map(([, state]) => state),
  ).toEqual(["complete", "complete", "open"]);
  expect(phases({ "2.1": "in_progress" })[1]).toEqual(["2", "open", "begun", 0, "1"]);
});
