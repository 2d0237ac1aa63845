import { expect, test } from "vitest";
import type { AnalysedPlan } from "../../../src/analysis/input.ts";
import type { Luck } from "../../../src/analysis/measure/trials.ts";
import { measureOpportunities } from "../../../src/analysis/recommendations/measure-opportunities.ts";
import { mergeOrders } from "../../../src/analysis/recommendations/merge-order.ts";
import {
  opportunitiesOf,
  recommendations,
} from "../../../src/analysis/recommendations/recommendations.ts";
import { risksOf } from "../../../src/analysis/recommendations/risks.ts";
import { roadmapOf } from "../../../src/analysis/recommendations/roadmap.ts";
import { analysed, inputOf, SHOP } from "./analysed.ts";

/** Everything takes what is expected: figures can be worked out by hand. */
const certain = ({ barriers }: AnalysedPlan): Luck => ({
  replications: 1,
  factors: new Map(barriers.nodes.map(({ key }) => [key, Float64Array.of(1)])),
});

function measured(text: string, file?: string) {
  const plan = analysed(text, file);
  const luck = certain(plan);
  const all = measureOpportunities(plan, opportunitiesOf(plan), luck);
  return {
    plan,
    all,
    worth: all.worth.map(({ opportunity, saves }) => [
      opportunity.kind,
      opportunity.deed,
      [...saves.values()],
    ]),
  };
}

test("each change of a small plan, and the minutes it saves with 1, 3 and 8 workers, by hand", () => {
  // as written: 1.3, 1.4, VERIFY 1 until 130, then 2.2 and 2.3 one after the other until 190
  expect(measured(SHOP).worth).toEqual([
    // all done when 1.3, 1.4 and VERIFY 1 are: 130
    ["overlap-phases", "Let phase 2 run beside phase 1", [0, 60, 60]],
    // 1.3 and 1.4 at once: phase 1 until 70
    ["drop-sequence", "Remove [SEQUENTIAL] of 1.3-1.4", [0, 60, 60]],
    // 2.1, 2.2 and 2.3 at once: 30 minutes for phase 2
    ["split-file", "Give the 2 writers of src/menu.ts a file each", [0, 30, 30]],
    // not VERIFY 1: 2.1 needs 1.2 of what it verifies
  ]);
});

test("the longest task of the critical path, split: its halves run at once", () => {
  const { worth } = measured(`# Implementation Plan: Two

## Phase 1: All

- [ ] 1.1 Write \`src/a.ts\` [60m]
- [ ] 1.2 Write \`src/b.ts\` (depends: 1.1) [20m]
`);
  expect(worth).toEqual([
    ["split-task", "Split 1.1 into two tasks that can run at once", [0, 30, 30]],
  ]);
});

test("a sequential group of which one task shares nothing is narrowed", () => {
  const { worth } = measured(`# Implementation Plan: Group

## Phase 1: All

**Execution Note:** Tasks 1.1-1.3 are [SEQUENTIAL] - one file

- [ ] 1.1 Write \`src/a.ts\` [30m]
- [ ] 1.2 Update \`src/a.ts\` [30m]
- [ ] 1.3 Write \`src/b.ts\` [30m]
`);
  expect(worth[0]).toEqual([
    "narrow-sequence",
    "Narrow [SEQUENTIAL] 1.1-1.3 to 1.1, 1.2",
    [0, 30, 30],
  ]);
});

test("tasks without [P] that share nothing are marked", () => {
  const { worth } = measured(
    `# Tasks: Marks

## Phase 1: Setup

- [ ] T001 Create src/a.ts
- [ ] T002 Create src/b.ts
- [ ] T003 [P] Create src/c.ts
`,
    "specs/001-marks/tasks.md",
  );
  // three tasks of 30 minutes: T001, T002, T003 one after the other; then all at once
  expect(worth).toContainEqual(["mark-parallel", "Mark T001, T002 of phase 1 as [P]", [0, 60, 60]]);
});

test("a phase that reads what the one before writes runs beside it only with that dependency", () => {
  const text = `# Implementation Plan: Ties

## Phase 1: Make

- [ ] 1.1 Create \`src/a.ts\` [60m]
- [ ] 1.2 Create \`src/b.ts\` [10m]

## Phase 2: Use

- [ ] 2.1 Update \`src/b.ts\` [30m]

## Phase 3: More

- [ ] 3.1 Create \`src/c.ts\` [5m]
`;
  const { worth, all } = measured(text);
  // written: 60 + 30 + 5; beside: 2.1 from minute 10 to 40, 3.1 after both phases
  expect(worth[0]).toEqual([
    "declare-dependencies",
    "Start each task when what it waits for is done, in place of whole phases",
    [0, 35, 35],
  ]);
  expect(worth[1]).toEqual(["overlap-phases", "Let phase 2 run beside phase 1", [0, 30, 30]]);
  expect(all.worth[1]?.opportunity.because).toBe(
    "no dependency leads from one into the other; src/b.ts ties 1 task, which would say so",
  );
  expect(all.worth[1]?.opportunity.lines).toBe(2);
});

test("the roadmap adds up: edits of the plan first, each measured on top of those before", () => {
  const { plan, all } = measured(SHOP);
  const { before, steps } = roadmapOf(plan, all.worth, certain(plan));
  expect(before).toBe(190);
  expect(
    steps.map(({ measured: { opportunity }, saves, after, overlaps }) => [
      opportunity.kind,
      saves,
      after,
      overlaps,
    ]),
  ).toEqual([
    ["overlap-phases", 60, 130, []],
    // first 1.3, 1.4 and 1.1, 1.2 until 60 with 2.1; then 2.2 until 90 and 2.3 until 120, as they write one file
    ["drop-sequence", 10, 120, [1]],
    // 2.2 and 2.3 at once
    ["split-file", 30, 90, [1]],
  ]);
});

test("writers of one thing: the order in which they are best landed", () => {
  const plan = analysed(`# Implementation Plan: Order

## Phase 1: All

- [ ] 1.1 Update \`src/menu.ts\` [10m]
- [ ] 1.2 Update \`src/menu.ts\` [10m]
- [ ] 1.3 Create \`src/page.ts\` (depends: 1.2) [60m]
`);
  // 1.2 first: 10 + 60; in the order of the document: 10 + 10 + 60
  expect(mergeOrders(plan, certain(plan))).toEqual([
    { resource: "src/menu.ts", order: ["1.2", "1.1"], saves: 10 },
  ]);
});

test("risks that are there, with their number", () => {
  expect(risksOf(analysed(SHOP)).map(({ count, of, unit }) => [count, of, unit])).toEqual([
    [1, 1, "pairs of writers without order"],
    [1, 2, "phases"],
  ]);
});

test("the finding is the same each time", () => {
  const plan = analysed(SHOP);
  const finding = recommendations(inputOf(plan));
  expect(finding.sections.map(({ id }) => id)).toEqual([
    "opportunities-shop",
    "effort-shop",
    "risks-shop",
    "roadmap-shop",
  ]);
  expect(recommendations(inputOf(plan))).toEqual(finding);
});
