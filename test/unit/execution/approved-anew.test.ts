import { expect, test } from "vitest";
import { approvedAnew } from "../../../src/execution/approved-anew.ts";
import { carryOver } from "../../../src/execution/carry-over.ts";
import { NOTHING_DONE } from "../../../src/execution/run-state.ts";
import type { TaskState } from "../../../src/execution/task-state.ts";
import { readPlan } from "../../../src/plan/read-plan.ts";
import { graphOf } from "./any-run.ts";

const planned = (tasks: string) =>
  graphOf(
    readPlan([
      { file: "docs/plans/a.md", text: `# Implementation Plan: A\n\n## Phase 1: A\n\n${tasks}\n` },
    ]),
  );
const doneBy = (attempt: number): TaskState => ({
  status: "done",
  evidence: {
    kind: "work",
    attempt,
    changed: [],
    shown: [],
    declared: false,
    outputs: [],
    checks: [],
  },
});
const byPlan: TaskState = { status: "done", evidence: { kind: "plan" } };
const tries = { attempt: 2, used: 2, granted: 0 };
const skipped: TaskState = { status: "skipped", tries, by: "ann", why: "not now" };

test("of a plan that is approved anew, what has the same words is done; what has others, and what verifies, is to be done", () => {
  const before = planned(
    "- [ ] 1.1 Keep\n- [ ] 1.2 Change\n- [ ] 1.3 Tick\n- [ ] 1.4 Leave out\n- [ ] 1.5 Drop\n\n**VERIFY Phase 1**:\n- [ ] It holds",
  );
  const after = planned(
    "- [ ] 1.1 Keep\n- [ ] 1.2 Change it all\n- [x] 1.3 Tick it\n- [ ] 1.4 Leave out\n- [ ] 1.6 Add\n\n**VERIFY Phase 1**:\n- [ ] It holds",
  );
  const tasks = new Map<string, TaskState>([
    ["1.1", doneBy(1)],
    ["1.2", doneBy(3)],
    ["1.3", doneBy(1)],
    ["1.4", skipped],
    ["1.5", doneBy(1)],
    ["VERIFY 1", doneBy(2)],
  ]);
  const initial = new Map([["1.3", byPlan]]);
  const state = { ...NOTHING_DONE, tasks, released: new Set(["gate"]) };
  const { state: now, edits } = approvedAnew(
    carryOver(before, after, state, initial),
    after,
    initial,
  );
  expect(Object.fromEntries(now.tasks)).toEqual({
    "1.1": doneBy(1),
    "1.2": { status: "open", tries: { attempt: 3, used: 0, granted: 0 } },
    "1.3": byPlan,
    "1.4": skipped,
    "VERIFY 1": { status: "open", tries: { attempt: 2, used: 0, granted: 0 } },
  });
  expect(now.released.size).toBe(0);
  expect(edits.map(({ key, what, status }) => `${key} ${what} ${status}`)).toEqual([
    "1.2 reworded open",
    "1.3 reworded done",
    "1.6 added open",
    "1.5 removed done",
    "VERIFY 1 unticked open",
  ]);
});
