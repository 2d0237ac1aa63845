import { expect, test } from "vitest";
import { whyApart } from "../../../src/app/execution/why-apart.ts";
import type { PlanPorts } from "../../../src/app/plans/plan-ports.ts";
import { executionOf } from "../../../src/history/execution/record-execution.ts";
import { createMemoryFiles } from "../../../src/testing/memory-files.ts";
import { createMemoryPlanFiles } from "../../../src/testing/memory-plan-files.ts";
import { begins, plannedTask, recordedRun, startedRun } from "../history/execution-runs.ts";

const FILE = "docs/plans/core.md";
const PLAN = `# Implementation Plan: Core

## Phase 1: Base

- [ ] 1.1 Write \`src/store.ts\`
- [ ] 1.2 Change \`src/store.ts\`
- [ ] 1.3 Write \`src/other.ts\`
`;

function portsOf(text: string): PlanPorts {
  const files = createMemoryFiles();
  return {
    planFiles: createMemoryPlanFiles(new Map([[FILE, text]])),
    projectPaths: { list: async () => [FILE] },
    clock: { now: () => 0 },
    digestOf: files.digest,
  } as never;
}

function historyOf(pattern: string) {
  const tasks = ["1.1", "1.2", "1.3"].map((key) => plannedTask(key));
  const plans = [{ name: "core", file: FILE, title: "Core", digest: "" }];
  const history = executionOf(
    recordedRun([
      [0, startedRun(tasks, { plans, pattern, workers: 2 })],
      [0, begins("1.1")],
    ]),
  );
  if (!history) throw new Error("The events begin no run of plans.");
  return history;
}

test("what both write keeps a task apart from one at work; what shares nothing is not named", async () => {
  const why = await whyApart(portsOf(PLAN), historyOf("dag"));
  expect(why?.get("1.2")).toEqual({ kind: "conflict", beside: "1.1", over: "src/store.ts" });
  expect(why?.has("1.3")).toBe(false);
});

test("nothing is said of plans that are not as the run has them, are gone, or of batches", async () => {
  const changed = PLAN.replace("- [ ] 1.3", "- [ ] 1.4");
  expect(await whyApart(portsOf(changed), historyOf("dag"))).toBeNull();
  expect(await whyApart(portsOf(""), historyOf("dag"))).toBeNull();
  expect(await whyApart(portsOf(PLAN), historyOf("batched"))).toBeNull();
});
