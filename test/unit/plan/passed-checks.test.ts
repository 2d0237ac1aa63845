import { expect, test } from "vitest";
import { buildGraph } from "../../../src/plan/graph/build-graph.ts";
import { nextTasks } from "../../../src/plan/progress/next-tasks.ts";
import { progressOf, type RecordedProgress } from "../../../src/plan/progress/progress.ts";
import { phasesState } from "../../../src/plan/progress/phases-state.ts";
import { readPlan } from "../../../src/plan/read-plan.ts";

const OPTIONS = { rule: "barriers", verifications: "awaited" } as const;

const TEXT = `# Implementation Plan: Checks

## Phase 1: One

- [ ] 1.1 Do
- [ ] **VERIFY 1**: It holds
- [ ] VERIFY that it stays so

## Phase 2: Two

- [ ] 2.1 Do
- [ ] VERIFY 2: It holds

## Phase 3: Three

- [ ] 3.1 Do
- [ ] 3.2 Do more
- [ ] VERIFY 3: It holds
`;

type State = RecordedProgress["state"];

/** What is passed over, what comes next and how phases stand, when a status file has these records. */
function standing(states: Readonly<Record<string, State>>, text = TEXT, barriers = true) {
  const plan = readPlan([{ file: "docs/plans/checks.md", text }]);
  const graph = buildGraph(plan, { barriers: barriers ? "phases" : "declared", inferred: true });
  const progress = progressOf(
    graph,
    new Map(Object.entries(states).map(([key, state]) => [key, { state, retries: 0 }])),
  );
  const keyOf = (node: number) => graph.nodes[node]?.key;
  return {
    passed: [...progress].flatMap(([node, { passedOver }]) => (passedOver ? [keyOf(node)] : [])),
    next: nextTasks(graph, progress, { ...OPTIONS, count: 9 }).tasks.map(({ node }) => keyOf(node)),
    phases: phasesState(graph, progress, OPTIONS).map(({ state, percent }) => [state, percent]),
  };
}

const later = { "1.1": "completed", "2.1": "completed", "3.1": "in_progress" } as const;

test("checks that are no tasks to the original are passed over once later phases were begun", () => {
  expect(standing(later)).toEqual({
    passed: ["VERIFY 1", "L7", "VERIFY 2"],
    next: ["3.2"],
    phases: [
      ["complete", 100],
      ["complete", 100],
      ["open", 0],
    ],
  });
  // by whatever rule phases begin
  expect(standing(later, TEXT, false).passed).toEqual(["VERIFY 1", "L7", "VERIFY 2"]);
  // boxes are as good as records
  const ticked = TEXT.replace("[ ] 3.1", "[x] 3.1");
  expect(standing({ "1.1": "completed", "2.1": "completed" }, ticked).passed).toHaveLength(3);
});

test("they wait to be made as long as nobody went on", () => {
  expect(standing({ "1.1": "completed" })).toMatchObject({
    passed: [],
    next: ["VERIFY 1", "L7"],
  });
  const last = { ...later, "3.1": "completed", "3.2": "completed" } as const;
  expect(standing(last).next).toEqual(["VERIFY 3"]);
  // begun out of order: the phase is not behind
  expect(standing({ "2.1": "completed" })).toMatchObject({ passed: [], next: ["1.1"] });
  // who skips a task has not begun its phase
  expect(standing({ "1.1": "completed", "2.1": "skipped" }).passed).toEqual([]);
});

test("a record counts, and so does a number of its own", () => {
  expect(standing({ ...later, "VERIFY 1": "pending" })).toMatchObject({
    passed: ["L7", "VERIFY 2"],
    next: ["VERIFY 1", "3.2"],
  });
  const numbered = TEXT.replace("- [ ] **VERIFY 1**", "- [ ] 1.2 [VERIFY]");
  expect(standing(later, numbered)).toMatchObject({
    passed: ["L7", "VERIFY 2"],
    next: ["1.2", "3.2"],
  });
});

test("a phase that may begin early says nothing of the one before", () => {
  const early = TEXT.replace(
    "## Phase 3: Three",
    "## Phase 3: Three (pipeline-start: when 1.1 completes)",
  );
  expect(standing({ "1.1": "completed", "3.1": "completed" }, early).passed).toEqual([]);
});
