import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import type { RecordedEvent, RunEvent } from "../../../src/core/event.ts";
import { executionOf } from "../../../src/history/execution/record-execution.ts";
import { whyOpen, whyTask } from "../../../src/history/execution/why-task.ts";
import { executionFrame } from "../../../src/reporters/execution/execution-frame.ts";
import { executionLines } from "../../../src/reporters/execution/execution-lines.ts";
import { executionReport } from "../../../src/reporters/execution/execution-report.ts";
import { createMarkerWriter } from "../../../src/reporters/execution/marker-writer.ts";
import { openTaskLines, taskWhyLines } from "../../../src/reporters/execution/task-why-lines.ts";
import { waitWords } from "../../../src/reporters/execution/wait-words.ts";
import { textWidth } from "../../../src/reporters/text-width.ts";
import {
  advanced,
  BEGIN,
  begins,
  checked,
  CROWDED,
  HALF_WAY,
  plannedTask,
  QUESTION,
  REASON,
  recordedRun,
  startedRun,
  WHOLE,
} from "../history/execution-runs.ts";
import { golden } from "./golden.ts";

const STYLE = { color: false, unicode: true, width: 80, now: BEGIN + 300_000 };

function historyOf(records: readonly RecordedEvent[]) {
  const history = executionOf(records);
  if (!history) throw new Error("The events begin no run of plans.");
  return history;
}
function whyLinesOf(records: readonly RecordedEvent[], key: string, style = STYLE) {
  const history = historyOf(records);
  const why = whyTask(history, key);
  if (!why) throw new Error(`There is no task ${key}.`);
  return taskWhyLines(history, why, style);
}
const text = (lines: readonly string[]) => `${lines.join("\n")}\n`;

test.each([
  ["execution-why-asks", HALF_WAY, "2.2"],
  ["execution-why-retried", WHOLE, "1.3"],
  ["execution-why-waits", HALF_WAY, "2.3"],
] as const)("%s looks as agreed", (name, records, key) => {
  const lines = text(whyLinesOf(records, key));
  expect(lines).toBe(golden(`${name}.txt`, lines));
});

test.each([
  ["execution-show-asks", HALF_WAY],
  ["execution-show-done", WHOLE],
] as const)("%s looks as agreed", (name, records) => {
  const lines = text(executionLines(historyOf(records), STYLE));
  expect(lines).toBe(golden(`${name}.txt`, lines));
});

test("docs/execution-views.md shows a task as it is", () => {
  const docs = readFileSync(
    path.resolve(import.meta.dirname, "../../../docs/execution-views.md"),
    "utf8",
  );
  expect(docs).toContain(text(whyLinesOf(HALF_WAY, "2.2")));
  expect(docs).toContain(markersOf(HALF_WAY).slice(0, 6).join("\n"));
});

test("lines fit the terminal, but for commands that people copy", () => {
  for (const width of [40, 60, 80]) {
    const style = { ...STYLE, width };
    const lines = [
      ...executionLines(historyOf(CROWDED), style),
      ...whyLinesOf(HALF_WAY, "2.2", style),
      ...whyLinesOf(WHOLE, "1.3", style),
    ].filter((line) => !/wavegate (?:task|why|trace)/.test(line));
    expect(Math.max(...lines.map(textWidth))).toBeLessThanOrEqual(width);
  }
});

test("why a check did not pass is told whole, and once", () => {
  const shown = `exit code 1: not ok 2 - shares cents: ${"Expected values to be strictly equal: 3 !== 4 ".repeat(2).trim()}`;
  const details = [
    `tests: ${shown}`,
    "not ok 2 - shares cents",
    "location: test/money.test.js:5:3",
  ];
  const history = run(
    startedRun([plannedTask("1")]),
    begins("1"),
    checked("1", 1, { outcome: "failed", shown }),
    advanced("1", "failed", "failed", { reason: { ...REASON, details }, final: true }),
  );
  const why = whyTask(history, "1");
  if (!why) throw new Error("There is no task 1.");
  const { ask: _asked, ...attempts } = why;
  const told = taskWhyLines(history, attempts, STYLE).join(" ").replace(/\s+/g, " ");
  expect(told.split(shown)).toHaveLength(2);
  expect(told).toContain(
    "tests did not pass. not ok 2 - shares cents location: test/money.test.js",
  );
});

const run = (...events: readonly RunEvent[]) =>
  historyOf(recordedRun(events.map((event, second) => [second, event] as const)));

test("why an open task has not begun", () => {
  const chain = [
    plannedTask("1"),
    plannedTask("2", { waitsFor: ["1"] }),
    plannedTask("3", { waitsFor: ["2"] }),
    plannedTask("4"),
  ];
  const whyOf = (history: ReturnType<typeof historyOf>) =>
    openTaskLines(history, whyOpen(history), STYLE).map((line) => line.trim().slice(2));
  expect(whyOf(run(startedRun(chain, { workers: 1 }), begins("1")))).toEqual([
    "2  it waits for 1",
    "3  it waits for 2",
    "4  the worker is busy",
  ]);
  const failed = advanced("1", "failed", "failed", { reason: REASON, final: true });
  expect(whyOf(run(startedRun(chain), begins("1"), failed))).toEqual([
    "2  it waits for 1, which needs a person's word",
    "3  it waits for 1, through 2, which needs a person's word",
    "4  nothing new is started: 1 failed",
  ]);
  const goesOn = startedRun(chain, { failures: "continue" });
  expect(whyOf(run(goesOn, begins("1"), failed)).at(-1)).toBe("4  it can begin now");
  const asked = advanced("1", "asked", "blocked", { question: QUESTION });
  expect(whyOf(run(startedRun(chain), begins("1"), asked)).at(1)).toBe(
    "3  it waits for 1, through 2, which needs a person's word",
  );
  expect(whyOf(run(startedRun(chain, { workers: 3 }), begins("1"))).at(-1)).toMatch(
    /^4 {2}it is kept apart from 1: one resource/,
  );
  const reached: RunEvent = { type: "sync-point-reached", point: "SYNC" };
  expect(whyOf(run(startedRun(chain), reached)).at(-1)).toBe(
    "4  sync point SYNC waits for a person",
  );
  expect(openTaskLines(historyOf(WHOLE), whyOpen(historyOf(WHOLE)), STYLE)).toEqual([
    " Every task has begun.",
  ]);
});

const wordsOf = (as: "conflict" | "sequence" | "tied") =>
  waitWords({ kind: "apart", beside: "1.1", as, over: "src/a.ts" });

test("what keeps two tasks apart is said in words", () => {
  expect(wordsOf("conflict")).toBe("it is kept apart from 1.1: both write src/a.ts");
  expect(wordsOf("sequence")).toContain("a group that runs one at a time (src/a.ts)");
  expect(wordsOf("tied")).toContain("dependencies tie them together");
});

function markersOf(records: readonly RecordedEvent[]): readonly string[] {
  const written: string[] = [];
  const output = { write: (line: string) => void written.push(line.trimEnd()) };
  const writer = createMarkerWriter(output, output);
  for (const record of [...records, ...records]) writer.event(record);
  return written;
}

test("markers say when a task, its phase and its plan stand another way, in S4's form, each once", () => {
  const lines = markersOf(WHOLE);
  expect(lines.slice(0, 6)).toEqual([
    "[PROGRESS] task=1.1 status=started",
    "[PROGRESS] task=1.1 status=verifying",
    "[PROGRESS] task=1.1 status=landing",
    "[PROGRESS] task=1.1 status=completed",
    "[PROGRESS] phase=1 status=started percent=25",
    "[PROGRESS] plan status=started percent=14",
  ]);
  expect(lines).toContain("[PROGRESS] task=1.3 status=started attempt=2");
  expect(lines).toContain("[PROGRESS] task=2.2 status=blocked");
  expect(lines).toContain("[PROGRESS] phase=1 status=completed percent=100");
  expect(lines.slice(-2)).toEqual([
    "[PROGRESS] plan status=completed percent=100",
    "[PROGRESS] summary completed=7 pending=0 failed=0 in_progress=0 skipped=0 blocked=0 total=7",
  ]);
  expect(lines.filter((line) => line.startsWith("[PROGRESS] plan status=completed"))).toHaveLength(
    1,
  );
  for (const line of [...lines, ...markersOf(CROWDED)])
    expect(line).toMatch(/^\[PROGRESS\] (?:summary |plan )?\S+=\S+(?: \S+=\S+)*$/);
});

test("a sync point that waits for a person is shown with the command that lets it pass", () => {
  const history = run(startedRun([plannedTask("1")]), { type: "sync-point-reached", point: "S 1" });
  const command = `wavegate task ${history.runId} 'S 1' --allow`;
  expect(executionLines(history, STYLE).join("\n")).toContain(command);
  expect(executionFrame(history, STYLE).join("\n")).toContain(command);
});

test("the report for programs has every task with its attempts, and can be written as JSON", () => {
  const report = executionReport(historyOf(HALF_WAY), BEGIN + 300_000);
  expect(JSON.parse(JSON.stringify(report))).toMatchObject({
    plannedMinutes: 6.5,
    asks: [{ task: "2.2" }],
    figures: { workers: 2, attempts: 7 },
  });
  expect(report.tasks).toHaveLength(7);
  expect(report.tasks.find(({ key }) => key === "1.3")?.attempts).toHaveLength(2);
});
