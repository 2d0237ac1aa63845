/** What a dry run says holds for the run itself (PX-05). */
import fc from "fast-check";
import { expect, test } from "vitest";
import { fastRun } from "../../../src/execution/preview/fast-run.ts";
import { holdInfo } from "../../../src/execution/hold-info.ts";
import { finishBound } from "../../../src/execution/preview/finish-bound.ts";
import { previewConflicts } from "../../../src/execution/preview/preview-conflicts.ts";
import { previewEstimate } from "../../../src/execution/preview/preview-estimate.ts";
import { previewPeople, questionsOfRun } from "../../../src/execution/preview/preview-people.ts";
import { EXECUTION_PATTERNS, type ExecutionPattern } from "../../../src/execution/patterns.ts";
import { planWork } from "../../../src/execution/plan-work.ts";
import { NOTHING_DONE, stateOfTask, type RunRules } from "../../../src/execution/run-state.ts";
import { simulateExecution } from "../../../src/execution/simulate-execution.ts";
import { isFinished } from "../../../src/execution/task-state.ts";
import { buildGraph } from "../../../src/plan/graph/build-graph.ts";
import { isWork } from "../../../src/plan/graph/model.ts";
import { readPlan } from "../../../src/plan/read-plan.ts";
import { usesOfTasks } from "../../../src/plan/resources/plan-uses.ts";
import { anyPlan } from "../plan/any-plan.ts";
import { graphOf, RULES, runOf, writesByDigit } from "./any-run.ts";

const PATTERNS = Object.keys(EXECUTION_PATTERNS) as readonly ExecutionPattern[];

/** A plan of which some is done, with files that tasks share. */
const begun = fc
  .tuple(anyPlan("any"), fc.array(fc.nat(30), { maxLength: 8 }))
  .map(([plan, done]) => {
    const graph = graphOf(plan);
    const progress = new Map(done.map((node) => [node, { state: "done", retries: 0 }] as const));
    const uses = writesByDigit(graph.indexOf.keys());
    return planWork([{ name: "a", graph, uses, progress }]);
  });

const leftOf = ({ work: { graph }, before }: ReturnType<typeof planWork>) =>
  Float64Array.from(graph.minutes, (minutes, node) => {
    const of = graph.nodes[node];
    return isWork(of) && !isFinished(stateOfTask(before, of.key)) ? minutes : 0;
  });

test("the fast model ends when the decisions of a run do, whatever is done already", () => {
  fc.assert(
    fc.property(begun, fc.integer({ min: 1, max: 4 }), (plan, workers) => {
      const { work, uses, before } = plan;
      fc.pre(work.sequences.size === 0 && work.parts.size === 0);
      const left = leftOf(plan);
      const fast = fastRun(work, { left, uses, before, workers })(left);
      const real = simulateExecution(work, {
        rules: { ...RULES, limits: { workers } },
        durations: left,
        from: before,
      });
      expect(fast.makespan).toBeCloseTo(real.makespan, 6);
      expect(fast.busy).toBeCloseTo(real.busy, 6);
    }),
  );
});

test("no run by any pattern ends before the bound", () => {
  fc.assert(
    fc.property(
      begun,
      fc.constantFrom(...PATTERNS),
      fc.integer({ min: 1, max: 4 }),
      (plan, pattern, workers) => {
        const rules: RunRules = { ...RULES, pattern, limits: { workers } };
        const minutes = leftOf(plan);
        const { makespan } = simulateExecution(plan.work, {
          rules,
          durations: minutes,
          from: plan.before,
        });
        const bound = finishBound(plan.work, { ...plan, minutes, rules });
        expect(bound).toBeLessThanOrEqual(makespan + 1e-6);
      },
    ),
  );
});

test("an estimate is the same each time, and its percentiles are in order", () => {
  const draws = { noise: { kind: "lognormal", sigma: 0.54 }, seed: 4 } as const;
  fc.assert(
    fc.property(begun, fc.constantFrom(...PATTERNS), (plan, pattern) => {
      const rules: RunRules = { ...RULES, pattern };
      const { estimate } = previewEstimate(plan, rules, draws);
      const { expected, spread, bound, work, apart } = estimate;
      expect(previewEstimate(plan, rules, draws).estimate).toEqual(estimate);
      expect(bound).toBeLessThanOrEqual(expected);
      expect(expected).toBeLessThanOrEqual(work + 1e-6);
      expect(apart).toBeGreaterThanOrEqual(0);
      if (spread)
        expect([spread.p50, spread.p80, spread.p95]).toEqual(
          [spread.p50, spread.p80, spread.p95].toSorted((a, b) => a - b),
        );
    }),
    { numRuns: 20 },
  );
});

const TEXT = `# Implementation Plan: X

## Phase 1: Things

- [ ] 1.1 Create \`src/other.ts\`
  - Files: src/words.ts (modify)
- [ ] 1.2 Change the build in \`.github/workflows/ci.yml\`
- [ ] 1.3 Extend \`src/list.ts\` by sorting
- [ ] 1.4 Extend \`src/list.ts\` by filters
- [x] 1.5 Extend \`src/list.ts\` by pages
- [ ] 1.6 Think about it

**VERIFY Phase 1**:
`;

function thingsPlan() {
  const plan = readPlan([{ file: "docs/plans/a.md", text: TEXT }]);
  const graph = buildGraph(plan, { barriers: "phases", inferred: true });
  const uses = usesOfTasks(plan.tasks.map((task) => [task.key, task]));
  const progress = new Map([
    [graph.indexOf.get("1.5") ?? -1, { state: "done", retries: 0 } as const],
  ]);
  return planWork([{ name: "a", graph, uses, progress }]);
}

test("what would collide, and what names nothing", () => {
  const { pairs, hot, unknown } = previewConflicts(thingsPlan());
  expect(pairs).toBe(1);
  expect(hot).toMatchObject([{ resource: "src/list.ts", writers: ["1.3", "1.4"] }]);
  expect(unknown).toEqual(["1.6"]);
});

test("what a person will be asked about, as far as the plan shows it", () => {
  const asked = previewPeople(thingsPlan(), RULES);
  expect(asked.map(({ kind, key, paths }) => [kind, key, paths])).toEqual([
    ["outside-declared", "1.1", ["src/other.ts"]],
    ["protected-change", "1.2", [".github/workflows/ci.yml"]],
    ["agent-asked", "VERIFY 1", []],
  ]);
});

test("what a run can't begin without is asked for first", () => {
  const base = { runId: "run-1", outcome: "failed", shown: "exit code 1" } as const;
  expect(questionsOfRun({ unnamed: undefined, base: { ...base, outcome: "passed" } })).toEqual([]);
  const asked = questionsOfRun({ unnamed: "Name one with --agent.", base });
  expect(asked.map(({ kind, message }) => [kind, message])).toEqual([
    ["agent", "Nobody is named that works on tasks. Name one with --agent."],
    ["failing-tests", expect.stringContaining("failed on this commit in run run-1")],
  ]);
});

test.each([
  [["1.1"], "1.1 failed: no such file or directory."],
  [["1.1", "1.2"], "1.1 failed: no such file or directory. 1 more task failed."],
  [["1.1", "1.2", "1.3"], "1.1 failed: no such file or directory. 2 more tasks failed."],
])("what failed is told as a sentence, and how many failed besides: %j", (keys, told) => {
  const tasks = ["1.1", "1.2", "1.3"].map((key) => `- [ ] ${key} Do it\n`).join("");
  const work = runOf(readPlan([{ file: "a.md", text: `## Phase 1: A\n\n${tasks}` }]));
  const reason = { kind: "crashed", message: "no such file or directory", details: [] };
  const state = {
    status: "failed",
    tries: { attempt: 1, used: 1, granted: 0 },
    reason,
    final: true,
  } as const;
  const tasksFailed = new Map(keys.map((key) => [key, state]));
  const cause = { runId: "run-1" };
  const info = holdInfo(work, { ...NOTHING_DONE, tasks: tasksFailed }, { points: [], cause });
  expect(info.reason).toBe(told);
});

test("a run that nothing leads on says what is left, and how to find out why", () => {
  const work = runOf(readPlan([{ file: "a.md", text: "## Phase 1: A\n\n- [ ] 1.1 Do it\n" }]));
  const info = holdInfo(work, NOTHING_DONE, { points: [], cause: { runId: "run-1" } });
  expect(info.reason).toBe("Nothing leads to what is left: 1.1.");
  expect(info.hint).toMatch(/wavegate why run-1; .* wavegate task run-1 1\.1 --retry/);
});
