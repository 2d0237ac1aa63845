import { expect, test } from "vitest";
import { buildGraph } from "../../../../src/plan/graph/build-graph.ts";
import { readPlan } from "../../../../src/plan/read-plan.ts";
import { readSpecKit } from "../../../../src/plan/spec-kit/read-spec-kit.ts";

const read = (...lines: string[]) => readSpecKit([{ file: "tasks.md", text: lines.join("\n") }]);
const edges = (plan: ReturnType<typeof read>, origin?: string) =>
  plan.dependencies
    .filter((edge) => origin === undefined || edge.origin === origin)
    .map(({ dependency, dependent }) => `${dependency} < ${dependent}`);
const codes = (plan: ReturnType<typeof read>) =>
  plan.diagnostics.map(({ code, place }) => `${code} ${place.line}`);
const tasks = (...rest: string[]) => [
  "## Phase 1: Setup",
  ...[1, 2, 3, 4, 5, 6].map((n) => `- [ ] T00${n} [P] Do ${n}${rest[n - 1] ?? ""}`),
];

test.each<[words: string, ...edges: string[]]>([
  [" (depends on T002, T003)", "T002 < T001", "T003 < T001"],
  [" (depends on T002; makes T003 pass)", "T002 < T001"],
  [" (depends on T002 from US1)", "T002 < T001"],
  [" (depends on T002/T003)", "T002 < T001", "T003 < T001"],
  [" (depends on T002-T004)", "T002 < T001", "T003 < T001", "T004 < T001"],
  [" — depends on T002. **GREEN**: 176/176", "T002 < T001"],
  [" [15m] {deps: T004}", "T004 < T001"],
  [" (same file as T002)", "T001 < T002"],
  [" — must be written and confirmed RED before T003 is built", "T001 < T003"],
  ["\n  Depends on T002.", "T002 < T001"],
  ["\n  - Dependencies: T002, T003", "T002 < T001", "T003 < T001"],
  [" (hängt ab von T002)", "T002 < T001"],
  [" (hängt von T002 und T003 ab)", "T002 < T001", "T003 < T001"],
  [" (dépend de T002 et T003)", "T002 < T001", "T003 < T001"],
  ["（依赖 T004）", "T004 < T001"],
  ["（同上；依赖于：T002、T003）", "T002 < T001", "T003 < T001"],
  ["，此任务依赖T002和T003。", "T002 < T001", "T003 < T001"],
  ["\n  依赖 T002", "T002 < T001"],
  ["（不依赖 T002）"],
  ["（依赖数据）"],
  [" (hängt von 2 Leuten ab)"],
  [" `(depends on T002)` is an example"],
  [" that depends on data"],
])("a task that says%s", (words, ...wanted) => {
  expect(edges(read(...tasks(words)))).toEqual(wanted);
});

test("an edge has its words' place, and the strict grammar that drops it is told; what is unknown, too", () => {
  const plan = read(...tasks("", " (depends on T001, T099)"));
  expect(plan.dependencies).toEqual([
    {
      dependency: "T001",
      dependent: "T002",
      origin: "explicit",
      strength: "hard",
      place: { file: "tasks.md", line: 3, column: 22 },
    },
  ]);
  expect(codes(plan)).toEqual(["PLAN_DEPENDENCY_UNKNOWN 3", "PLAN_DEPENDENCY_IN_WORDS 3"]);
  expect(plan.diagnostics[1]?.original).toBe("dropped");
  const others = read(...tasks("（依赖 T098）", " (hängt ab von T099)"));
  expect(codes(others)).toEqual(["PLAN_DEPENDENCY_UNKNOWN 2", "PLAN_DEPENDENCY_UNKNOWN 3"]);
});

test("the section on dependencies says what phases, stories and tasks wait for", () => {
  const plan = read(
    "## Phase 1: Setup",
    "- [ ] T001 x",
    "## Phase 2: Foundational",
    "- [ ] T002 x",
    "## Phase 3: User Story 1 - A (Priority: P1)",
    "**Depends on**: nothing but the foundation",
    "- [ ] T003 [US1] x",
    "## Phase 4: User Story 2 - B (Priority: P2)",
    "**Depends on**: US1 (its sessions)",
    "- [ ] T004 [US2] x",
    "- [ ] T005 [US2] x",
    "## Phase 5: Something else",
    "- [ ] T006 x",
    "## Phase 6: Polish",
    "- [ ] T007 x",
    "## Dependencies & Execution Order",
    "### Phase Dependencies",
    "- **Phase 5**: Depends on Phase 3",
    "- **Polish (Phase 6)**: Depends on all previous phases",
    "### Within Each User Story",
    "- T005 after T004 within",
    "  the second story, T003 first",
    "### Suggested order",
    "- T007 before T001",
  );
  const after = plan.phases.map(({ key, after: list }) => [
    key,
    list.map(({ phase, origin }) => `${phase} ${origin}`).join(", "),
  ]);
  expect(after).toEqual([
    ["1", ""],
    ["2", "1 story"],
    ["3", "2 story"],
    ["4", "2 story, 3 explicit"],
    ["5", "3 explicit"],
    ["6", "5 story, 1 explicit, 2 explicit, 3 explicit, 4 explicit"],
  ]);
  expect(edges(plan)).toEqual(["T004 < T005"]);
});

test("a table says what each row waits for", () => {
  const plan = read(
    "## Phase 1: Foundational",
    "## Phase 2: User Story 1 - A",
    "## Phase 3: User Story 2 - B",
    "## Dependencies",
    "| Story | Depends on | Can run beside |",
    "|---|---|---|",
    "| US-1 (P0) — A | Foundational (Phase 1) | US-2 |",
    "| US-2 (P1) — B | US-1 (needs A) | – |",
  );
  expect(plan.phases[2]?.after.map(({ phase }) => phase)).toEqual(["1", "2"]);
});

test("waves order those tasks whose own words say nothing, and what contradicts is told", () => {
  const plan = read(
    ...tasks("", "", " (depends on T001)", "", " (depends on T006)"),
    "## Execution Wave DAG",
    "- **Wave 1** (base): T001, T002",
    "- **Wave 2**: T003 [P], T004 (depends on T002)",
    "- **Wave 3 (rest)**: T005, T006",
  );
  expect(edges(plan)).toEqual([
    "T001 < T003",
    "T006 < T005",
    "T002 < T004",
    "T003 < T006",
    "T004 < T006",
  ]);
  expect(codes(plan)).toContain("PLAN_WAVE_CONTRADICTION 6");
});

test("a table of waves with what they wait for", () => {
  const plan = read(
    ...tasks(),
    "## Execution Wave DAG",
    "| Wave | Tasks | Waits for |",
    "| --- | --- | --- |",
    "| 1 | T001, T002 | — |",
    "| 2 | T003 (T001), T004 | wave 1 |",
    "| 3 | T005; in order: T006 | T002, T003 |",
  );
  expect(edges(plan)).toEqual([
    "T001 < T003",
    "T001 < T004",
    "T002 < T004",
    "T002 < T005",
    "T003 < T005",
    "T002 < T006",
    "T003 < T006",
  ]);
});

test("mermaid charts order tasks and phases", () => {
  const plan = read(
    ...tasks(),
    "## Phase 2: Core",
    "## Phase 3: More",
    "## Phase 4: Rest",
    "## Graph",
    "```mermaid",
    "graph TD",
    "  T001 & T002 --> T003 -->|then| T004[T004: words]",
    '  A[Phase 2: Core] -.-> B["Phase 4: Rest"]; T005 --- T006',
    "```",
  );
  expect(edges(plan)).toEqual(["T001 < T003", "T002 < T003", "T003 < T004"]);
  expect(plan.phases[3]?.after).toMatchObject([{ phase: "2", origin: "explicit" }]);
});

test("tests come before what they test, as inferred edges between neighbours only", () => {
  const plan = read(
    "## Phase 3: User Story 1 - A",
    "### Tests for User Story 1",
    "> **NOTE: Write these tests FIRST, ensure they FAIL before implementation**",
    "- [ ] T001 [P] [US1] test",
    "- [ ] T002 [P] [US1] test",
    "### Implementation for User Story 1",
    "- [ ] T003 [P] [US1] x",
    "- [ ] T004 [P] [US1] x",
    "- [ ] T005 [US1] x",
    "- [ ] T006 [US1] x",
  );
  expect(edges(plan, "inferred")).toEqual([
    "T001 < T003",
    "T002 < T003",
    "T001 < T004",
    "T002 < T004",
  ]);
  expect(plan.dependencies[0]?.place.line).toBe(3);
  expect(
    edges(read("## Phase 3: A", "### Tests", "- [ ] T001 t", "### Implementation", "- [ ] T002 x")),
  ).toEqual([]);
});

test("a file that tasks share makes a chain", () => {
  const plan = read(
    ...tasks(),
    "## Dependencies",
    "- All tasks on `a.ts` (T002, T004, T006) serialize on that file.",
    "- T001, T003 must run sequentially",
  );
  expect(edges(plan, "same-file")).toEqual(["T002 < T004", "T004 < T006"]);
  expect(plan.sequences).toMatchObject([{ tasks: ["T001", "T003"] }]);
});

test("a task with several ids is found by each", () => {
  const plan = read(
    "## Phase 1: A",
    "- [ ] T001-T003 Do them",
    "- [ ] T004 x (depends on T002)",
    "- [ ] T005/T006 y",
    "- [ ] T007 z (depends on T006)",
  );
  expect(edges(plan)).toEqual(["T001 < T004", "T005 < T007"]);
});

const marked = (from: number) =>
  Array.from({ length: 20_000 }, (_, n) => `- [ ] T${from + n} [P] x`);

test("what 10,000 tasks that all name each other may cost is bounded, and so are tests before as many tasks", () => {
  const many = Array.from(
    { length: 10_000 },
    (_, n) => `- [ ] T${n} [P] Do (depends on T0-T9999) after all previous phases`,
  );
  const all = read(
    "## Phase 1: A",
    ...many,
    "## Dependencies",
    ...many.map((_, n) => `- **Phase 1**: T${n} after Phase 1; US1 blocks all user stories`),
  );
  const tests = read(
    "## Phase 1: A",
    "### Tests (write first)",
    ...marked(0),
    "### Implementation",
    ...marked(20_000),
  );
  for (const plan of [all, tests])
    expect(plan.diagnostics.at(-1)?.code).toBe("PLAN_TOO_MANY_REFERENCES");
}, 60_000);

test.each([
  "- [ ] T001 Do it (depends on T001)",
  "- [ ] T001 Do it {deps: T001}",
  "- [ ] T001 Do it\n\n## Dependencies\n\n- T001 depends on T001",
])("a task that waits for itself is told: %s", (text) => {
  const plan = readPlan([
    { file: "specs/001-a/tasks.md", text: `# Tasks: A\n\n## Phase 1: Setup\n\n${text}\n` },
  ]);
  const { problems, edges: made } = buildGraph(plan, { barriers: "phases", inferred: true });
  expect(problems.map(({ code, message }) => [code, message])).toEqual([
    ["PLAN_SELF_DEPENDENCY", "T001 waits for itself; this is left out."],
  ]);
  expect(made.filter(({ from, to }) => from === to)).toMatchObject([{ cut: true }]);
});

test("work told by its words is the one task of the phase that has them, as a guess; else that is told", () => {
  const plan = read(
    "## Phase 1: Setup",
    "- [ ] T001 [P] Define Event types in `src/types.ts`",
    "- [ ] T002 [P] Define City types in `src/city.ts`",
    "- [ ] T003 [P] Write the API routes",
    "- [ ] T004 [P] Create schemas",
    "- [ ] T005 [P] Build the page",
    "",
    "## Parallel Opportunities",
    "",
    "- **Phase 1**: T001, T002 in parallel; T004 after types complete; T005 after the API route is done",
    "- T005 after translations are complete",
    "- Polish after all user stories complete",
  );
  expect(edges(plan, "inferred")).toEqual(["T003 < T005"]);
  const unclear = plan.diagnostics.filter(({ code }) => code === "PLAN_DEPENDENCY_DESCRIBED");
  expect(unclear.map(({ message, task, place }) => [message, task, place.line])).toEqual([
    [
      '"after types complete" names no task, and 2 tasks of the phase fit the words: T001, T002',
      "T004",
      10,
    ],
    [
      '"after translations are complete" names no task, and no task of the phase fits the words',
      "T005",
      11,
    ],
  ]);
});
