/** What is seen of a whole run of plans in memory, from the events that it records itself. */
import { expect, test } from "vitest";
import type { RecordedEvent } from "../../../src/core/event.ts";
import { asksOf } from "../../../src/history/execution/asks.ts";
import { compareWithPlan } from "../../../src/history/execution/compare-with-plan.ts";
import { criticalChain } from "../../../src/history/execution/critical-chain.ts";
import { executionFigures } from "../../../src/history/execution/execution-figures.ts";
import { executionOf } from "../../../src/history/execution/record-execution.ts";
import { whyOpen, whyTask } from "../../../src/history/execution/why-task.ts";
import { traceOf } from "../../../src/history/trace/trace-of.ts";
import type { Engine } from "../../../src/ports/engine.ts";
import { executionFrame } from "../../../src/reporters/execution/execution-frame.ts";
import { createMarkerWriter } from "../../../src/reporters/execution/marker-writer.ts";
import { executionPage } from "../../../src/reporters/execution/page/execution-page.ts";
import { planWorld, started } from "./plan-world.ts";

const PLAN = `# Implementation Plan: Core

## Phase 1: Base

- [x] 1.1 Lay the ground
- [ ] 1.2 Write the reader
  - Files: \`reader.txt\`
- [ ] 1.3 Write the writer

**VERIFY Phase 1**:
- [ ] The reader reads

## Phase 2: More

- [ ] 2.1 Join them
`;

async function recordsOf(engine: Engine): Promise<readonly RecordedEvent[]> {
  const records: RecordedEvent[] = [];
  for await (const record of engine.events("run-1", 0)) records.push(record);
  return records;
}

function historyOf(records: readonly RecordedEvent[]) {
  const history = executionOf(records);
  if (!history) throw new Error("The run began no plans.");
  return history;
}

/** 1.3 comes to nothing once, 1.2 changes what a person has to look at first. */
async function askedRun() {
  const world = planWorld({
    plans: { "docs/plans/core.md": PLAN },
    deeds: {
      "1.2": (tree) => void tree.set("reader.txt", "x").set(".github/workflows/ci.yml", "y"),
      "1.3": (tree, _, before) =>
        before === 0 ? { kind: "crashed", message: "segfault" } : void tree.set("w.txt", "x"),
    },
    input: { test: "npm test", limits: { workers: 2 } },
  });
  const engine = await started(world);
  await engine.settled("run-1");
  return { engine, records: await recordsOf(engine) };
}

test("while a person is waited for: what is asked, what waits for it, and who worked", async () => {
  const { records } = await askedRun();
  const history = historyOf(records);
  expect(asksOf(history)).toMatchObject([
    { task: "1.2", kind: "protected-change", details: [".github/workflows/ci.yml"], holdsUp: 2 },
  ]);
  expect(Object.fromEntries(whyOpen(history))).toEqual({
    "VERIFY 1": { kind: "stuck", on: "1.2", through: [] },
    "2.1": { kind: "stuck", on: "1.2", through: ["VERIFY 1"] },
  });
  const retried = whyTask(history, "1.3")?.task;
  expect(retried?.status).toBe("done");
  expect(retried?.attempts).toMatchObject([
    { number: 1, agent: "coder", last: "failed", reason: { kind: "crashed" } },
    { number: 2, agent: "coder", last: "landed", workMs: expect.any(Number) },
  ]);
  const frame = executionFrame(history, {
    color: false,
    unicode: true,
    width: 80,
    now: history.seenAt,
  }).join("\n");
  expect(frame).toContain("wavegate task run-1 1.2 --allow");
  expect(frame).toContain("1 Base");
});

test("at the end: everything is done and accounted for, and views agree with the run", async () => {
  const { engine } = await askedRun();
  await engine.tell("run-1", {
    key: "word",
    value: { kind: "task", task: "1.2", by: "ann", says: { what: "allow" } },
  });
  expect(await engine.settled("run-1")).toMatchObject({ status: "completed" });
  const records = await recordsOf(engine);
  const history = historyOf(records);
  const figures = executionFigures(history, history.seenAt);
  expect(figures.counts).toMatchObject({ done: 5, open: 0, running: 0, blocked: 0 });
  expect(figures.attempts).toBe(5);
  expect(history.tasks.get("1.2")?.words).toMatchObject([{ by: "ann", says: "allow" }]);
  for (const { stretches } of history.tasks.values())
    for (const { lane = 0 } of stretches) expect(lane).toBeLessThanOrEqual(2);
  const chain = criticalChain(history);
  expect(chain[0]?.from).toBe(history.startedAt);
  for (const [index, { from }] of chain.entries())
    if (index > 0) expect(from).toBe(chain[index - 1]?.to);
  expect(
    compareWithPlan(history, history.seenAt)
      .tasks.filter(({ planned }) => planned)
      .map(({ task }) => task.planned.key),
  ).toEqual(["1.2", "1.3", "VERIFY 1", "2.1"]);
  expect(executionPage(history)).toContain("completed");
  const written: string[] = [];
  const output = { write: (line: string) => void written.push(line) };
  const writer = createMarkerWriter(output, output);
  for (const record of records) writer.event(record);
  expect(written.at(-1)).toBe(
    "[PROGRESS] summary completed=5 pending=0 failed=0 in_progress=0 skipped=0 blocked=0 total=5\n",
  );
  const spans = traceOf("run-1", records).spans;
  expect(spans.filter(({ end }) => !end)).toEqual([]);
  expect(spans.filter(({ kind }) => kind === "attempt").map(({ name }) => name)).toEqual(
    expect.arrayContaining(["attempt 1.2", "judge 1.2", "attempt 1.3", "attempt VERIFY 1"]),
  );
});
