import { expect, test } from "vitest";
import fc from "fast-check";
import type { BoxState, Task } from "../../../../src/plan/model.ts";
import { readSpecKit } from "../../../../src/plan/spec-kit/read-spec-kit.ts";

const read = (text: string) => readSpecKit([{ file: "tasks.md", text }]);
const only = (line: string): Task => {
  const [task, ...more] = read(`## Phase 1: Setup\n\n${line}\n`).tasks;
  if (!task || more.length > 0) throw new Error(`not one task: ${line}`);
  return task;
};

interface Row {
  readonly line: string;
  readonly id?: string;
  readonly state?: BoxState;
  readonly labels?: readonly string[];
  readonly parallel?: boolean;
  readonly stories?: readonly string[];
  readonly text?: string;
}

test.each<Row>([
  {
    line: "- [ ] T012 [P] [US1] Build it in src/a.ts",
    id: "T012",
    labels: ["P", "US1"],
    parallel: true,
    stories: ["US1"],
    text: "Build it in src/a.ts",
  },
  { line: "- [X] T012 Build it", id: "T012", state: "done", parallel: false },
  { line: "* [x] T1 Build it", id: "T1", state: "done" },
  { line: "+ [-] T012 Build it", id: "T012", state: "skipped" },
  { line: "- [~] T012 Build it", id: "T012", state: "in-progress" },
  { line: "- [~] T012 SKIPPED - not needed", id: "T012", state: "skipped" },
  { line: "- [!] T012 Build it", id: "T012", state: "failed" },
  { line: "- [ ] T012a Build it", id: "T012a", text: "Build it" },
  { line: "- [ ] **T012** Build it", id: "T012", text: "Build it" },
  { line: "- [ ] **T012 [P] [US1]** Build it", id: "T012", labels: ["P", "US1"], text: "Build it" },
  { line: "- [ ] T012: Build it", id: "T012", text: "Build it" },
  { line: "- [ ] `T012` — Build it", id: "T012", text: "Build it" },
  { line: "- [x] T065/T067 Watch it", id: "T065", text: "Watch it" },
  { line: "- [ ] T062-T067 Watch them", id: "T062", text: "Watch them" },
  { line: "1. [ ] T012 Build it", id: "T012" },
  { line: "\t- [ ] T012 Build it", id: "T012" },
  { line: "- [ ] [P] T012 Build it", id: "T012", labels: ["P"], parallel: true, text: "Build it" },
  { line: "- [ ] T012 [US1] [US2] Build it", stories: ["US1", "US2"], text: "Build it" },
  { line: "- [ ] T012 [US1+US2] Build it", stories: ["US1", "US2"] },
  { line: "- [ ] T012 [US-3] Build it", stories: ["US3"] },
  { line: "- [ ] T012 [US7b] Build it", stories: ["US7b"] },
  { line: "- [ ] T012 [Story: US4] Build it", stories: ["US4"] },
  { line: "- [ ] T012 [Edge Case] Build it", labels: ["Edge Case"], stories: [], text: "Build it" },
  { line: "- [ ] T012 [@Backend Architect] Build it", labels: ["@Backend Architect"] },
  { line: "- [ ] T012 [P:3.2] Build it", labels: ["P:3.2"], parallel: true },
  {
    line: "- [ ] T001 [W-A] [P] Build it (`a.ts`) [15m] {deps: T004}",
    labels: ["W-A", "P", "15m", "deps: T004"],
    parallel: true,
  },
  { line: "- [ ] T001 [SYNC] Join", labels: ["SYNC"], parallel: false },
  { line: "- [ ] T001 [B] Wait", labels: ["B"] },
  { line: "- [ ] 1.3 [VERIFY] [P] Check", id: "1.3", labels: ["VERIFY", "P"], parallel: false },
  { line: "- [ ] 1.3 [SEQUENTIAL] [P] Check", id: "1.3", parallel: false },
  { line: "- [ ] 2.1 (P) Check", id: "2.1", labels: ["P"], parallel: true, text: "Check" },
  { line: "- [-] 1. Check", id: "1", state: "in-progress", text: "Check" },
  {
    line: "- [ ] T012 [docs](./a.md) are read",
    id: "T012",
    labels: [],
    text: "[docs](./a.md) are read",
  },
  { line: "- [ ] T012 Read the array items[0]", labels: [], text: "Read the array items[0]" },
  { line: "- [ ] Build it without an id", text: "Build it without an id" },
  { line: "- [] T012 Build it", id: "T012" },
  { line: "- T012 Build it", id: "T012" },
  { line: "### T012 [P] Build it", id: "T012", labels: ["P"] },
])("$line", ({ line, ...wanted }) => {
  const task = only(line);
  expect({ ...task, state: task.box?.state }).toMatchObject(wanted);
  const text = `## Phase 1: Setup\n\n${line}\n`;
  if (task.box) expect(text[task.box.offset]).toBe(task.box.mark);
});

test.each([
  "- [P] tasks = different files, no dependencies",
  "- [US1] label maps a task to a story",
  "- [B] blocked",
  "```\n- [ ] T012 Build it\n```",
  "<!-- - [ ] T012 Build it -->",
  "- T003 and T004 run in parallel",
  "- T003, T004 run in parallel",
])("no task: %s", (line) => {
  expect(read(`## Phase 1: Setup\n\n${line}\n`).tasks).toEqual([]);
});

test("what the strict line does not see or takes for something else is told", () => {
  const { diagnostics } = read(
    [
      "## Phase 1: Setup",
      "- [ ] T001 [P] [US1] Plain",
      "- [ ] T001a Suffix",
      "* [-] **T002** Bold",
      "  - [ ] T003 Indented",
      "- [ ] T004 [US1] [US2] Two",
      "- [ ] T004 Again",
      "```",
      "- [ ] T005 Example",
      "```",
      "### Phase 2 — Two",
      "- [?] T006 Box",
    ].join("\n"),
  );
  expect(diagnostics.map(({ code, original, place }) => [code, original, place.line])).toEqual([
    ["PLAN_TASK_NOT_STRICT", "dropped", 3],
    ["PLAN_TASK_NOT_STRICT", "dropped", 4],
    ["PLAN_TASK_NOT_STRICT", "dropped", 5],
    ["PLAN_LABEL_NOT_STRICT", "misread", 6],
    ["PLAN_BOX_UNKNOWN", "dropped", 12],
    ["PLAN_TASK_NOT_STRICT", "dropped", 12],
    ["PLAN_DUPLICATE_ID", "misread", 7],
    ["PLAN_PHASE_NOT_STRICT", "misread", 11],
    ["PLAN_TASK_IN_FENCE", "misread", 9],
  ]);
});

const id = fc
  .tuple(fc.integer({ min: 1, max: 9999 }), fc.constantFrom("", "a", "b"))
  .map(([number, letter]) => `T${String(number).padStart(3, "0")}${letter}`);
const line = fc.record({
  id,
  bullet: fc.constantFrom("-", "*", "+"),
  mark: fc.constantFrom(" ", "x", "X", "-", "~", "!"),
  bold: fc.boolean(),
  indent: fc.constantFrom("", "  ", "    ", "\t"),
  labels: fc.subarray(["[P]", "[US1]", "[Edge Case]", "[W-A]", "[🚀]"]),
  text: fc.constantFrom(
    "Build it",
    "Ship 🎉 it in `src/a.ts`",
    "建てる",
    "Add x — depends on nothing",
  ),
});

test("ids, boxes and their offsets come back whatever the way of writing, and keys are unique", () => {
  fc.assert(
    fc.property(
      fc.array(line, { maxLength: 30 }),
      fc.constantFrom("\n", "\r\n"),
      fc.boolean(),
      (rows, end, mark) => {
        const text =
          (mark ? "\uFEFF" : "") +
          ["# Tasks: x", "", "## Phase 1: Setup"]
            .concat(
              rows.map(
                (row) =>
                  `${row.indent}${row.bullet} [${row.mark}] ${row.bold ? `**${row.id}**` : row.id} ${[...row.labels, row.text].join(" ")}`,
              ),
            )
            .join(end);
        const { tasks } = read(text);
        expect(tasks.map((task) => task.id)).toEqual(rows.map((row) => row.id));
        expect(tasks.map((task) => task.box?.mark)).toEqual(rows.map((row) => row.mark));
        for (const { box } of tasks) expect(text[box?.offset ?? -1]).toBe(box?.mark);
        expect(new Set(tasks.map((task) => task.key)).size).toBe(tasks.length);
        expect(tasks.map((task) => task.text)).toEqual(rows.map((row) => row.text));
      },
    ),
  );
});
