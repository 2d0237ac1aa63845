import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Plan, PlanText } from "../../../../src/plan/model.ts";
import { readDependencyJson } from "../../../../src/plan/dependency-json/read-dependency-json.ts";
import { usesOfTasks } from "../../../../src/plan/resources/plan-uses.ts";
import { readPrd } from "../../../../src/plan/prd/read-prd.ts";
import { filled, growthOf, PATIENCE_MS } from "../../linear.ts";
import { compareWithTruth, differences, readTruth } from "../truth.ts";

const FIXTURES = path.resolve(import.meta.dirname, "../../../fixtures/plans");
const PRDS = path.resolve(import.meta.dirname, "../../../../../shared/samples/prd/prds");

const textOf = (name: string): PlanText => ({
  file: name,
  text: readFileSync(path.join(FIXTURES, name), "utf8"),
});
const read = (text: string, file = "p.md"): Plan => readPrd([{ file, text }]);
const after = (plan: Plan): readonly string[] =>
  plan.phases.map(({ key, after: all }) => `${key}<${all.map(({ phase }) => phase).join(",")}`);
const edges = (plan: Plan): readonly string[] =>
  plan.dependencies.map(
    ({ dependency, dependent, origin }) => `${dependency}>${dependent} ${origin}`,
  );
const told = (plan: Plan): readonly string[] =>
  plan.diagnostics.map(
    ({ code, place, original }) => `${code} ${place.line}:${place.column} ${original ?? "-"}`,
  );

test.each(["prd-ledger.md", "prd-older.md", "ledger-execution.json", "ledger-graph.json"])(
  "%s is read as people read it",
  (name) => {
    const file = path.join(FIXTURES, name.replace(/\.\w+$/, ".truth.json"));
    const truth = readTruth(file);
    const plan = name.endsWith(".md")
      ? readPrd([textOf(name)])
      : readDependencyJson([textOf(name)]);
    expect(differences(compareWithTruth(plan, truth))).toEqual([]);
    const waits = plan.phases.flatMap(({ key, after: all }) =>
      all.map(({ phase }) => `${key} waits for ${phase}`),
    );
    const wanted = truth.phaseDependencies?.map((pair) => pair.toReversed().join(" waits for "));
    expect(new Set(waits)).toEqual(new Set(wanted));
  },
);

test("phase files are read as people read them", () => {
  const folder = path.join(FIXTURES, "ledger-phases");
  const truth = readTruth(`${folder}.truth.json`);
  const plan = readPrd(
    readdirSync(folder)
      .toSorted()
      .map((name) => textOf(`ledger-phases/${name}`)),
  );
  expect(differences(compareWithTruth(plan, truth))).toEqual([]);
  expect(after(plan)).toEqual(["1<", "2<1", "3<1,2", "4<1,2,3"]);
});

test("a PRD: what is told of it, estimates, files, places", () => {
  const plan = readPrd([textOf("prd-ledger.md")]);
  expect(plan.title).toBe("Ledger Service");
  expect(told(plan)).toMatchInlineSnapshot(`
    [
      "PLAN_DIAGRAM_PHASE_UNKNOWN 16:11 -",
      "PLAN_DIAGRAM_TASKS 20:5 -",
      "PLAN_PARALLEL_NOT_SAID 32:1 misread",
      "PLAN_DUPLICATE_ID 71:1 -",
      "PLAN_PHASE_REPEATED 79:6 misread",
    ]
  `);
  expect(plan.phases[0]).toMatchObject({
    objective: "Keep every entry",
    estimate: { minutes: 960 },
    place: { line: 23, column: 5 },
  });
  expect(plan.phases[3]?.after).toMatchObject([
    { phase: "2A", origin: "explicit", place: { line: 67, column: 25 } },
    { phase: "2B", reason: "needs both" },
  ]);
  expect(plan.tasks.slice(0, 3)).toMatchObject([
    { parallel: false, text: "Create the table in `db/entries.sql`", box: { mark: "x" } },
    { parallel: true, labels: ["Parallelizable: Yes"] },
    { parallel: undefined },
  ]);
  expect(plan.tasks[0]?.files.map(({ path: file }) => file)).toEqual(["db/entries.sql"]);
  expect(edges(plan)).toEqual(["1.1>1.2 explicit", "1.2>1.3 inferred"]);
});

test("older forms: what is told of them", () => {
  const plan = readPrd([textOf("prd-older.md")]);
  expect(plan.title).toBe("Mail Sorter");
  expect(told(plan)).toMatchInlineSnapshot(`
    [
      "PLAN_PARALLEL_NOT_SAID 10:1 misread",
      "PLAN_TASK_NOT_BOXED 10:1 misread",
      "PLAN_PARALLEL_NOT_SAID 21:6 misread",
      "PLAN_TASK_NOT_BOXED 21:6 misread",
      "PLAN_DUPLICATE_PHASE 30:5 -",
      "PLAN_PARALLEL_NOT_SAID 33:1 misread",
      "PLAN_TASK_NOT_BOXED 33:1 misread",
      "PLAN_PARALLEL_NOT_SAID 41:1 misread",
      "PLAN_PHASE_EMPTY 44:5 -",
    ]
  `);
  expect(
    plan.tasks
      .filter(({ phase }) => phase === "2")
      .map(({ files }) => files.map((file) => file.path)),
  ).toEqual([["src/folders.ts"], ["src/move.ts", "src/index.ts"], []]);
  expect(plan.tasks[0]?.estimate).toMatchObject({ minutes: 1_200 });
});

const PHASES = ["phase-1-entries", "phase-2-balances", "phase-3-reports", "phase-4-rollout"].map(
  (name) => textOf(`ledger-phases/${name}.md`),
);

test("phase files are one plan, in the order of their numbers, whichever was named", () => {
  for (const texts of [PHASES, PHASES.toReversed()]) {
    const plan = readPrd(texts);
    expect(after(plan)).toEqual(["1<", "2<1", "3<1,2", "4<1,2,3"]);
    expect(plan.tasks.map(({ key, phase, parent }) => [key, phase, parent])).toEqual([
      ["1.1", "1", undefined],
      ["L13", "1", "1.1"],
      ["1.2", "1", undefined],
      ["L10", "2", undefined],
      ["L11", "2", undefined],
      ["L5", "3", undefined],
      ["4.1", "4", undefined],
    ]);
    expect(plan.file).toBe(texts[0]?.file);
  }
});

test("phase files: what claudeops does not see or takes for something else is told", () => {
  const plan = readPrd(PHASES);
  expect(
    plan.diagnostics
      .filter(({ original }) => original !== undefined)
      .filter(({ code }) => !/NOT_SAID|NOT_BOXED/.test(code))
      .map(({ code, place, original }) => `${code} ${place.file}:${place.line} ${original}`),
  ).toEqual([
    "PLAN_OUTPUT_PATH ledger-phases/phase-1-entries.md:21 dropped",
    "PLAN_DEPENDENCY_BULLETS ledger-phases/phase-2-balances.md:6 dropped",
    "PLAN_DEPENDENCY_BULLETS ledger-phases/phase-3-reports.md:3 dropped",
    "PLAN_DEPENDENCY_ALL_PREVIOUS ledger-phases/phase-4-rollout.md:3 misread",
  ]);
  expect(plan.phases[0]?.estimate?.minutes).toBe(120);
  expect(plan.tasks[0]?.files.map(({ path: file }) => file)).toEqual(["db/entries.sql"]);
});

test("a tracker gives the states, the phase files what waits for what", () => {
  const tracker =
    "# PRD Implementation Tracker: Ledger\n\n### Phase 1: Entries ⏳\n**Effort**: 1-2 hours\n**Deliverables**:\n- [x] Table\n\n### Phase 2: Balances\n**Deliverables**:\n- [ ] Sums\n";
  const plan = readPrd([{ file: "prd-tracker.md", text: tracker }, ...PHASES.slice(0, 2)]);
  expect(plan.title).toBe("Ledger");
  expect(after(plan)).toEqual(["1<", "2<1"]);
  expect(plan.tasks.map(({ key, text, box }) => [key, text, box?.state])).toEqual([
    ["L6", "Table", "done"],
    ["L10", "Sums", "open"],
  ]);
});

test.each([
  ["None", []],
  ["None - single phase", []],
  ["Phase 1", ["1"]],
  ["Phase 1 completion and Phase 2 completion  ", ["1", "2"]],
  ["Phases 1-3", ["1", "2", "3"]],
  ["Phase 1 (models), Phase 3 (routes)", ["1", "3"]],
  ["Phase 2 (requires Phase 1)", ["2"]],
  ["Phase 1, 2, 3", ["1", "2", "3"]],
  ["All previous phases (1-3)", ["1", "2", "3"]],
  ["Requires phases 1 and 3; Python 3.11", ["1", "3"]],
])("Dependencies: %s", (words, expected) => {
  const phases = [1, 2, 3].map(
    (n) => `### Phase ${n}: P${n}\n**Dependencies**: None\n- [ ] **Task ${n}.1** - x\n`,
  );
  const plan = read(
    `${phases.join("\n")}\n### Phase 4: P4\n**Dependencies**: ${words}\n- [ ] **Task 4.1** - x\n`,
  );
  expect(plan.phases[3]?.after.map(({ phase }) => phase)).toEqual(expected);
});

test("without any word on it phases run in order; a diagram counts where phases are silent", () => {
  const phases = [1, 2, 3]
    .map((n) => `### Phase ${n}: P${n}\n- [ ] **Task ${n}.1** - x\n`)
    .join("\n");
  const plain = read(phases);
  expect(after(plain)).toEqual(["1<", "2<1", "3<2"]);
  expect(plain.phases[2]?.after[0]).toMatchObject({ origin: "barrier", place: { line: 7 } });
  const drawn = read(
    `\`\`\`mermaid\nflowchart LR\n  X["Phase 1: P1"] -->|then| Y(Phase 2: P2) & Z{{Phase 3: P3}}\n\`\`\`\n${phases}`,
  );
  expect(after(drawn)).toEqual(["1<", "2<1", "3<1"]);
  expect(drawn.phases[2]?.after[0]).toMatchObject({ origin: "explicit", place: { line: 3 } });
});

test("a phase of a diagram that the text does not have is passed through; what contradicts a phase is told", () => {
  const plan = read(
    "```mermaid\ngraph TD\nA[Phase 1: P] --> B[Phase 2: Q]\nB --> C[Phase 3: R]\nC --> A\n```\n### Phase 1: P\n**Dependencies**: None\n- [ ] a\n### Phase 3: R\n- [ ] b\n",
  );
  expect(after(plan)).toEqual(["1<", "3<1"]);
  expect(told(plan).filter((line) => line.includes("DIAGRAM"))).toEqual([
    "PLAN_DIAGRAM_PHASE_UNKNOWN 3:19 -",
    "PLAN_DIAGRAM_CONTRADICTS 5:7 -",
  ]);
});

test("offsets of boxes are those of the text, with CRLF and a byte order mark, too", () => {
  for (const eol of ["\n", "\r\n"]) {
    const text = `\uFEFF# PRD: X${eol}${eol}### Phase 1: Ä${eol}- [x] **Task 1.1** - 😀 <!-- - [ ] no --> done${eol}  - [ ] part${eol}`;
    const plan = read(text);
    expect(plan.tasks.map(({ box }) => [box?.mark, text[box?.offset ?? 0]])).toEqual([
      ["x", "x"],
      [" ", " "],
    ]);
  }
});

test("any text is read without an exception, with unique keys and edges between what is there", () => {
  const line = fc.oneof(
    fc.constantFrom(
      "### Phase 1: A",
      "### Phase 2A: B",
      "# Phase 3: C",
      "## Dependencies",
      "**Dependencies**: Phase 1, 2A and task 1.1",
      "**Tasks**:",
      "- [ ] **Task 1.1** (Parallelizable: No) - x (depends on 2A.1)",
      "- [x] 2A.1 y",
      "  - [ ] part",
      "1. **Do** it",
      "#### Task 1.2: T",
      "### 1. X (`a/b.ts`)",
      "- **Dependencies**: Requires Phase 1 tasks 1-1",
      "```mermaid",
      "```",
      "A[Phase 1: A] --> B[Phase 9: Z]",
      "A1[Task: x] --> A2[Task: y]",
      "**Validation Criteria**:",
      "- [ ] holds",
      "## Expected Outputs",
      "- `/a/b.ts`",
      "- All previous phases (1-4)",
      "<!--",
      "-->",
      "",
      "#### Phase 1 Validation Gates",
      "**Parallelization Strategy**:",
      "- Task 1.2 after Task 1.1 → Task 2A.1",
    ),
    fc.string({ maxLength: 30 }),
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 40 }), (lines) => {
      const plan = read(lines.join("\n"));
      const phases = new Set(plan.phases.map(({ key }) => key));
      const tasks = new Set(plan.tasks.map(({ key }) => key));
      expect(phases.size).toBe(plan.phases.length);
      expect(tasks.size).toBe(plan.tasks.length);
      for (const { key, after: all } of plan.phases)
        for (const { phase } of all) expect(phases.has(phase) && phase !== key).toBe(true);
      for (const { dependency, dependent } of plan.dependencies)
        expect(tasks.has(dependency) && tasks.has(dependent) && dependency !== dependent).toBe(
          true,
        );
      for (const { parent } of plan.tasks)
        expect(parent === undefined || tasks.has(parent)).toBe(true);
    }),
    { numRuns: 3_000 },
  );
});

/** What people counted in the real ones: phases with what they wait for, and tasks. */
const REAL: Readonly<Record<string, readonly [phases: string, tasks: string]>> = {
  "2_automated_code_review_system.md": [
    "1< 2<1 3<2 4<3 5<4",
    "1.1 1.2 2.1 2.2 3.1 3.2 4.1 4.2 5.1",
  ],
  "3_bitbucket_api_slash_commands.md": ["1< 2<1 3<1 4<1 5<2,3,4", "35"],
  "4_enhanced_code_review_ticket_creation.md": ["1< 2<1 3<2 4<3 5<4 6<5", "20"],
  "5_planning_system.md": ["1< 2<1 3<2 4<3 5<4 6<5", "21"],
  "6_workflow_aware_brainstorming_intelligence_system.md": [
    "1< 2<1 3<2",
    "1.1 1.2 1.3 1.4 2.1 2.2 2.3 2.4 3.1 3.2 3.3 3.4",
  ],
  "7_brainstorming_agent_comprehensive_enhancement.md": ["1<", "1.1 1.2 1.3 1.4"],
  "8_architect_agent_comprehensive_enhancement.md": ["1<", "1.1 1.2 1.3 1.4 1.5"],
  "9_generate_prd_command_refactoring.md": ["1<", "1.1 1.2 1.3 1.4"],
  "10_structured_logging_utility.md": [
    "1< 2<1 3<2 4<3",
    "1.1 1.2 1.3 2.1 2.2 2.3 2.4 2.5 3.1 3.2 3.3 3.4 3.5 4.1 4.2 4.3 4.4 4.5",
  ],
  "11_configuration_validator.md": [
    "1< 2<1 3<2 4<3",
    "1.1 1.2 1.3 1.4 2.1 2.2 2.3 2.4 3.1 3.2 3.3 3.4 4.1 4.2 4.3 4.4",
  ],
  "12_structured_reasoning_framework_integration.md": ["1< 2<1 3<2 4<3 5<4", "25"],
  "13_git_worktrees_execute_prd.md": [
    "1< 2A<1 2B<1 3<2A,2B 4<3 5<4",
    "1.1 1.2 1.3 1.4 1.5 2A.1 2A.2 2A.3 2A.4 2A.5 2B.1 2B.2 2B.3 2B.4 2B.5 3.1 3.2 3.3 3.4 3.5 4.1 4.2 4.3 4.4 4.5 5.1 5.2 5.3 5.4 5.5",
  ],
};

test.skipIf(!existsSync(PRDS))(
  "real PRDs have the phases, dependencies and tasks that people counted",
  () => {
    for (const file of readdirSync(PRDS)) {
      const plan = readPrd([{ file, text: readFileSync(path.join(PRDS, file), "utf8") }]);
      const [phases, tasks] = REAL[file] ?? ["", ""];
      expect([file, after(plan).join(" ")]).toEqual([file, phases]);
      const keys = plan.tasks.map(({ key }) => key);
      expect([file, /^\d+$/.test(tasks) ? String(keys.length) : keys.join(" ")]).toEqual([
        file,
        tasks,
      ]);
    }
  },
);

test.each(["**a**: | ", "Phase 1, ", "(", "- [ ] ", "Task 1.1 after ", "`a/b` ", "#", "1-2 "])(
  "lines of %j over and over take time in proportion",
  (piece) => {
    const make = (size: number): string => {
      const long = filled(piece, size);
      return `### Phase 1: P\n**Dependencies**: ${long}\n- [ ] ${long}\n${long}\n`;
    };
    expect(growthOf(make, (text) => void read(text), 2000)).toBe("linear");
  },
  PATIENCE_MS,
);

test("what is said of all changes of a phase is a guessed write of each of its tasks", () => {
  const plan = read(`# PRD: Agent

### Phase 1: Steps
**Goal**: Put steps into agent.md
**Agent Assignment Strategy**: Single agent, all changes within one file
**Tasks**:
- [ ] **Task 1.1** - First step
- [ ] **Task 1.2** - Second step
**Handoff Artifacts**:
- Enhanced \`.claude/agents/agent.md\` with steps

### Phase 2: More
**Agent Assignment Strategy**: all enhancements within agent.md
**Tasks**:
- [ ] **Task 2.1** - Third step

### Phase 3: Unnamed
**Strategy**: all edits in a single file
**Tasks**:
- [ ] **Task 3.1** - Fourth step
- [ ] **Task 3.2** - Fifth step

### Phase 4: Free
**Strategy**: all enhancements within the existing framework
**Tasks**:
- [ ] **Task 4.1** - Sixth step
`);
  const uses = usesOfTasks(plan.tasks.map((task) => [task.key, task] as const));
  const written = Array.from(uses, ([key, some]) => [
    key,
    ...some.map(({ resource, kind, access, sure, source, place }) =>
      [resource, kind, access, sure ? "sure" : "guess", source, place.line].join(" "),
    ),
  ]);
  expect(written).toEqual([
    ["1.1", ".claude/agents/agent.md file write guess inferred 5"],
    ["1.2", ".claude/agents/agent.md file write guess inferred 5"],
    ["2.1", ".claude/agents/agent.md file write guess inferred 13"],
    ["3.1", "one file of phase 3 other write guess inferred 18"],
    ["3.2", "one file of phase 3 other write guess inferred 18"],
    ["4.1"],
  ]);
  expect(told(plan).filter((each) => each.startsWith("PLAN_ONE_FILE"))).toHaveLength(3);
});
