/** Changing tasks while other processes do, too (PX-02). */
import { expect, test } from "vitest";
import { digestOf } from "../../../src/adapters/shared/digest.ts";
import { editTasks } from "../../../src/app/plans/edit-tasks.ts";
import type { EditWish } from "../../../src/app/plans/plan-cases.ts";
import type { PlanPorts } from "../../../src/app/plans/plan-ports.ts";
import { readStatus } from "../../../src/plan/status/read-status.ts";
import { createMemoryPlanFiles } from "../../../src/testing/memory-plan-files.ts";

const PLAN = "docs/plans/a.md";
const STATUS = "docs/plan-outputs/a/status.json";

/** A plan without a status file, and what it takes to change it. */
function repository() {
  const disk = new Map([[PLAN, "# Plan\n\n## Phase 1: A\n\n- [ ] 1.1 Do it\n- [ ] 1.2 Do that\n"]]);
  const planFiles = createMemoryPlanFiles(disk);
  const ports: PlanPorts = {
    planFiles,
    planContext: {
      variables: {},
      inProject: (given) => given,
      branch: async () => undefined,
      localTime: (iso) => iso,
    },
    projectPaths: { list: async () => [...disk.keys()] },
    commitLog: { changedFiles: async () => ({ ok: true, value: [] }) },
    fileWatch: { async *changes() {} },
    otherRepository: () => undefined,
    clock: { now: () => Date.parse("2026-01-02T03:04:05Z") },
    digestOf,
  };
  return { disk, ports };
}

/** As if another process had the lock first, and started the task. */
const startedMeanwhile = (ports: PlanPorts) => editedMeanwhile(ports, "start");

const editedMeanwhile = (ports: PlanPorts, action: EditWish["action"]): PlanPorts => ({
  ...ports,
  planFiles: {
    ...ports.planFiles,
    async change(change) {
      await editTasks(ports, { names: [PLAN, "1.1"], action });
      return ports.planFiles.change(change);
    },
  },
});

test("a status file that another process makes before a tick has the lock, is brought up to date, too", async () => {
  const { disk, ports } = repository();
  const late = startedMeanwhile(ports);
  const { tasks } = await editTasks(late, { names: [PLAN, "1.1"], action: "tick" });
  const status = readStatus({ file: STATUS, text: disk.get(STATUS) ?? "" });
  if (!status.ok) throw status.error;
  expect(status.value.tasks.map(({ id, state }) => [id, state])).toEqual([
    ["1.1", "completed"],
    ["1.2", "pending"],
  ]);
  expect(tasks).toMatchObject([{ key: "1.1", before: "in-progress", after: "done" }]);
});

test("what its rules don't allow is refused, also where it was made only meanwhile", async () => {
  const { ports } = repository();
  const reset = editTasks(startedMeanwhile(ports), { names: [PLAN, "1.1"], action: "reset" });
  await expect(reset).rejects.toMatchObject({ code: "PLAN_EDIT_REFUSED" });
});

test("a tick of a plan without a status file makes none", async () => {
  const { disk, ports } = repository();
  await editTasks(ports, { names: [PLAN, "1.1"], action: "tick" });
  expect([...disk.keys()]).toEqual([PLAN]);
  expect(disk.get(PLAN)).toContain("- [x] 1.1");
});

test("of two ticks at once one changes the task, and the other finds it done", async () => {
  const { ports } = repository();
  const wish = { names: [PLAN, "1.1"], action: "tick" } as const;
  const late = await editTasks(editedMeanwhile(ports, "tick"), wish);
  expect(late).toMatchObject({
    tasks: [{ key: "1.1", before: "done", after: "done", changed: false }],
    lines: [],
  });
});

test("what others do once the lock is let go is not told as this edit's", async () => {
  const { ports } = repository();
  const early: PlanPorts = {
    ...ports,
    planFiles: {
      ...ports.planFiles,
      async change(change) {
        const changed = await ports.planFiles.change(change);
        await editTasks(ports, { names: [PLAN, "1.1"], action: "reset" });
        return changed;
      },
    },
  };
  const { tasks } = await editTasks(early, { names: [PLAN, "1.1"], action: "tick" });
  expect(tasks).toMatchObject([{ key: "1.1", before: "open", after: "done", changed: true }]);
});
