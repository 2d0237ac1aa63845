import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { executionFrame } from "../../../src/reporters/execution/execution-frame.ts";
import type { RecordedEvent } from "../../../src/core/event.ts";
import { expectedEnd } from "../../../src/history/execution/compare-with-plan.ts";
import type { ExecutionHistory } from "../../../src/history/execution/execution-history.ts";
import { executionOf, ExecutionRecorder } from "../../../src/history/execution/record-execution.ts";
import type { FrameOptions } from "../../../src/reporters/agent-line.ts";
import { createLiveWriter } from "../../../src/reporters/live-writer.ts";
import { textWidth } from "../../../src/reporters/text-width.ts";
import {
  advanced,
  BEGIN,
  begins,
  CROWDED,
  HALF_WAY,
  plannedTask,
  QUESTION,
  recordedRun,
  RUN_ID,
  startedRun,
  WHOLE,
} from "../history/execution-runs.ts";
import { golden } from "./golden.ts";

const PLAIN = { color: false, unicode: true, width: 80 };

function frameOf(records: readonly RecordedEvent[], options: Partial<FrameOptions> = {}) {
  const history = executionOf(records);
  return history ? framed(history, { ...PLAIN, now: BEGIN + 300_000, ...options }) : [];
}
const framed = (history: ExecutionHistory, options: FrameOptions) =>
  executionFrame(history, { ...options, expectedEnd: expectedEnd(history, options.now) });
const at = (seconds: number) => BEGIN + seconds * 1_000;

test.each([
  ["execution-begun", HALF_WAY.slice(0, 2), 1.5],
  ["execution-busy", HALF_WAY.slice(0, 18), 170],
  ["execution-landing", WHOLE.filter(({ seq }) => seq <= HALF_WAY.length + 6), 335],
  ["execution-asks", HALF_WAY, 300],
  ["execution-done", WHOLE, 471],
] as const)("%s looks as agreed, at 80 columns without colour", (name, records, seconds) => {
  const text = `${frameOf(records, { now: at(seconds) }).join("\n")}\n`;
  expect(text).toBe(golden(`${name}.txt`, text));
});

test("docs/execution-views.md shows the frame as it is", () => {
  const docs = readFileSync(
    path.resolve(import.meta.dirname, "../../../docs/execution-views.md"),
    "utf8",
  );
  expect(docs).toContain(`\`\`\`\n${frameOf(HALF_WAY).join("\n")}\n\`\`\``);
});

test("a crowd on a screen of 24 lines: what is lively is shown, the rest counted", () => {
  const text = `${frameOf(CROWDED, { now: at(220), width: 79, height: 23 }).join("\n")}\n`;
  expect(text).toBe(golden("execution-crowd.txt", text));
  expect(text).toContain(`wavegate task ${RUN_ID} lending:4.1 --retry`);
});

test("a terminal without Unicode gets ASCII", () => {
  for (const records of [HALF_WAY, WHOLE, CROWDED])
    // oxlint-disable-next-line no-control-regex -- ASCII is what is tested
    expect(frameOf(records, { unicode: false }).join("\n")).toMatch(/^[\u0000-\u007F]+$/);
});

test("no line is wider than the screen, and no frame higher, whatever its size", () => {
  for (const records of [HALF_WAY, WHOLE, CROWDED]) {
    for (let width = 1; width <= 120; width += 7)
      expect(Math.max(...frameOf(records, { width }).map(textWidth))).toBeLessThanOrEqual(width);
    for (let height = 1; height < 60; height += 5)
      expect(frameOf(records, { height }).length).toBeLessThanOrEqual(height);
  }
});

test("on a screen of a few lines the question and its command stay", () => {
  for (const height of [5, 8, 12, 15])
    expect(frameOf(HALF_WAY, { height }).at(-1)).toContain(`wavegate task ${RUN_ID} 2.2 --allow`);
});

test("colour changes nothing but colour", () => {
  const colored = frameOf(HALF_WAY, { color: true });
  // oxlint-disable-next-line no-control-regex -- taking colours out
  const bare = colored.map((line) => line.replaceAll(/\u001B\[\d+m/g, "").trimEnd());
  expect(colored.join("")).toContain("\u001B[33m");
  expect(bare).toEqual(frameOf(HALF_WAY));
});

test("text of plans and agents cannot steer the terminal", () => {
  const bad = "\u001B[2Jgone\u001B]0;title\u0007\rover\u202Eevil";
  const records = recordedRun([
    [0, startedRun([plannedTask("1", { title: bad, phase: bad }), plannedTask(bad)])],
    [0, begins("1")],
    [1, advanced("1", "asked", "blocked", { question: { ...QUESTION, message: bad } })],
  ]);
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  expect(frameOf(records).join("")).not.toMatch(/[\u0000-\u001F\u202E]/);
});

test("what the tests of a batch print is shown while it is landed", () => {
  const recorder = new ExecutionRecorder();
  for (const record of WHOLE) if (record.seq <= HALF_WAY.length + 6) recorder.take(record);
  recorder.say({ stage: "landing", role: "tests", line: "ok 12 - overdue" });
  const landing = () => {
    const { history } = recorder;
    return history ? executionFrame(history, { ...PLAIN, now: at(335) }).at(-1) : "";
  };
  expect(landing()).toContain("batch 4 is tested: 2.1, 2.2, 3.0 s  · ok 12 - overdue");
  for (const record of WHOLE) recorder.take(record);
  expect(JSON.stringify(recorder.history?.landings)).not.toContain("ok 12");
});

test("a key with blanks is one word of the command", () => {
  const records = recordedRun([
    [0, startedRun([plannedTask("VERIFY 1")])],
    [0, begins("VERIFY 1")],
    [1, advanced("VERIFY 1", "asked", "blocked", { question: QUESTION })],
  ]);
  expect(frameOf(records).join("\n")).toContain(`wavegate task ${RUN_ID} 'VERIFY 1' --allow`);
});

/** A line without what moves the cursor. */
// oxlint-disable-next-line no-control-regex -- control characters are what is taken out
const bare = (line: string) => line.replaceAll(/\u001B\[[\d?;]*[A-Za-z]|\r/g, "");

test("the live view of a run of plans is drawn in place, says what agents say, and follows the size of the screen", () => {
  const written: string[] = [];
  const screen = { columns: 80, rows: 24, write: (text: string) => void written.push(text) };
  const ticks: (() => void)[] = [];
  const ticker = {
    now: () => at(300),
    every: (_: number, then: () => void) => {
      ticks.push(then);
      return () => {};
    },
  };
  const writer = createLiveWriter(screen, { color: false, unicode: true }, ticker);
  for (const record of HALF_WAY) writer.event(record);
  const say = (line: string) =>
    writer.progress({ runId: RUN_ID, stage: "execution", role: "2.1", line });
  say("edits lend.ts");
  for (const tick of ticks) tick();
  expect(written.join("")).toContain("edits lend.ts");
  expect(written.join("")).toContain("4 of 7 done");
  written.length = 0;
  screen.columns = 40;
  for (const tick of ticks) tick();
  const lines = written.join("").split("\n").map(bare);
  expect(Math.max(...lines.map(textWidth))).toBeLessThan(40);
  writer.close();
});
