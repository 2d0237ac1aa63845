import { expect, test } from "vitest";
import { executable } from "../../../src/execution/executable.ts";
import { simulateExecution } from "../../../src/execution/simulate-execution.ts";
import { buildGraph } from "../../../src/plan/graph/build-graph.ts";
import { readPlan } from "../../../src/plan/read-plan.ts";
import { usesOfTasks } from "../../../src/plan/resources/plan-uses.ts";
import { RULES } from "./any-run.ts";

const S4 = `# Plan

## Phase 1: Import

**Execution Note:** Tasks 1.1-1.2 are [SEQUENTIAL] - both change the reader

- [ ] 1.1 Read folders [1h]
- [ ] 1.2 Read headers [1h]
- [ ] 1.3 Write the list in \`src/list.ts\` [1h] [PARALLEL]
- [ ] 1.4 Sort the list in \`src/list.ts\` [1h] [PARALLEL]
- [ ] 1.5 Draw it (depends: 1.3) [1h]

**VERIFY Phase 1:**
- [ ] The list is there

## Phase 2: Search

- [ ] 2.1 Index [1h]
`;

const SPEC_KIT = `# Tasks: Albums

## Phase 1: Setup

- [ ] T001 Create the project in src/main.ts
- [ ] T002 [P] Add the page in src/page.ts
- [ ] T003 [P] Add the style in src/page.ts
- [ ] T004 [P] Add the words in src/words.ts
`;

/** When each task begins, in hours, with so many workers that nobody waits for one; each takes an hour. */
function begins(file: string, text: string): Readonly<Record<string, number>> {
  const plan = readPlan([{ file, text }]);
  const graph = buildGraph(plan, { barriers: "phases", inferred: true });
  const uses = usesOfTasks(plan.tasks.map((task) => [task.key, task]));
  const run = simulateExecution(executable(graph, { uses }), {
    rules: { ...RULES, limits: { workers: 9 } },
    durations: graph.nodes.map(() => 60),
  });
  expect(run.standing).toBe("completed");
  return Object.fromEntries([...run.times].map(([key, { start }]) => [key, start / 60]));
}

test("S4's plans: groups one at a time, dependencies, phases and their checks, and no mark beats a file", () => {
  expect(begins("docs/plans/a.md", S4)).toEqual({
    "1.1": 0,
    "1.2": 1,
    "1.3": 0,
    "1.4": 1,
    "1.5": 1,
    "VERIFY 1": 2,
    "2.1": 3,
  });
});

test("S4's plans: a phase that may begin early, and a check that holds up nothing", () => {
  const early = S4.replace("## Phase 2: Search", "## Phase 2: Search (pipeline-start: 1.1)");
  expect(begins("docs/plans/a.md", early)["2.1"]).toBe(1);
  const loose = S4.replace("**VERIFY Phase 1:**", "**VERIFY Phase 1 (non-blocking):**");
  expect(begins("docs/plans/a.md", loose)["2.1"]).toBe(2);
});

test("Spec Kit's plans: what is not marked runs alone, what is marked beside each other, but for one file", () => {
  expect(begins("specs/001/tasks.md", SPEC_KIT)).toEqual({ T001: 0, T002: 1, T003: 2, T004: 1 });
});
