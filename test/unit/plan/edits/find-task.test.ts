import { expect, test } from "vitest";
import { findTask } from "../../../../src/plan/edits/find-task.ts";
import { readPlan } from "../../../../src/plan/read-plan.ts";

const found = (text: string, wanted: string) =>
  findTask(readPlan([{ file: "docs/plans/core.md", text }]), wanted);

test("a task that is not there: near ones are named, and of a plan without tasks what to do", () => {
  expect(found("# Plan\n\n## Phase 1: A\n\n- [ ] 1.1 Do it\n", "1.2")).toMatchObject({
    ok: false,
    error: { code: "PLAN_TASK_UNKNOWN", hint: "Take one that is there: 1.1." },
  });
  expect(found("", "1.1")).toMatchObject({
    ok: false,
    error: { hint: "The plan has no tasks at all; see why with: wavegate plans validate" },
  });
});
