import fc from "fast-check";
import { expect, test } from "vitest";
import { readSpecKit } from "../../../../src/plan/spec-kit/read-spec-kit.ts";

const MARKDOWN = `# Tasks: Lending
## Phase 1: Setup
- [x] T001 Make it
## Phase 2: Core
- [ ] T002 [P:2.1] Model
- [ ] T003 [P:2.1] Store
- [ ] T004 Service (depends on T003)
#### Gate 2.1
- **Command**: \`npm test\`
`;
const YAML = `version: "1.0"
feature: lending
phases:
  - id: phase-1
    name: Setup
    batches:
      - id: "1.1"
        parallel: true
        tasks: [{ id: T001, output_file: package.json }]
        gate: { command: npm ci, on_fail: warn }
  - id: phase-2
    name: Core
    depends_on: [phase-1]
    batches:
      - id: "2.1"
        parallel: true
        tasks:
          - { id: T002, description: Model, output_file: src/model.ts, context_scope: [spec.md] }
          - { id: T003 }
        gate: { command: npm run all }
      - id: "2.2"
        depends_on: ["2.1"]
        tasks: [{ id: T004 }, { id: T009, description: Only here }, { name: none }]
dependency_graph:
  edges:
    - { from: T003, to: T002, type: soft }
    - { from: T003, to: T004 }
    - { from: T004, to: T077 }
critical_path: [T001, T002, T004, T003, T002]
`;
const read = (yaml: string, markdown: string | undefined = MARKDOWN) =>
  readSpecKit([
    ...(markdown === "" ? [] : [{ file: "tasks.md", text: markdown }]),
    { file: "tasks.execution.yaml", text: yaml },
  ]);

test("an execution plan adds edges, files, gates and tasks to the tasks.md; what contradicts is told", () => {
  const plan = read(YAML);
  expect(
    plan.dependencies.map(
      ({ dependency, dependent, strength, place }) =>
        `${dependency} < ${dependent} ${strength} ${place.file}`,
    ),
  ).toEqual([
    "T003 < T004 hard tasks.md",
    "T002 < T003 soft tasks.execution.yaml",
    "T004 < T003 hard tasks.execution.yaml",
    "T002 < T004 hard tasks.execution.yaml",
    "T002 < T009 hard tasks.execution.yaml",
    "T003 < T009 hard tasks.execution.yaml",
  ]);
  expect(plan.tasks.map(({ key, phase }) => `${key} ${phase ?? ""}`)).toEqual([
    "T001 1",
    "T002 2",
    "T003 2",
    "T004 2",
    "T009 2",
  ]);
  expect(plan.tasks[1]?.files).toMatchObject([
    { path: "src/model.ts", access: "write", place: { line: 18 } },
    { path: "spec.md", access: "read" },
  ]);
  expect(plan.verifications).toMatchObject([
    { key: "VERIFY 2.1", commands: ["npm test"], tasks: ["T002", "T003"] },
    { key: "VERIFY 1.1", commands: ["npm ci"], blocking: false, tasks: ["T001"] },
  ]);
  const told = plan.diagnostics
    .filter(({ place }) => place.file.endsWith(".yaml"))
    .map(({ code, place }) => `${code} ${place.line}`);
  expect(told).toEqual([
    "PLAN_EXECUTION_FIELD 23",
    "PLAN_EXECUTION_CONTRADICTS 27",
    "PLAN_DEPENDENCY_UNKNOWN 28",
    "PLAN_EXECUTION_CONTRADICTS 7",
    "PLAN_EXECUTION_CONTRADICTS 20",
    "PLAN_CRITICAL_PATH_WRONG 29",
  ]);
});

test("a critical path that is none is told", () => {
  const plan = read("critical_path: { tasks: [T001, T003, T004, T002] }\n");
  expect(
    plan.diagnostics
      .filter(({ code }) => code === "PLAN_CRITICAL_PATH_WRONG")
      .map(({ message }) => message.slice(0, 17)),
  ).toEqual(["T002 follows T004"]);
});

test("an execution plan alone is a plan", () => {
  const plan = read(YAML, "");
  expect(plan).toMatchObject({
    file: "tasks.execution.yaml",
    title: "lending",
    dialect: "spec-kit",
  });
  expect(plan.phases).toMatchObject([
    { key: "1", title: "Setup", place: { line: 4 } },
    { key: "2", title: "Core", after: [{ phase: "1", origin: "explicit" }] },
  ]);
  expect(plan.tasks.map(({ key, parallel, phase }) => [key, parallel, phase])).toEqual([
    ["T001", true, "1"],
    ["T002", true, "2"],
    ["T003", true, "2"],
    ["T004", false, "2"],
    ["T009", false, "2"],
  ]);
});

test.each([
  ["[".repeat(5_000)],
  ["a: &x [*x]"],
  ["phases: 3"],
  ["- 1"],
  [""],
  ["phases: [{ id: __proto__ }]"],
  ["\0"],
])("a bad execution plan harms nothing: %.20j", (yaml) => {
  expect(read(yaml).tasks.map(({ key }) => key)).toEqual(["T001", "T002", "T003", "T004"]);
});

test("any text is read without an error, and keys are unique", () => {
  const piece = fc.constantFrom(
    "## Phase 1: A\n",
    "- [ ] T001 x",
    "- [x] **T002** [P] [US1] y (depends on T001)\n",
    "  - [ ] z\n",
    "```mermaid\n",
    "T001 --> T002\n",
    "```\n",
    "## Dependencies\n",
    "- **Wave 1**: T001, T002 (T001)\n",
    "| Wave | Tasks | Waits for |\n",
    "| 1 | T001 | — |\n",
    "- US1 depends on Phase 1; T002 → T001\n",
    "**Checkpoint**: ok\n",
    "#### Gate 1\n",
    "<!--",
    "-->",
    "\r",
    "\u202e",
    "T1-T9999999",
    "((((",
    "))",
    "—",
    ": ",
    "__proto__",
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 40 }), (pieces) => {
      const { tasks, phases, verifications } = readSpecKit([
        { file: "tasks.md", text: pieces.join("") },
      ]);
      const keys = [...tasks, ...verifications].map(({ key }) => key);
      expect(new Set(keys).size).toBe(keys.length);
      expect(new Set(phases.map(({ key }) => key)).size).toBe(phases.length);
    }),
    { numRuns: 300 },
  );
});
