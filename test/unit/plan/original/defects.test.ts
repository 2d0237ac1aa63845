/** Defects of the original, each beside what Wavegate does with the same plan and state. The page names them (docs/compatibility.md). */
import { expect, test } from "vitest";
import { buildGraph } from "../../../../src/plan/graph/build-graph.ts";
import {
  originalCheck,
  originalPhases,
  originalStatus,
} from "../../../../src/plan/original/original-answers.ts";
import { originalProgress } from "../../../../src/plan/original/original-progress.ts";
import { originalInit } from "../../../../src/plan/original/original-init.ts";
import { originalNext } from "../../../../src/plan/original/original-next.ts";
import { summaryOf, type OriginalStatus } from "../../../../src/plan/original/original-status.ts";
import { nextTasks } from "../../../../src/plan/progress/next-tasks.ts";
import { phasesState } from "../../../../src/plan/progress/phases-state.ts";
import { progressOf, type RecordedProgress } from "../../../../src/plan/progress/progress.ts";
import { standingOf } from "../../../../src/plan/progress/standing.ts";
import { readPlan } from "../../../../src/plan/read-plan.ts";
import { exclusionsOf } from "../../../../src/plan/resources/exclusions.ts";
import { usesOfTasks } from "../../../../src/plan/resources/plan-uses.ts";

const PLAN = `# Implementation Plan: Two Piers

## Phase 1: Piles

**Execution Note:** Tasks 1.1-1.2 are [SEQUENTIAL] - one crane

- [ ] 1.1 Drive piles
- [ ] 1.2 Cap piles
- [ ] 1.3 Write \`src/tide.ts\`
- [ ] 1.4 Update \`src/tide.ts\`
- [ ] 1.5 Survey

## Phase 2: Deck

- [ ] 2.1 Lay planks
- [ ] 2.2 Rail (depends: 2.1, 9.9)
`;

const STANDING = { rule: "barriers", verifications: "awaited" } as const;

type States = Readonly<Record<string, RecordedProgress["state"]>>;

/** What the original's head answers; states as in its file. */
function original(states: States = {}, text = PLAN): OriginalStatus {
  const init = originalInit("docs/plans/piers.md", text, "head", "2025-12-24T10:00:00.000Z");
  if ("error" in init) throw new Error(init.error);
  const tasks = init.status.tasks.map((task) => ({
    ...task,
    status: states[task.id] ?? "pending",
  }));
  return { ...init.status, tasks, summary: summaryOf(tasks) };
}

const theirs = (states?: States): readonly string[] =>
  originalNext(original(states), 10, "head", PLAN).tasks.map(({ id }) => id);

function view(states: States = {}, text = PLAN) {
  const plan = readPlan([{ file: "docs/plans/piers.md", text }]);
  const graph = buildGraph(plan, { barriers: "phases", inferred: true });
  const recorded = Object.entries(states).map(
    ([id, state]) => [id, { state, retries: 0 }] as const,
  );
  const progress = progressOf(graph, new Map(recorded));
  const exclusions = exclusionsOf(usesOfTasks(plan.tasks.map((task) => [task.key, task])));
  const clash = (one: string, other: string) => exclusions.clash(one, other);
  const next = nextTasks(graph, progress, { ...STANDING, count: 10, clash });
  return { plan, graph, progress, ids: next.tasks.map(({ node }) => graph.nodes[node]?.key ?? "") };
}

const ours = (states?: States): readonly string[] => view(states).ids.toSorted();

test("phases are in no order", () => {
  expect(theirs()).toContain("2.1");
  expect(ours()).not.toContain("2.1");
});

test("a sequential group is offered at once", () => {
  expect(theirs()).toEqual(expect.arrayContaining(["1.1", "1.2"]));
  expect(ours()).toContain("1.1");
  expect(ours()).not.toContain("1.2");
});

test("tasks that write one file are offered at once", () => {
  expect(theirs()).toEqual(expect.arrayContaining(["1.3", "1.4"]));
  expect(ours().filter((id) => id === "1.3" || id === "1.4")).toHaveLength(1);
});

test("one failed task hides all others", () => {
  expect(theirs({ "1.5": "failed" })).toEqual(["1.5"]);
  expect(ours({ "1.5": "failed" })).toEqual(["1.1", "1.3", "1.5"]);
});

test("one task in progress hides all others", () => {
  expect(theirs({ "1.5": "in_progress" })).toEqual(["1.5"]);
  expect(ours({ "1.5": "in_progress" })).toEqual(["1.1", "1.3"]);
});

test("check says of any pending task that it can start", () => {
  expect(originalCheck(original(), "2.2")).toMatchObject({ canStart: true });
  const { graph, progress } = view();
  const standing = standingOf(graph, progress, STANDING);
  expect(standing.holding(graph.indexOf.get("2.2") ?? -1).length).toBeGreaterThan(0);
});

test("a dependency on nothing blocks for ever, without a word", () => {
  const done = Object.fromEntries(
    ["1.1", "1.2", "1.3", "1.4", "1.5", "2.1"].map((id) => [id, "completed"] as const),
  );
  expect(theirs(done)).toEqual([]);
  const own = view(done);
  expect(own.ids).toEqual(["2.2"]);
  const said = [...own.plan.diagnostics, ...own.graph.problems].map(({ message }) => message);
  expect(said.some((message) => message.includes("9.9"))).toBe(true);
});

test("a plan with Windows line ends is empty", () => {
  const windows = PLAN.replaceAll("\n", "\r\n");
  expect(original({}, windows).tasks).toEqual([]);
  expect(view({}, windows).plan.tasks.map(({ key }) => key)).toEqual(
    view().plan.tasks.map(({ key }) => key),
  );
});

/** Percent and state of each phase, as both see it. */
function phases(states: States, text = PLAN) {
  const { graph, progress } = view(states, text);
  return {
    theirs: originalPhases(original(states, text)).phases.map((one) => [
      one.percentage,
      one.status,
    ]),
    ours: phasesState(graph, progress, STANDING).map((one) => [one.percent, one.state]),
  };
}

test("a phase with a skipped task is never complete", () => {
  const states = { "2.1": "completed", "2.2": "skipped" } as const;
  const first = ["1.1", "1.2", "1.3", "1.4", "1.5"].map((id) => [id, "completed"] as const);
  const { theirs: one, ours: other } = phases({ ...states, ...Object.fromEntries(first) });
  expect(one).toEqual([
    [100, "complete"],
    [50, "in_progress"],
  ]);
  expect(other).toEqual([
    [100, "complete"],
    [100, "complete"],
  ]);
});

test("a phase is complete when its percentage rounds to 100, and pending when it rounds to 0", () => {
  const boxes = Array.from({ length: 300 }, (_, index) => `- [ ] 1.${index + 1} x`);
  const text = `# Implementation Plan: Many\n\n## Phase 1: One\n\n${boxes.join("\n")}\n`;
  const done = (count: number): States =>
    Object.fromEntries(boxes.slice(0, count).map((_, index) => [`1.${index + 1}`, "completed"]));
  expect(phases(done(299), text)).toEqual({ theirs: [[100, "complete"]], ours: [[99, "open"]] });
  expect(phases(done(1), text)).toEqual({ theirs: [[0, "pending"]], ours: [[0, "open"]] });
});

test("the current phase stays the first", () => {
  const first = ["1.1", "1.2", "1.3", "1.4", "1.5"].map((id) => [id, "completed"] as const);
  const states = Object.fromEntries(first);
  expect(originalStatus(original(states)).currentPhase).toBe("Phase 1: Piles");
  expect(originalProgress(original(states)).currentPhase).toBe("Phase 1: Piles");
  const { graph, progress } = view(states);
  const open = phasesState(graph, progress, STANDING).filter(({ state }) => state === "open");
  expect(open.map(({ phase }) => phase.title)).toEqual(["Deck"]);
});
