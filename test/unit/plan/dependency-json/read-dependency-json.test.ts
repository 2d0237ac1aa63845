import fc from "fast-check";
import { expect, test } from "vitest";
import { formatPlace } from "../../../../src/core/place.ts";
import { readDependencyJson } from "../../../../src/plan/dependency-json/read-dependency-json.ts";
import type { Plan } from "../../../../src/plan/model.ts";

const read = (value: unknown, file = "g.json"): Plan =>
  readDependencyJson([
    { file, text: typeof value === "string" ? value : JSON.stringify(value, null, 1) },
  ]);

/** Phases with what they wait for, as `2<1`. */
const after = (plan: Plan): readonly string[] =>
  plan.phases.map(({ key, after: all }) => `${key}<${all.map(({ phase }) => phase).join(",")}`);
const edges = (plan: Plan): readonly string[] =>
  plan.dependencies.map(({ dependency, dependent }) => `${dependency}>${dependent}`).toSorted();
const told = (plan: Plan): readonly string[] =>
  plan.diagnostics.map(({ code, place }) => `${code} ${formatPlace(place)}`);

test("an analysis of phases: tasks, files, skills, times; pairs name which is the dependent", () => {
  const plan = read({
    analysis_id: "phase_analysis_1",
    prd_source: "prds/4_orders.md",
    phase_inventory: [
      {
        phase_id: "phase-1",
        phase_number: 1,
        phase_name: "Ledger",
        phase_objective: "Keep the books",
        estimated_effort: "3 weeks",
        tasks: [
          {
            task_id: "task-1-1",
            task_name: "Table of entries",
            task_type: "database",
            duration: "1 week",
            files_affected: ["db/entries.sql"],
            required_skills: ["SQL"],
          },
          { task_id: "task-1-2", task_name: "Balances", dependencies: ["task-1-1"], complexity: 4 },
        ],
      },
      {
        phase_id: "phase-2",
        phase_number: 2,
        phase_name: "Reports",
        tasks: [{ task_id: "task-2-1" }],
      },
    ],
    dependency_analysis: {
      phase_dependencies: [
        {
          dependent_phase: "phase-2",
          dependency_phase: "phase-1",
          dependency_strength: "soft",
          dependency_reason: "needs balances",
        },
      ],
      task_dependencies: [{ dependent_task: "task-2-1", dependency_task: "task-1-2" }],
    },
  });
  expect(plan.title).toBe("prds/4_orders.md");
  expect(after(plan)).toEqual(["1<", "2<1"]);
  expect(plan.phases[1]?.after).toMatchObject([
    { origin: "explicit", strength: "soft", reason: "needs balances" },
  ]);
  expect(plan.phases[0]).toMatchObject({
    title: "Ledger",
    objective: "Keep the books",
    estimate: { minutes: 7_200, source: "text" },
  });
  expect(edges(plan)).toEqual(["task-1-1>task-1-2", "task-1-2>task-2-1"]);
  expect(plan.tasks[0]).toMatchObject({
    key: "task-1-1",
    phase: "1",
    text: "Table of entries",
    labels: ["database"],
    skills: ["SQL"],
    files: [{ path: "db/entries.sql", access: "write" }],
    estimate: { minutes: 2_400, source: "text" },
  });
  expect(plan.tasks[1]?.estimate).toMatchObject({ minutes: 180, source: "complexity" });
  expect(plan.diagnostics).toEqual([]);
});

test("a graph: an edge's source is what its target waits for", () => {
  const plan = read({
    dependency_graph_id: "dep_graph_1",
    phase_dependency_graph: {
      nodes: [
        { node_id: "phase-1", node_name: "A" },
        { node_id: "phase-2", node_name: "B" },
      ],
      edges: [{ source: "phase-1", target: "phase-2", dependency_strength: "hard" }],
    },
    task_dependency_graph: {
      nodes: [
        { task_id: "task-1-1", phase: "phase-1", files_affected: "src/a.ts" },
        { task_id: "task-2-1", phase: "phase-2", dependencies: ["task-1-1"] },
      ],
      edges: [{ source: "task-1-1", target: "task-2-1" }],
    },
  });
  expect(after(plan)).toEqual(["1<", "2<1"]);
  expect(edges(plan)).toEqual(["task-1-1>task-2-1"]);
  expect(plan.tasks.map(({ key, phase }) => [key, phase])).toEqual([
    ["task-1-1", "1"],
    ["task-2-1", "2"],
  ]);
  expect(plan.diagnostics).toEqual([]);
});

test("an execution plan: phases without tasks are what is scheduled, with states and deliverables", () => {
  const plan = read({
    wave_execution_plan: {
      waves: [
        {
          wave_number: 1,
          phases: [
            { phase_id: "phase-1", estimated_duration: "3 weeks", deliverables: ["Ledger"] },
          ],
        },
        { wave_number: 2, phases: [{ phase_id: "phase-2", dependencies: ["phase-1"] }] },
      ],
    },
  });
  expect(after(plan)).toEqual(["1<", "2<1"]);
  expect(plan.tasks).toMatchObject([
    { key: "phase-1", phase: "1", details: [{ text: "Ledger" }], estimate: { minutes: 7_200 } },
    { key: "phase-2", phase: "2" },
  ]);
});

test("a manifest: phases with states", () => {
  const plan = read({
    project: { slug: "ledger", workspace_path: "/w" },
    implementation: {
      phases: [
        { id: "foundation", dependencies: [], status: "complete" },
        { id: "reports", dependencies: ["foundation"], status: "in_progress" },
        { id: "rollout", dependencies: ["reports"], status: "pending" },
      ],
    },
  });
  expect(plan.title).toBe("ledger");
  expect(after(plan)).toEqual(["foundation<", "reports<foundation", "rollout<reports"]);
  expect(plan.tasks.map(({ state }) => state)).toEqual(["done", "in-progress", "open"]);
});

test.each([
  [
    "camelCase",
    { phaseInventory: [{ phaseId: "phase-1" }, { phaseId: "phase-2", dependsOn: ["phase-1"] }] },
  ],
  ["case of keys", { Phases: [{ ID: 1 }, { Id: 2, Dependencies: [1] }] }],
  ["numbers and single values", { phases: [{ id: 1 }, { id: "2", dependencies: 1 }] }],
  [
    "a group by id",
    { phases: { "phase-1": {}, "phase-2": { dependencies: { "phase-1": "data" } } } },
  ],
  [
    "words around an id",
    { phases: [{ id: "1" }, { id: "2", depends_on: "Phase 1 (the tables)" }] },
  ],
  ["names", { phases: [{ name: "Ledger" }, { id: 2, requires: "ledger" }, { id: 1, name: "x" }] }],
  [
    "none",
    {
      phases: [
        { id: 1, dependencies: "None" },
        { id: 2, dependencies: ["phase_1"] },
      ],
    },
  ],
  [
    "wrapped",
    {
      result: {
        plan: { phases: [{ id: 1 }, { id: 2, dependencies: [{ phase_id: 1, type: "hard" }] }] },
      },
    },
  ],
  [
    "from and to",
    { nodes: [{ id: "phase-1" }, { id: "phase-2" }], edges: [{ from: "phase-1", to: "phase-2" }] },
  ],
])("liberal: %s", (name, value) => {
  const plan = read(value);
  const [first, second] = plan.phases;
  expect(second?.after.map(({ phase }) => phase)).toEqual([first?.key]);
  expect(first?.after).toEqual([]);
  expect(name === "names" ? [] : told(plan)).toEqual([]);
});

test("several files are one plan: what one says of a phase adds to what the other says", () => {
  const plan = readDependencyJson([
    {
      file: "a.json",
      text: '{"phases": [{"phase_id": "phase-1", "phase_name": "Ledger"}, {"phase_id": "phase-2"}]}',
    },
    {
      file: "b.json",
      text: '{"edges": [{"source": 1, "target": 2}], "nodes": [{"id": "phase-1", "duration": "2 days"}]}',
    },
  ]);
  expect(after(plan)).toEqual(["1<", "2<1"]);
  expect(plan.phases[0]).toMatchObject({
    title: "Ledger",
    place: { file: "a.json", line: 1, column: 13 },
    estimate: { minutes: 960, place: { file: "b.json" } },
  });
});

test("JSON in a Markdown document, with the places of the document", () => {
  const plan = read(
    '# Plan\n\n```json\n{"broken": …}\n```\n\nThen:\n\n```\n{"phases": [{"id": 1},\n  {"id": 2, "dependencies": [1]}]}\n```\n',
    "plan.md",
  );
  expect(after(plan)).toEqual(["1<", "2<1"]);
  expect(plan.phases[1]?.place).toEqual({ file: "plan.md", line: 11, column: 3 });
  expect(plan.phases[1]?.after[0]?.place).toEqual({ file: "plan.md", line: 11, column: 30 });
});

test("without a word on dependencies waves are barriers, and without waves the order of the phases", () => {
  const waves = read({
    phases: [{ id: 1 }, { id: 2 }, { id: 3 }],
    execution_waves: [["phase-1", "phase-2"], ["phase-3"]],
  });
  expect(after(waves)).toEqual(["1<", "2<", "3<1,2"]);
  expect(waves.phases[2]?.after.map(({ origin }) => origin)).toEqual(["barrier", "barrier"]);
  expect(after(read({ phases: [{ id: 1 }, { id: 2 }] }))).toEqual(["1<", "2<1"]);
  expect(after(read({ phases: [{ id: 1, dependencies: [] }, { id: 2 }] }))).toEqual(["1<", "2<"]);
});

test("a matrix alone gives edges, told as a guess", () => {
  const plan = read({
    phase_dependency_graph: {
      nodes: [{ node_id: "phase-1" }, { node_id: "phase-2" }],
      adjacency_matrix: [
        [0, 1],
        [0, 0],
      ],
    },
  });
  expect(plan.phases[1]?.after).toMatchObject([{ phase: "1", origin: "inferred" }]);
  expect(plan.diagnostics.map(({ code }) => code)).toEqual(["PLAN_EDGES_FROM_MATRIX"]);
});

test("what is wrong is told with its place", () => {
  const text = `{"phases": [
 {"id": 1, "dependencies": [1, "9"], "duration": "soon"},
 {"id": 1},
 {"id": 2, "tasks": [{"id": "a"}, {}, {"id": "a", "phase": 7}],
  "dependencies": [{"phase_id": 1, "strength": "hard"}]},
],
"edges": [{"source": 1, "target": 2, "strength": "soft"}, {"source": 1}, {"source": 1, "target": 2, "strength": "steel"}]}`;
  const plan = read(text);
  expect(told(plan)).toEqual([
    "PLAN_SELF_DEPENDENCY g.json:2:29",
    "PLAN_DEPENDENCY_UNKNOWN g.json:2:32",
    "PLAN_DURATION_UNREADABLE g.json:2:50",
    "PLAN_DUPLICATE_ID g.json:3:2",
    "PLAN_JSON_FIELD g.json:4:35",
    "PLAN_DUPLICATE_ID g.json:4:39",
    "PLAN_JSON_EXTRA g.json:5:57",
    "PLAN_STRENGTH_CONTRADICTS g.json:7:11",
    "PLAN_JSON_FIELD g.json:7:59",
    "PLAN_STRENGTH_UNKNOWN g.json:7:113",
  ]);
  expect(plan.tasks.map(({ key }) => key)).toEqual(["1", "1#2", "a", "a#2"]);
});

test("a text cut at any byte never throws, and says that it is no JSON", () => {
  const whole = JSON.stringify({
    phases: [
      { id: "phase-1", tasks: [{ id: "t\\1", files: ["ä.ts"] }] },
      { id: 2, dependencies: [1] },
    ],
    waves: [["phase-1"], [2]],
  });
  for (let end = 0; end < whole.length; end++)
    expect(read(whole.slice(0, end)).diagnostics).toMatchObject([{ code: "PLAN_JSON_SYNTAX" }]);
  expect(read(whole).diagnostics).toEqual([]);
});

test("any JSON is read without an exception; keys are unique and edges are between what is there", () => {
  const key = fc.constantFrom(
    "phases",
    "phase_inventory",
    "tasks",
    "nodes",
    "edges",
    "dependencies",
    "waves",
    "id",
    "name",
    "source",
    "target",
    "phase",
    "duration",
    "__proto__",
    "constructor",
    "adjacency_matrix",
    "phase_dependency_graph",
    "task_dependency_graph",
    "total_waves",
    "wave_execution_plan",
  );
  const leaf = fc.oneof(
    fc.constantFrom("phase-1", "phase-2", "task-1-1", "__proto__", 1, 2, null, true, "1 week", ""),
    fc.string(),
  );
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { depthSize: "medium" },
      leaf,
      fc.array(tie("tree"), { maxLength: 5 }),
      fc.array(fc.tuple(key, tie("tree")), { maxLength: 6 }).map((all) => Object.fromEntries(all)),
    ),
  }));
  fc.assert(
    fc.property(tree, (value) => {
      const plan = read(value);
      const phases = new Set(plan.phases.map((phase) => phase.key));
      const tasks = new Set(plan.tasks.map((task) => task.key));
      expect(phases.size).toBe(plan.phases.length);
      expect(tasks.size).toBe(plan.tasks.length);
      for (const phase of plan.phases)
        for (const other of phase.after) expect(phases.has(other.phase)).toBe(true);
      for (const { phase } of plan.tasks)
        expect(phase === undefined || phases.has(phase)).toBe(true);
      for (const { dependency, dependent } of plan.dependencies)
        expect(tasks.has(dependency) && tasks.has(dependent)).toBe(true);
    }),
    { numRuns: 3_000 },
  );
});

test("deep nesting and hundred thousand nodes on one line", () => {
  expect(read(`{"phases":${"[".repeat(100_000)}`).diagnostics).toMatchObject([
    { code: "PLAN_JSON_SYNTAX" },
  ]);
  const tasks = Array.from({ length: 100_000 }, (_, at) => ({
    task_id: `task-${at}`,
    phase: "phase-1",
    dependencies: at === 0 ? [] : [`task-${at - 1}`],
  }));
  const plan = read(JSON.stringify({ phases: [{ id: "phase-1" }], tasks, note: "😀" }));
  expect(plan.tasks).toHaveLength(100_000);
  expect(plan.dependencies).toHaveLength(99_999);
}, 120_000);

/** Tasks with their phases, and which diagnostics say that an id is there twice. */
const twice = (...texts: readonly unknown[]) => {
  const plan = readDependencyJson(
    texts.map((value, at) => ({ file: `${at}.json`, text: JSON.stringify(value) })),
  );
  return [
    plan.tasks.map(({ key, phase, text }) => `${key}@${phase ?? "-"} ${text}`),
    plan.diagnostics.filter(({ code }) => code === "PLAN_DUPLICATE_ID").length,
  ];
};
const inventory = (phase: string, ...names: readonly string[]) => ({
  phase_inventory: [
    { phase_id: phase, tasks: names.map((name) => ({ task_id: "t1", task_name: name })) },
  ],
});
const nodes = (...names: readonly string[]) => ({
  task_dependency_graph: {
    nodes: names.map((name) => ({ task_id: "t1", task_name: name, phase: "phase-1" })),
    edges: [],
  },
});

test("two tasks of one id in one list are two, and told; one that another list names again is the same", () => {
  expect(twice(inventory("phase-1", "one", "two"))).toEqual([["t1@1 one", "t1#2@1 two"], 1]);
  expect(twice({ ...inventory("phase-1"), ...nodes("one", "two") })).toEqual([
    ["t1@1 one", "t1#2@1 two"],
    1,
  ]);
  expect(
    twice({
      tasks: [
        { id: "a", title: "x" },
        { id: "a", title: "y" },
      ],
    }),
  ).toEqual([["a@- x", "a#2@- y"], 1]);
  // the lists of one document, and of two
  expect(twice({ ...inventory("phase-1", "one"), ...nodes("again") })).toEqual([["t1@1 one"], 0]);
  expect(twice(inventory("phase-1", "one"), inventory("Phase 1", "again"))).toEqual([
    ["t1@1 one"],
    0,
  ]);
  expect(twice({ ...inventory("phase-1", "one", "two"), ...nodes("again", "and again") })).toEqual([
    ["t1@1 one", "t1#2@1 two"],
    1,
  ]);
});

test("a task that a list without phases named is the one that its phase names later; that of another phase is not", () => {
  const loose = { tasks: [{ id: "t1", title: "loose" }] };
  expect(twice(loose, inventory("phase-1", "one"))).toEqual([["t1@1 loose"], 0]);
  expect(twice(inventory("phase-1", "one"), inventory("phase-2", "two"))).toEqual([
    ["t1@1 one", "t1#2@2 two"],
    1,
  ]);
});
