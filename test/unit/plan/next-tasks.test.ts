import fc from "fast-check";
import { expect, test } from "vitest";
import { buildGraph } from "../../../src/plan/graph/build-graph.ts";
import type { PlanGraph } from "../../../src/plan/graph/model.ts";
import type { Plan } from "../../../src/plan/model.ts";
import { nextTasks, type NextOptions } from "../../../src/plan/progress/next-tasks.ts";
import type { Progress, TaskProgress } from "../../../src/plan/progress/progress.ts";
import type { NextRule } from "../../../src/plan/progress/standing.ts";
import { anyPlan } from "./any-plan.ts";
import { explicit, phase, planOf, sequence, task, verification } from "./plans.ts";

const built = (plan: Plan) => buildGraph(plan, { barriers: "phases", inferred: true });
const OPTIONS: NextOptions = { count: 100, rule: "barriers", verifications: "awaited" };

/** A clash of every pair whose last digits are the same. */
const clash = (a: string, b: string) => (a.at(-1) === b.at(-1) ? "src/a.ts" : undefined);

const progressWith = (
  graph: PlanGraph,
  states: Readonly<Record<string, TaskProgress["state"]>>,
  retries = 0,
): Progress =>
  new Map(
    Object.entries(states).map(([key, state]) => [
      graph.indexOf.get(key) ?? -1,
      { state, retries },
    ]),
  );

const keys = (graph: PlanGraph, nodes: readonly number[]) =>
  nodes.map((node) => graph.nodes[node]?.key);

const asked = (
  graph: PlanGraph,
  states: Readonly<Record<string, TaskProgress["state"]>>,
  options: Partial<NextOptions> = {},
) => {
  const next = nextTasks(graph, progressWith(graph, states), { ...OPTIONS, ...options });
  return keys(
    graph,
    next.tasks.map(({ node }) => node),
  );
};

test("what is next is ready and pairwise free of conflicts, whatever is done", () => {
  fc.assert(
    fc.property(anyPlan("any"), fc.infiniteStream(fc.nat(3)), fc.nat(6), (plan, dice, count) => {
      const graph = built(plan);
      const states = ["open", "done", "in-progress", "failed"] as const;
      const progress: Progress = new Map(
        graph.nodes.flatMap(({ kind }, node) => {
          const state = states[dice.next().value ?? 0] ?? "open";
          return kind === "task" ? [[node, { state, retries: 0 }] as const] : [];
        }),
      );
      const next = nextTasks(graph, progress, { ...OPTIONS, count, clash });
      expect(
        nextTasks(graph, new Map([...progress].toReversed()), { ...OPTIONS, count, clash }),
      ).toEqual(next);
      expect(next.tasks.length).toBeLessThanOrEqual(count);
      const active = [...next.tasks.map(({ node }) => node), ...next.running];
      for (const { node } of next.tasks) {
        expect(["open", "failed"]).toContain(progress.get(node)?.state ?? "open");
        for (const { from, to, cut } of graph.edges)
          if (to === node && !cut && graph.nodes[from]?.kind === "task")
            expect(progress.get(from)?.state).toBe("done");
        for (const other of active)
          if (other !== node) expect(clash(...pair(graph, node, other))).toBe(undefined);
      }
    }),
  );
});

const pair = (graph: PlanGraph, a: number, b: number): [string, string] => [
  graph.nodes[a]?.key ?? "",
  graph.nodes[b]?.key ?? "",
];

const rules: readonly NextRule[] = ["barriers", "eighty-percent", "dag"];

test.each(rules)("every plan is finished by doing what is next, by the rule %s", (rule) => {
  fc.assert(
    fc.property(anyPlan("any"), fc.integer({ min: 1, max: 4 }), (plan, count) => {
      const graph = built(plan);
      const progress = new Map<number, TaskProgress>();
      for (let round = 0; round <= graph.nodes.length; round++) {
        const next = nextTasks(graph, progress, { ...OPTIONS, rule, count, clash });
        for (const node of [...next.tasks.map((each) => each.node), ...next.verifications])
          progress.set(node, { state: "done", retries: 0 });
      }
      const left = graph.nodes.filter(
        ({ kind }, node) => kind === "task" && progress.get(node)?.state !== "done",
      );
      expect(left).toEqual([]);
    }),
  );
});

test("a task that failed for good holds up what waits for it and nothing else", () => {
  fc.assert(
    fc.property(anyPlan("along"), fc.nat(15), (plan, broken) => {
      const graph = built(plan);
      const tasks = graph.nodes.flatMap(({ kind }, node) => (kind === "task" ? [node] : []));
      const failed = tasks[broken % tasks.length] ?? 0;
      const progress = new Map<number, TaskProgress>([[failed, { state: "failed", retries: 2 }]]);
      for (let round = 0; round <= graph.nodes.length; round++) {
        const next = nextTasks(graph, progress, OPTIONS);
        for (const node of [...next.tasks.map((each) => each.node), ...next.verifications])
          progress.set(node, { state: "done", retries: 0 });
      }
      const behind = new Set([failed]);
      for (const node of graph.order)
        for (const { from, to, cut } of graph.edges)
          if (to === node && !cut && behind.has(from)) behind.add(to);
      for (const node of tasks)
        expect(progress.get(node)?.state === "done").toBe(!behind.has(node));
    }),
  );
});

const plan = planOf({
  phases: [phase("1", []), phase("2", ["1"])],
  tasks: [
    task("1.1"),
    task("1.2"),
    task("1.3"),
    task("1.4"),
    task("1.5"),
    task("2.1"),
    task("2.2"),
  ],
  verifications: [verification("VERIFY 1", { phase: "1" })],
  dependencies: [explicit("1.3", "1.4")],
  sequences: [sequence("2.1", "2.2")],
});
const graph = built(plan);

test("what most hangs on comes first, then the order of the document", () => {
  expect(asked(graph, {})).toEqual(["1.3", "1.1", "1.2", "1.5"]);
  expect(asked(graph, {}, { count: 2 })).toEqual(["1.3", "1.1"]);
});

test("a task that failed is offered last, and not again when it failed twice more", () => {
  expect(asked(graph, { "1.3": "failed" })).toEqual(["1.1", "1.2", "1.5", "1.3"]);
  const next = nextTasks(graph, progressWith(graph, { "1.3": "failed" }, 2), OPTIONS);
  expect(keys(graph, next.exhausted)).toEqual(["1.3"]);
});

test("tasks in progress are not offered again", () => {
  const states = { "1.3": "in-progress" } as const;
  expect(asked(graph, states)).toEqual(["1.1", "1.2", "1.5"]);
});

const FIRST = { "1.1": "done", "1.2": "done", "1.3": "done", "1.4": "skipped" } as const;
const ALL = { ...FIRST, "1.5": "done" } as const;

test("the next phase waits for the verification, unless it is assumed or work behind it began", () => {
  const next = nextTasks(graph, progressWith(graph, ALL), OPTIONS);
  expect([next.tasks, keys(graph, next.verifications)]).toEqual([[], ["VERIFY 1"]]);
  expect(asked(graph, { ...ALL, "VERIFY 1": "done" })).toEqual(["2.1"]);
  expect(asked(graph, ALL, { verifications: "assumed" })).toEqual(["2.1"]);
  expect(asked(graph, { ...ALL, "2.1": "done" })).toEqual(["2.2"]);
  expect(asked(graph, { ...ALL, "VERIFY 1": "failed", "2.1": "done" })).toEqual([]);
});

test("a verification without boxes holds nothing back: nobody could tick it", () => {
  const bare = {
    ...plan,
    verifications: plan.verifications.map((one) => ({ ...one, criteria: [] })),
  };
  const unticked = buildGraph(bare, { barriers: "phases", inferred: true });
  expect(asked(unticked, ALL)).toEqual(["2.1"]);
});

test("a list that the whole plan was held against opens no phase", () => {
  const verifications = [...plan.verifications, verification("VERIFY")];
  const checked = built({ ...plan, verifications });
  expect(asked(checked, { ...ALL, VERIFY: "done" })).toEqual([]);
});

test("the rules differ in what opens a phase", () => {
  expect(asked(graph, FIRST, { rule: "barriers" })).toEqual(["1.5"]);
  expect(asked(graph, FIRST, { rule: "eighty-percent" })).toEqual(["1.5", "2.1"]);
  expect(asked(graph, { "1.1": "done" }, { rule: "eighty-percent" })).not.toContain("2.1");
  expect(asked(graph, {}, { rule: "dag" })).toEqual(["1.3", "1.1", "1.2", "1.5", "2.1"]);
});

test("a clash with what runs or was chosen passes a task over, and says over what", () => {
  const next = nextTasks(graph, progressWith(graph, { "1.1": "in-progress" }), {
    ...OPTIONS,
    clash: (a, b) => (a === "1.2" && b === "1.1" ? "src/a.ts" : undefined),
  });
  expect(
    keys(
      graph,
      next.tasks.map(({ node }) => node),
    ),
  ).toEqual(["1.3", "1.5"]);
  expect(next.passedOver).toMatchObject([
    { node: 1, because: "conflict", beside: 0, over: "src/a.ts" },
  ]);
});

test("sub-tasks are in the group of their parent: those of one member run together, not those of two", () => {
  const grouped = planOf({
    phases: [phase("1", [])],
    tasks: [
      task("1.1"),
      task("1.1.1", { parent: "1.1" }),
      task("1.1.2", { parent: "1.1" }),
      task("1.1.2.1", { parent: "1.1.2" }),
      task("1.2"),
      task("1.2.1", { parent: "1.2" }),
    ],
    sequences: [sequence("1.1", "1.2")],
  });
  const whole = built(grouped);
  expect(asked(whole, {})).toEqual(["1.1.1", "1.1.2.1"]);
  // begun out of order: nothing of another member begins beside it
  expect(asked(whole, { "1.2.1": "in-progress" })).toEqual([]);
  const next = nextTasks(whole, progressWith(whole, { "1.2.1": "in-progress" }), OPTIONS);
  expect(next.passedOver).toMatchObject([
    { because: "sequence", over: "1.1, 1.2" },
    { because: "sequence", over: "1.1, 1.2" },
  ]);
  expect(asked(whole, { "1.1.1": "in-progress" })).toEqual(["1.1.2.1"]);
});
