import { expect, test } from "vitest";
import { readSpecKit } from "../../../../src/plan/spec-kit/read-spec-kit.ts";

const read = (...lines: string[]) => readSpecKit([{ file: "tasks.md", text: lines.join("\n") }]);
const order = (plan: ReturnType<typeof read>) =>
  plan.phases.map(({ key, after }) => [
    key,
    after.map(({ phase, origin }) => `${phase} ${origin}`),
  ]);

test.each([
  ["## Phase 1: Setup", "1", "Setup"],
  ["### Phase 2 - Core", "2", "Core"],
  ["## Phase 3b — More 🎯", "3b", "More 🎯"],
  ["## Phase A: First", "A", "First"],
  ["## Phase 3.5 (Deferred to later)", "3.5", "(Deferred to later)"],
  ["## Phase 3.1: Setup", "3.1", "Setup"],
  ["## **Phase 4**: Bold", "4", "Bold"],
  ["## ✅ Phase 5: Done", "5", "Done"],
  ["## Phase N: Polish & Cross-Cutting Concerns", "N", "Polish & Cross-Cutting Concerns"],
  ["## Phase 6", "6", ""],
  ["## Setup Phase", "Setup", "Setup"],
  ["## Fase 2: Base", "2", "Base"],
])("%s", (heading, key, title) => {
  expect(read(heading, "- [ ] T001 x").phases).toMatchObject([{ key, title }]);
});

test.each([
  "## Phases and how they follow",
  "### Tests for Foundational Phase",
  "## Parallel Example: Phase 2 Foundation",
  "# Phase 3 of the product",
  "## Phased rollout",
])("no phase: %s", (heading) => {
  expect(
    read("## Phase 1: Setup", "- [ ] T001 x", heading, "text").phases.map(({ key }) => key),
  ).toEqual(["1"]);
});

test("a story waits for the foundation alone, polish for all stories, and convergence for polish", () => {
  const plan = read(
    "## Phase 1: Setup",
    "## Phase 2: Foundational (Blocking Prerequisites)",
    "## Phase 3: User Story 1 - A (Priority: P1) 🎯 MVP",
    "- [ ] T003 x",
    "## Phase 4: User Story 2 - B (Priority: P2)",
    "## Phase 5: Polish & Cross-Cutting Concerns",
    "## Phase 6: Convergence",
    "## Phase 7: Convergence",
  );
  expect(order(plan)).toEqual([
    ["1", []],
    ["2", ["1 story"]],
    ["3", ["2 story"]],
    ["4", ["2 story"]],
    ["5", ["3 story", "4 story"]],
    ["6", ["5 story"]],
    ["7", ["6 story"]],
  ]);
  expect(plan.tasks[0]).toMatchObject({ stories: ["US1"], priority: "P1", phase: "3" });
});

test("without stories phases run in order", () => {
  const plan = read(
    "## Phase 3.1: Setup",
    "## Phase 3.2: Tests First (TDD)",
    "## Phase 3.3: Core Implementation",
  );
  expect(order(plan)).toEqual([
    ["3.1", []],
    ["3.2", ["3.1 barrier"]],
    ["3.3", ["3.2 barrier"]],
  ]);
});

test("a story that goes on in a second phase waits for its first", () => {
  const plan = read(
    "## Phase 1: Setup",
    "## Phase 2: User Story 1 - API",
    "## Phase 3: User Story 1 - Screens",
  );
  expect(order(plan).at(-1)).toEqual(["3", ["2 story"]]);
});

test("numbers that come twice get keys of their own; tasks outside of phases have none", () => {
  const plan = read(
    "- [ ] T001 x",
    "## Phase 1: A",
    "- [ ] T002 x",
    "## Phase 1: B",
    "- [ ] T003 x",
    "## Later",
    "- [ ] T004 x",
  );
  expect(plan.phases.map(({ key }) => key)).toEqual(["1", "1#2"]);
  expect(plan.tasks.map(({ key, phase }) => [key, phase])).toEqual([
    ["T001", undefined],
    ["T002", "1"],
    ["T003", "1#2"],
    ["T004", undefined],
  ]);
});

test("checkpoints verify their phase, gates their batch, and loose boxes the plan", () => {
  const plan = read(
    "## Phase 1: Setup",
    "- [ ] T001 [P:1.1] x",
    "- [ ] T002 [P:1.1] y",
    "#### Gate 1.1",
    "- **Command**: `npm test`",
    "- **On-Fail**: stop",
    "",
    "**Checkpoint**: it runs,",
    "and is green",
    "",
    "## Validation Checklist",
    "- [x] All is tested",
  );
  expect(plan.verifications).toMatchObject([
    { key: "VERIFY 1.1", tasks: ["T001", "T002"], commands: ["npm test"], blocking: true },
    { key: "VERIFY 1", phase: "1", criteria: [{ text: "it runs, and is green" }] },
    {
      key: "VERIFY",
      title: "Validation Checklist",
      criteria: [{ text: "All is tested", box: { state: "done" } }],
    },
  ]);
  expect(plan.tasks.map(({ key }) => key)).toEqual(["T001", "T002"]);
});

test("sub-tasks, fields and what else is below a task belong to it", () => {
  const plan = read(
    "## Phase 1: Make It Work",
    "- [ ] 1.1 [P] Create it",
    "  - **Do**: write FR-003",
    "  - **Files**: `src/a.ts` (modify), src/b.ts, src/c.ts (read)",
    "  - **Done when**: it runs",
    "  - **Verify**: `npm test -- a`",
    "  - _Requirements: 1.1, 2.3_",
    "  - [ ] the part",
    "    and its line",
    "- [ ] 1.2 Next",
  );
  const [first, part, next] = plan.tasks;
  expect(first).toMatchObject({
    key: "1.1",
    parallel: true,
    command: "npm test -- a",
    requirements: ["1.1", "2.3", "FR-003"],
    files: [
      { path: "src/a.ts", access: "write", place: { line: 4, column: 17 } },
      { path: "src/b.ts", access: undefined },
      { path: "src/c.ts", access: "read" },
    ],
  });
  expect(first?.details.map(({ line }) => line)).toEqual([3, 4, 5, 6, 7]);
  expect(part).toMatchObject({ key: "L8", parent: "1.1", details: [{ line: 9 }] });
  expect(next).toMatchObject({ key: "1.2", parent: undefined });
});

test("OpenSpec's numbered headings are phases, and numbers make parents (cc-sdd)", () => {
  const openSpec = read("## 1. Database", "- [ ] 1.1 Table", "## 2. API", "- [x] 2.1 Route");
  expect(order(openSpec)).toEqual([
    ["1", []],
    ["2", ["1 barrier"]],
  ]);
  const ccSdd = read(
    "# Implementation Plan",
    "- [ ] 1. Base",
    "- [ ] 1.1 Table (P)",
    "- [-] 1.2 Route",
    "- [ ] 2. Screens",
  );
  expect(ccSdd.tasks.map(({ key, parent, parallel }) => [key, parent, parallel])).toEqual([
    ["1", undefined, false],
    ["1.1", "1", true],
    ["1.2", "1", false],
    ["2", undefined, false],
  ]);
});
