import { expect, test } from "vitest";
import { edgesInto } from "../../../src/plan/graph/model.ts";
import { wavesOf } from "../../../src/plan/graph/waves.ts";
import { readPlan } from "../../../src/plan/read-plan.ts";
import type { Plan } from "../../../src/plan/model.ts";
import { buildGraph } from "../../../src/plan/graph/build-graph.ts";
import type { GraphOptions } from "../../../src/plan/graph/draft.ts";
import { explicit, phase, place, planOf, sequence, task, verification } from "./plans.ts";

/** Every edge as `from → to origin`, those that are cut with an `!`. */
function told(plan: Partial<Plan>, options: Partial<GraphOptions> = {}): readonly string[] {
  const graph = buildGraph(planOf(plan), { barriers: "phases", inferred: true, ...options });
  return graph.edges.map(({ from, to, cause, cut }) => {
    const [dependency, dependent] = [graph.nodes[from]?.key, graph.nodes[to]?.key];
    return `${dependency} → ${dependent} ${cause.origin}${cut ? "!" : ""}`;
  });
}

const subTasks = (parent: string, count: number) =>
  Array.from({ length: count }, (_, at) => task(`${parent}.${at + 1}`, { parent }));

const marked = (key: string, parallel: boolean | undefined) => task(key, { parallel });

test("work leads to the verification, it to the end of the phase, and that to the next phase", () => {
  expect(
    told({
      phases: [phase("1", []), phase("2", ["1"])],
      tasks: [task("1.1"), task("1.2"), task("2.1"), task("2.2")],
      verifications: [
        verification("VERIFY 1", { phase: "1" }),
        verification("VERIFY 2", { phase: "2", blocking: false }),
      ],
    }),
  ).toEqual([
    "1.1 → VERIFY 1 verification",
    "1.2 → VERIFY 1 verification",
    "VERIFY 1 → end of 1 verification",
    "end of 1 → 2.1 barrier",
    "end of 1 → 2.2 barrier",
    "2.1 → VERIFY 2 verification",
    "2.2 → VERIFY 2 verification",
    "2.1 → end of 2 barrier",
    "2.2 → end of 2 barrier",
  ]);
});

test("barriers stay linear where a phase has many verifications or waits for many phases", () => {
  const phases = Array.from({ length: 60 }, (_, at) => `${at}`);
  const plan = planOf({
    phases: [...phases.map((key) => phase(key, [])), phase("last", phases)],
    tasks: Array.from({ length: 300 }, (_, at) => task(`last.${at}`)),
    verifications: Array.from({ length: 50 }, (_, at) =>
      verification(`VERIFY last#${at}`, { phase: "last" }),
    ),
  });
  const graph = buildGraph(plan, { barriers: "phases", inferred: true });
  expect(graph.edges).toHaveLength(60 + 300 + 300 + 50 + 50);
  expect(graph.nodes.filter(({ kind }) => kind !== "task").map(({ key }) => key)).toContain(
    "work of last",
  );
});

test("pipeline-start takes the place of the barrier, and the end of the phase still waits for the one before", () => {
  const edges = told({
    phases: [phase("1", []), phase("2", ["1"], { startsWhen: [{ task: "1.1", place: place(9) }] })],
    tasks: [task("1.1"), task("1.2"), task("2.1")],
  });
  expect(edges).toContain("1.1 → 2.1 explicit");
  expect(edges).toContain("end of 1 → end of 2 barrier");
  expect(edges).not.toContain("end of 1 → 2.1 barrier");
});

test("an empty phase hands on what it waits for; declared barriers are kept when the order of phases is not", () => {
  const declared = phase("3", [], {
    after: [{ phase: "2", origin: "explicit", strength: "hard", place: place(3) }],
  });
  const plan = {
    phases: [phase("1", []), phase("2", ["1"]), declared],
    tasks: [task("1.1"), task("3.1")],
  };
  expect(told(plan)).toEqual([
    "1.1 → end of 1 barrier",
    "end of 1 → end of 2 barrier",
    "end of 2 → 3.1 explicit",
    "3.1 → end of 3 barrier",
  ]);
  expect(told(plan, { barriers: "declared" })).not.toContain("end of 1 → end of 2 barrier");
  expect(told(plan, { barriers: "declared" })).toContain("end of 2 → 3.1 explicit");
});

test("what waits for a task waits for its verification, within a batch only for the task", () => {
  expect(
    told({
      tasks: ["a", "b", "c"].map((key) => task(key, { phase: undefined })),
      verifications: [verification("Gate 1", { tasks: ["a", "b"] })],
      dependencies: [explicit("a", "b"), explicit("b", "c")],
    }),
  ).toEqual([
    "a → b explicit",
    "a → Gate 1 verification",
    "b → Gate 1 verification",
    "b → c explicit",
    "Gate 1 → c verification",
  ]);
});

test("a task waits for its sub-tasks, and they with it", () => {
  expect(
    told({
      tasks: [task("1.1"), task("1.2"), ...subTasks("1.2", 2)].map((each) => ({
        ...each,
        phase: undefined,
      })),
      dependencies: [explicit("1.1", "1.2")],
    }),
  ).toEqual([
    "1.2.1 → 1.2 part",
    "1.2.2 → 1.2 part",
    "start of 1.2 → 1.2.1 part",
    "start of 1.2 → 1.2.2 part",
    "1.1 → start of 1.2 explicit",
  ]);
});

test("tasks that are not marked parallel run in the order of the document, neighbours that are run together", () => {
  expect(
    told({
      tasks: [
        marked("1.1", false),
        marked("1.2", true),
        marked("1.3", true),
        marked("1.4", false),
        marked("1.5", false),
      ].map((each) => ({ ...each, phase: undefined })),
    }),
  ).toEqual([
    "1.1 → 1.2 order",
    "1.1 → 1.3 order",
    "1.2 → 1.4 order",
    "1.3 → 1.4 order",
    "1.4 → 1.5 order",
  ]);
  expect(told({ tasks: [marked("1.1", undefined), marked("1.2", undefined)] })).toEqual([]);
});

test("an edge that several things say is one edge with the firmest cause, and all are kept", () => {
  const plan = planOf({
    tasks: [task("1.1"), task("1.2")],
    dependencies: [{ ...explicit("1.1", "1.2"), origin: "inferred" }, explicit("1.1", "1.2")],
    sequences: [sequence("1.1", "1.2")],
  });
  const [edge, ...more] = buildGraph(plan, { barriers: "phases", inferred: true }).edges;
  expect(more).toEqual([]);
  expect(edge?.cause.origin).toBe("explicit");
  expect(edge?.others.map(({ origin }) => origin)).toEqual(["inferred", "sequential"]);
  const [without] = buildGraph(plan, { barriers: "phases", inferred: false }).edges;
  expect(without?.others.map(({ origin }) => origin)).toEqual(["sequential"]);
});

test("a circle is told with every edge's place, and the softest edge is left out", () => {
  const plan = planOf({
    phases: [phase("1", []), phase("2", ["1"])],
    tasks: [task("1.1"), task("1.2"), task("2.1"), task("2.2")],
    dependencies: [explicit("2.1", "1.1"), explicit("1.2", "1.2")],
  });
  const graph = buildGraph(plan, { barriers: "phases", inferred: true });
  const cut = graph.edges.filter((edge) => edge.cut);
  expect(cut.map(({ from, to }) => [graph.nodes[from]?.key, graph.nodes[to]?.key])).toEqual([
    ["1.2", "1.2"],
    ["end of 1", "2.1"],
  ]);
  const [self, circle] = graph.problems;
  expect(self?.code).toBe("PLAN_SELF_DEPENDENCY");
  expect([circle?.code, circle?.severity]).toEqual(["PLAN_ORDER_CONTRADICTED", "warning"]);
  expect(circle?.place).toEqual(plan.dependencies[0]?.place);
  expect(circle?.related?.map(({ message }) => message)).toEqual([
    "1.1 waits for 2.1 (explicit)",
    "end of 1 waits for 1.1 (barrier)",
    "2.1 waits for end of 1 (barrier)",
  ]);
  expect(circle?.message).toContain(`plan.md:${plan.dependencies[0]?.place.line}:1`);
  expect(circle?.message).toContain("Left out to go on: 2.1 → end of 1 (barrier).");
});

test("a circle of what the text says is an error, and the edge that leads back is left out", () => {
  const plan = planOf({
    tasks: [task("1.1"), task("1.2"), task("1.3")],
    dependencies: [explicit("1.1", "1.2"), explicit("1.2", "1.3"), explicit("1.3", "1.1")],
  });
  const [circle] = buildGraph(plan, { barriers: "phases", inferred: true }).problems;
  expect([circle?.code, circle?.severity]).toEqual(["PLAN_CYCLE", "error"]);
  expect(circle?.message).toContain("Left out to go on: 1.1 → 1.3 (explicit).");
});

test("an edge to what is not there is told and left out; hostile keys are ordinary", () => {
  const plan = planOf({
    tasks: [task("__proto__"), task("constructor"), task("../x")],
    dependencies: [explicit("toString", "../x"), explicit("__proto__", "constructor")],
  });
  const graph = buildGraph(plan, { barriers: "phases", inferred: true });
  expect(graph.problems.map(({ code, message }) => [code, message])).toEqual([
    ["PLAN_EDGE_UNKNOWN", "toString is waited for or waits, and is not in the plan."],
  ]);
  expect(graph.edges).toHaveLength(1);
});

test("checks of sections wait for their section, not for each other", () => {
  const text = [1, 2, 3].map(
    (n) =>
      `### 1.${n} Part\n\n- [ ] 1.${n}.1 Do\n- [ ] 1.${n}.2 Do\n\n**VERIFY 1.${n}:**\n- [ ] 1.${n}.3 Holds\n- [ ] 1.${n}.4 Stays\n`,
  );
  const plan = readPlan([
    { file: "docs/plans/a.md", text: `# A\n\n## Phase 1: Parts\n\n${text.join("\n")}` },
  ]);
  const sections = buildGraph(plan, { barriers: "phases", inferred: true });
  const into = edgesInto(sections, sections.indexOf.get("1.2.4") ?? -1);
  expect(into.map(({ from }) => sections.nodes[from]?.key)).toEqual(["1.2.1", "1.2.2"]);
  expect(wavesOf(sections).tasks.map((wave) => wave.length)).toEqual([6, 6]);
});
