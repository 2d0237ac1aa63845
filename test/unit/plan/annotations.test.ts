/** Lists of ids, dependency clauses and execution notes, as people write them (FORMATS §1.2, §1.7, §2.2, §3.3). */
import { expect, test } from "vitest";
import { dependencyClausesIn } from "../../../src/plan/annotations/dependency-clauses.ts";
import { readExecutionNote } from "../../../src/plan/annotations/execution-notes.ts";
import {
  PLAN_FILE_IDS,
  PRD_IDS,
  SPEC_KIT_IDS,
  type IdGrammar,
} from "../../../src/plan/annotations/id-grammar.ts";
import { indexPlan, type KnownTask } from "../../../src/plan/annotations/plan-index.ts";
import { readReferences, type Reference } from "../../../src/plan/annotations/references.ts";
import { resolveReferences } from "../../../src/plan/annotations/resolve.ts";

const shown = ({ kind, from, to }: Reference): string =>
  `${kind === "task" ? "" : `${kind} `}${from}${to === undefined ? "" : `..${to}`}`;

const listIn = (text: string, grammar: IdGrammar): string =>
  readReferences(text, 0, grammar).references.map(shown).join(", ");

test.each<[string, string]>([
  ["1.1", "1.1"],
  ["1.1, 1.2,1.3", "1.1, 1.2, 1.3"],
  ["1.1-1.3", "1.1..1.3"],
  ["1.1 - 1.3 are", "1.1..1.3"],
  ["1.1–1.3", "1.1..1.3"],
  ["1.1—1.3", "1.1..1.3"],
  ["1.1 ‚Äì 1.3", "1.1..1.3"],
  ["1.1â€”1.3", "1.1..1.3"],
  ["1.1 through 1.4", "1.1..1.4"],
  ["1.1 to 1.4", "1.1..1.4"],
  ["1.1..1.4", "1.1..1.4"],
  ["1.1-4", "1.1..1.4"],
  ["3.1-6.1", "3.1..6.1"],
  ["1.1, 1.3 and 2.1", "1.1, 1.3, 2.1"],
  ["1.1, 1.3, and 2.1", "1.1, 1.3, 2.1"],
  ["5.2 and 5.4", "5.2, 5.4"],
  ["1.1 & 1.2", "1.1, 1.2"],
  ["1.1/1.2", "1.1, 1.2"],
  ["Tasks 1.1, 1.2", "1.1, 1.2"],
  ["**1.1**, `1.2`", "1.1, 1.2"],
  ["1.1A, 1.2", "1.1A, 1.2"],
  ["1.1.1-1.1.4", "1.1.1..1.1.4"],
  ["VERIFY-1, P1", "VERIFY-1, P1"],
  ["Phases 1-3, 5 are", "phase 1..3, phase 5"],
  ["Phases 1 & 2)", "phase 1, phase 2"],
  ["Phase 2A and 2B completion", "phase 2A, phase 2B"],
  ["all Phase 2 tasks", "phase 2"],
  ["all Phase 2 tasks, 3.1", "phase 2, 3.1"],
  ["all of Phase 2", "phase 2"],
  ["all tasks in phase 2 and 3", "phase 2, phase 3"],
  ["all previous phases", "previous-phases all previous phases"],
  ["Phase A, a new one", "phase A"],
  ["Phase 2, A new one", "phase 2"],
  ["1.1 - a new file", "1.1"],
  ["1.1 - 4 files", "1.1"],
  ["1.1.1.1.1.1.1.1", ""],
  ["none", ""],
  ["", ""],
])("the list %j of a plan file", (text, list) => {
  expect(listIn(text, PLAN_FILE_IDS)).toBe(list);
});

test.each<[string, string]>([
  ["T001-T004", "T001..T004"],
  ["T001-004", "T001..T004"],
  ["T012a–d", "T012a..T012d"],
  ["T012a/b", "T012a, T012b"],
  ["T001/T002", "T001, T002"],
  ["**T012**", "T012"],
  ["T003 from US1", "T003"],
  ["US1 and US2", "story US1, story US2"],
  ["User Stories 1 and 2", "story US1, story US2"],
  ["User Story 3", "story US3"],
  ["T009; makes T010 pass", "T009"],
])("the list %j of a tasks.md", (text, list) => {
  expect(listIn(text, SPEC_KIT_IDS)).toBe(list);
});

test.each<[string, string]>([
  ["Task 2A.1", "2A.1"],
  ["task-1-1, task-1-2", "task-1-1, task-1-2"],
  ["Phase 2 (requires", "phase 2"],
  ["Phases 2-4", "phase 2..4"],
])("the list %j of a PRD", (text, list) => {
  expect(listIn(text, PRD_IDS)).toBe(list);
});

test("a list says where each of its ids stands", () => {
  const text = "tasks **1.1**, 2.1–2.3 and all Phase 4 tasks";
  const { references } = readReferences(text, 0, PLAN_FILE_IDS);
  expect(references.map(({ start, end }) => text.slice(start, end))).toStrictEqual([
    "1.1",
    "2.1–2.3",
    "4",
  ]);
});

const clausesIn = (text: string, grammar: IdGrammar = PLAN_FILE_IDS): readonly string[] =>
  dependencyClausesIn(text, grammar).map(
    ({ direction, references, stated, rest }) =>
      `${direction}${stated ? "!" : ""} ${references.map(shown).join(", ")}${rest === "" ? "" : ` (${rest})`}`,
  );

test.each<[string, readonly string[]]>([
  ["Do X (depends: 1.1, 2.3)", ["needs! 1.1, 2.3"]],
  ["Do X (DEPENDS: 1.1)", ["needs! 1.1"]],
  ["Do X (depends on 1.1)", ["needs! 1.1"]],
  ["Do X (depends on all Phase 2 tasks)", ["needs! phase 2"]],
  ["Do X, depends on 1.1 and 1.2", ["needs 1.1, 1.2"]],
  ["Do X {deps: 1.4}", ["needs! 1.4"]],
  ["Do X [depends: 1.4]", ["needs! 1.4"]],
  ["Do X (requires 1.1)", ["needs! 1.1"]],
  ["Do X (after 1.1)", ["needs! 1.1"]],
  ["Do X (blocked by: 1.1)", ["needs! 1.1"]],
  ["Do X after task 1.1", ["needs 1.1"]],
  ["Do X (blocks 2.1)", ["blocks! 2.1"]],
  ["**Depends on:** 1.1, 1.2", ["needs! 1.1, 1.2"]],
  ["- **Blocked by**: 1.1", ["needs! 1.1"]],
  ["(depends on 1.1; uses its types)", ["needs! 1.1 (uses its types)"]],
  ["(depends on `1.1`)", ["needs! 1.1"]],
  ["Parse `(depends: 1.1)` in text", []],
  ["Retry after 1.5 seconds", []],
  ["Retry (after 1.5 s)", []],
  ["depends on 2.5 GB of memory", []],
  ["requires 3.11 of Python", []],
  ["requires Git 2.5+", []],
  ["what the dashboard depends on", []],
  ["independent 1.1", []],
  ["(depends on none)", []],
  ["Depends on: Nothing", []],
])("the clauses of %j", (text, clauses) => {
  expect(clausesIn(text)).toStrictEqual(clauses);
});

test.each<[string, readonly string[]]>([
  ["X (depends on T012, T013)", ["needs! T012, T013"]],
  ["X (depends on T009; makes T010 pass)", ["needs! T009 (makes T010 pass)"]],
  ["X (depends on T003 from US1)", ["needs! T003 (from US1)"]],
  ["X after T012", ["needs T012"]],
  ["X requires T001-T003", ["needs T001..T003"]],
  ["X (depends on US1, US2)", ["needs! story US1, story US2"]],
  ["X depends on User Story 1", ["needs story US1"]],
  ["X [15m] {deps: T004}", ["needs! T004"]],
])("the clauses of %j in a tasks.md", (text, clauses) => {
  expect(clausesIn(text, SPEC_KIT_IDS)).toStrictEqual(clauses);
});

const task = (id: string, phase: string, parent?: string): KnownTask => ({
  key: id,
  id,
  phase,
  parent,
  stories: [],
  verifies: false,
});
const IDS = [
  "1.1",
  "1.2",
  "1.2.1",
  "1.2.2",
  "1.3",
  "1.4A",
  "1.10",
  "2.1",
  "2.2",
  "3.1.1",
  "3.1.2",
  "3.2.1",
];
const tasks = IDS.map((id) => task(id, id.slice(0, 1), id.startsWith("1.2.") ? "1.2" : undefined));
const phases = ["1", "2", "3"].map((key) => ({ key, number: key }));

test.each<[string, string]>([
  ["1.1-1.3", "1.1 1.2 1.3"],
  ["1.2.1-1.2.2", "1.2.1 1.2.2"],
  ["1.1-2.2", "1.1 1.2 1.3 1.4A 1.10 2.2 across:1.1"],
  ["1.3-1.12", "1.3 1.4A 1.10 unknown:1.3"],
  ["3.1", "3.1.1 3.1.2"],
  ["3.1-3.2", "3.1.1 3.1.2 3.2.1"],
  ["9.9", "unknown:9.9"],
  ["1.4a", "1.4A"],
  ["2.1", "self:2.1"],
  ["all Phase 1 tasks", "1.1 1.2 1.3 1.4A 1.10"],
  ["Phases 1-3", "1.1 1.2 1.3 1.4A 1.10 2.2 3.1.1 3.1.2 3.2.1"],
  ["Phase 7", "unknown:7"],
  ["all previous phases", "1.1 1.2 1.3 1.4A 1.10"],
  ["1.1-1.1000000", "1.1 1.2 1.3 1.4A 1.10 unknown:1.1"],
])("task 2.1 naming %j means %s", (text, meant) => {
  const { references } = readReferences(text, 0, PLAN_FILE_IDS);
  const named = resolveReferences(references, indexPlan(tasks, phases), { task: "2.1" }, true);
  expect(
    [
      ...named.tasks.map((one) => one.task),
      ...named.across.map(({ from }) => `across:${from}`),
      ...named.unknown.map(({ from }) => `unknown:${from}`),
      ...named.self.map(({ from }) => `self:${from}`),
    ].join(" "),
  ).toBe(meant);
});

test("more references than a plan can mean end instead of taking all time and memory", () => {
  const many = Array.from({ length: 50_000 }, (_, at) => task(`1.${at + 1}`, "1"));
  const index = indexPlan(many, [{ key: "1", number: "1" }]);
  const { references } = readReferences("1.1-1.50000", 0, PLAN_FILE_IDS);
  let found = 0;
  let cut = false;
  for (let round = 0; round < 1000; round++) {
    const named = resolveReferences(references, index, {}, true);
    found += named.tasks.length;
    cut = named.cut;
  }
  expect(cut).toBe(true);
  expect(found).toBeLessThanOrEqual(2_000_000);
});

const said = (note: string): readonly string[] =>
  readExecutionNote(note, PLAN_FILE_IDS).map(({ kind, subject, others, reason, marked }) =>
    [
      `${kind}${marked ? "!" : ""}`,
      subject.map(shown).join(", "),
      ...(others.length > 0 ? [`with ${others.map(shown).join(", ")}`] : []),
      `- ${reason}`,
    ].join(" "),
  );

test.each<[string, readonly string[]]>([
  ["Tasks 3.1-3.4 are [SEQUENTIAL] - all modify a.ts", ["sequential! 3.1..3.4 - all modify a.ts"]],
  ["Task 3.1 is [SEQUENTIAL] - 1.3 creates it", ["sequential! 3.1 - 1.3 creates it"]],
  ["Tasks 5.2 and 5.4 are [SEQUENTIAL] - one file", ["sequential! 5.2, 5.4 - one file"]],
  ["Tasks 3.1-6.1 are [SEQUENTIAL]", ["sequential! 3.1..6.1 - "]],
  [
    "Task 4.1 is [SEQUENTIAL] with Phase 3 - same file",
    ["sequential! 4.1 with phase 3 - same file"],
  ],
  [
    "Phases 1-3, 5 are [PARALLEL] - separate folders",
    ["parallel! phase 1..3, phase 5 - separate folders"],
  ],
  [
    "Tasks 1.1, 1.3, 1.4 modify docs/a.md (can run in parallel - merge conflicts unlikely)",
    ["parallel 1.1, 1.3, 1.4 - merge conflicts unlikely"],
  ],
  [
    "Phase 7 should be implemented FIRST as it defines the options",
    ["first phase 7 - it defines the options"],
  ],
  [
    "Phase 2 is foundational - Phases 3-5 depend on the context system.",
    ["plain phase 2 - is foundational -", "plain phase 3..5 - depend on the context system."],
  ],
  ["Phases 3-5 depend on Phase 2", ["after phase 3..5 with phase 2 - "]],
  [
    "Tasks 1.1-1.2 are [SEQUENTIAL] - a. Tasks 2.1-2.3 are [SEQUENTIAL] - b.",
    ["sequential! 1.1..1.2 - a.", "sequential! 2.1..2.3 - b."],
  ],
  ["Tasks 1.1-1.2 are `[SEQUENTIAL]` - a", ["sequential! 1.1..1.2 - a"]],
  ["Tasks 2.1-2.3 must not run in parallel", ["sequential 2.1..2.3 - "]],
  ["Be careful here.", []],
])("the note %j", (note, statements) => {
  expect(said(note)).toStrictEqual(statements);
});
