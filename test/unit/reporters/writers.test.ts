import { expect, test } from "vitest";
import type { RecordedEvent } from "../../../src/core/event.ts";
import { createJsonWriter } from "../../../src/reporters/json-writer.ts";
import { createLineWriter } from "../../../src/reporters/line-writer.ts";
import { createLiveWriter } from "../../../src/reporters/live-writer.ts";
import { HALF_WAY } from "../history/execution-runs.ts";
import { golden } from "./golden.ts";
import { BUSY, DONE, RUN, START } from "./history.ts";

/** A stream that keeps what is written. */
const createOutput = (columns = 80, rows = 24) => {
  const written: string[] = [];
  return {
    columns,
    rows,
    write: (text: string) => void written.push(text),
    take: () => written.splice(0).join(""),
  };
};

/** Time that passes when told. */
const createTicker = () => {
  let now = START;
  const ticks = new Set<{ ms: number; due: number; tick: () => void }>();
  return {
    now: () => now,
    every: (ms: number, tick: () => void) => {
      const entry = { ms, due: now + ms, tick };
      ticks.add(entry);
      return () => void ticks.delete(entry);
    },
    pass: (ms: number) => {
      const end = now + ms;
      for (;;) {
        const next = [...ticks].toSorted((a, b) => a.due - b.due)[0];
        if (!next || next.due > end) break;
        now = next.due;
        next.due += next.ms;
        next.tick();
      }
      now = end;
    },
    size: () => ticks.size,
  };
};

test("lines: one per event with the time since the start", () => {
  const output = createOutput();
  const writer = createLineWriter(output, createTicker());
  for (const record of [...DONE, ...DONE]) writer.event(record);
  writer.close();
  const text = output.take();
  expect(text).toBe(golden("lines-done.txt", text));
});

test("lines: after 30 s of silence, what still runs is said once per 30 s", () => {
  const output = createOutput();
  const ticker = createTicker();
  const writer = createLineWriter(output, ticker);
  for (const record of BUSY) writer.event(record);
  output.take();
  ticker.pass(29_000);
  expect(output.take()).toBe("");
  ticker.pass(61_000);
  expect(output.take().split("\n")).toEqual([
    "[   30.0 s] still running: architecture (29.8 s), estimation (25.7 s)",
    "[      1 m] still running: architecture (59.8 s), estimation (55.7 s)",
    "[ 1 m 30 s] still running: architecture (1 m 29 s), estimation (1 m 25 s)",
    "",
  ]);
  writer.close();
  expect(ticker.size()).toBe(0);
});

/** Lines where the first `seen` events were before. */
const told = (records: readonly RecordedEvent[], seen: number) => {
  const output = createOutput();
  const writer = createLineWriter(output, createTicker());
  for (const record of records.slice(0, seen)) writer.past(record);
  writer.recap?.();
  for (const record of records.slice(seen)) writer.event(record);
  writer.close();
  return output.take().trimEnd().split("\n");
};

test("lines: of a run that goes on it is said once how it stands, and then what is new", () => {
  expect(told(BUSY, BUSY.length)).toEqual([
    `Run ${RUN} goes on: planning, 1 of 4 roles have answered, 3 at work. What happened before is shown by: wavegate watch ${RUN}`,
  ]);
  expect(told(BUSY, 0)[0]).toContain("goes on: nothing was begun.");
  const [first, second, ...others] = told(DONE, DONE.length - 1);
  expect(first).toContain("goes on: planning, approved at its gate.");
  expect([second, others]).toEqual([expect.stringContaining("run completed"), []]);
  const [plans] = told(HALF_WAY, HALF_WAY.length);
  expect(plans).toContain("goes on: 4 of 7 done, 1 at work, 1 asking, 1 open.");
});

test("JSON: one object per line, notices elsewhere", () => {
  const [output, notices] = [createOutput(), createOutput()];
  const writer = createJsonWriter(output, notices);
  for (const record of DONE) writer.event(record);
  writer.notice("stopping");
  const lines = output.take().trimEnd().split("\n");
  expect(lines.map((line): unknown => JSON.parse(line))).toEqual(DONE);
  expect(notices.take()).toBe("stopping\n");
});

const PLAIN = { color: false, unicode: true };

test("live: however many events, ten frames a second, and none when nothing changed", () => {
  const output = createOutput();
  const ticker = createTicker();
  const writer = createLiveWriter(output, PLAIN, ticker);
  expect(output.take()).toBe("\u001B[?25l");
  for (const record of DONE) writer.event(record);
  expect(output.take()).toBe("");
  ticker.pass(1_000);
  expect(output.take().split("\u001B[?2026h")).toHaveLength(2);
  writer.close();
});

test("live: a frame is drawn over the last one, also after the terminal became narrower", () => {
  const output = createOutput();
  const ticker = createTicker();
  const writer = createLiveWriter(output, PLAIN, ticker);
  for (const record of BUSY) writer.event(record);
  ticker.pass(100);
  const first = output.take().split("\n");
  writer.progress({ runId: RUN, stage: "planning", role: "architecture", line: "x".repeat(100) });
  ticker.pass(100);
  expect(output.take()).toContain(`\u001B[${first.length - 1}A\r`);
  output.columns = 40;
  ticker.pass(100);
  // Lines longer than 40 columns were broken in two by the terminal.
  // oxlint-disable-next-line no-control-regex -- cursor movement is what is looked for
  const up = Number(/\u001B\[(\d+)A/.exec(output.take())?.[1]);
  expect(up).toBeGreaterThan(first.length - 1);
  writer.close();
});

test("live: closing shows the last state once and gives the cursor back", () => {
  const output = createOutput();
  const ticker = createTicker();
  const writer = createLiveWriter(output, PLAIN, ticker);
  for (const record of DONE) writer.event(record);
  writer.notice("Stopping.");
  writer.close();
  writer.close();
  const text = output.take();
  expect(text).toContain("Stopping.\u001B[K\n");
  expect(text).toContain("Planning phase completed successfully");
  expect(text.endsWith("\u001B[?25h")).toBe(true);
  expect(text.split("\u001B[?25h")).toHaveLength(2);
  expect(ticker.size()).toBe(0);
});
