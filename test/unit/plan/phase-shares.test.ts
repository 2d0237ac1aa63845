import fc from "fast-check";
import { expect, test } from "vitest";
import { buildGraph } from "../../../src/plan/graph/build-graph.ts";
import { withPhaseShares } from "../../../src/plan/phase-shares.ts";
import { readPlan } from "../../../src/plan/read-plan.ts";
import type { Estimate, Plan } from "../../../src/plan/model.ts";
import { phase, place, planOf, task } from "./plans.ts";

const said = (minutes: number): Estimate => ({ minutes, source: "text", place: place(7) });

const part = (key: string, parent: string) => task(key, { phase: "1", parent });

const timesOf = (plan: Plan) =>
  plan.tasks.map(({ key, estimate }) => [key, estimate?.minutes, estimate?.source]);

test("what is left of a phase's time is spread over tasks that say nothing, a check a third", () => {
  const shared = withPhaseShares(
    planOf({
      phases: [phase("1", [], { estimate: said(480) }), phase("2", ["1"])],
      tasks: [
        task("1.1", { estimate: said(130) }),
        task("1.2"),
        task("1.3", { verifies: true }),
        task("1.4"),
        task("2.1"),
      ],
    }),
  );
  expect(timesOf(shared)).toEqual([
    ["1.1", 130, "text"],
    ["1.2", 150, "phase"],
    ["1.3", 50, "phase"],
    ["1.4", 150, "phase"],
    ["2.1", undefined, undefined],
  ]);
  expect(shared.tasks[1]?.estimate?.place).toEqual(place(7));
  expect(withPhaseShares(shared)).toEqual(shared);
});

test("parts share, what is done by parts or within a said time does not; nothing left, nothing spread", () => {
  const tasks = [
    task("1.1"),
    part("1.1.1", "1.1"),
    part("1.1.2", "1.1"),
    task("1.2", { estimate: said(40) }),
    part("1.2.1", "1.2"),
    part("1.2.2", "1.2"),
  ];
  const shared = (minutes: number, source: Estimate["source"] = "text") =>
    timesOf(
      withPhaseShares(
        planOf({ phases: [phase("1", [], { estimate: { minutes, source } })], tasks }),
      ),
    ).filter(([, , from]) => from === "phase");
  // 1.2 takes 60: two defaults are more than it says
  expect(shared(260)).toEqual([
    ["1.1.1", 100, "phase"],
    ["1.1.2", 100, "phase"],
  ]);
  expect(shared(60)).toEqual([]);
  expect(shared(260, "complexity")).toEqual([]);
});

test("the work of a phase is what it says, where a task is left to share it", () => {
  const parts = fc.record({
    own: fc.option(fc.integer({ min: 1, max: 90 }), { nil: undefined }),
    under: fc.option(fc.nat(9), { nil: undefined }),
    verifies: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(parts, { minLength: 1, maxLength: 12 }), (all) => {
      const tasks = all.map(({ own, under, verifies }, at) =>
        task(`1.${at}`, {
          phase: "1",
          verifies,
          ...(under !== undefined && under < at && { parent: `1.${under}` }),
          ...(own !== undefined && { estimate: said(own) }),
        }),
      );
      const shared = withPhaseShares(
        planOf({ phases: [phase("1", [], { estimate: said(5000) })], tasks }),
      );
      const { minutes } = buildGraph(shared, { barriers: "phases", inferred: true });
      const some = shared.tasks.some(({ estimate }) => estimate?.source === "phase");
      const total = minutes.reduce((sum, each) => sum + each, 0);
      if (some) expect(total).toBeCloseTo(5000, 6);
      else expect(total).toBeLessThan(5000);
    }),
  );
});

test.each([
  ["docs/plans/a.md", "# A\n\n## Phase 1: Core (2 days)\n\n- [ ] 1.1 Do\n- [ ] 1.2 Do more\n"],
  [
    "docs/plans/a.md",
    "# A\n\n## Phase 1: Core\n\n**Effort:** 2 days\n\n- [ ] 1.1 Do\n- [ ] 1.2 Do more\n",
  ],
  [
    "specs/001-a/tasks.md",
    "# Tasks: A\n\n## Phase 1: Setup (2 days)\n\n- [ ] T001 Do\n- [ ] T002 Do more\n",
  ],
  ["docs/prd.md", "# PRD\n\n## Phase 1: Core (2 days)\n\n### Tasks\n\n- [ ] Do\n- [ ] Do more\n"],
])("a plan that is read has the shares: %s", (file, text) => {
  const plan = readPlan([{ file, text }]);
  expect(plan.phases[0]?.estimate?.minutes).toBe(960);
  expect(plan.tasks.map(({ estimate }) => [estimate?.minutes, estimate?.source])).toEqual([
    [480, "phase"],
    [480, "phase"],
  ]);
});
