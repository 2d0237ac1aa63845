import { expect, test } from "vitest";
import type { RecordedEvent } from "../../../src/core/event.ts";
import { traceOf } from "../../../src/history/trace/trace-of.ts";
import { chromeTrace } from "../../../src/reporters/chrome-trace.ts";
import { BEGIN, HALF_WAY, RUN_ID, WHOLE } from "./execution-runs.ts";

const spansOf = (records: readonly RecordedEvent[]) => traceOf(RUN_ID, records).spans;
const seconds = (ms: number | undefined) => (ms === undefined ? "…" : `${(ms - BEGIN) / 1_000}`);

test("an attempt is a span for as long as it takes a worker, with its checks in it; batches and questions are spans, too", () => {
  const lines = spansOf(WHOLE).map(
    ({ name, parent, startMs, end, error, attributes }) =>
      `${parent === "run" ? "" : "  "}${name} ${seconds(startMs)}–${seconds(end?.ms)}, ${String(attributes["wavegate.lane"])}${error === undefined ? "" : ` ✖ ${error}`}`,
  );
  expect(lines.slice(1)).toEqual([
    "attempt 1.1 2–102, worker 1",
    "  check tests 94–100, worker 1",
    "landing 1 102.5–110, landing",
    "attempt 1.2 110.5–187, worker 1",
    "attempt 1.3 111–157, worker 2 ✖ not-verified",
    "  check tests 151–156, worker 2 ✖ failed",
    "attempt 1.3 167.5–227, worker 2",
    "  check tests 181–186, worker 1",
    "landing 2 187.5–197, landing",
    "  check tests 221–226, worker 2",
    "landing 3 228–236, landing",
    "attempt VERIFY 1 236.5–246.1, worker 1",
    "  check VERIFY 1 236.5–237, worker 1",
    "attempt 2.1 246.5–331, worker 1",
    "attempt 2.2 246.6–282, worker 2",
    "question 2.2 282–320, people 1",
    "judge 2.2 320–324, worker 2",
    "  check tests 326–330, worker 1",
    "landing 4 332–341, landing",
    "attempt 2.3 342–457, worker 1",
    "  check tests 451–456, worker 1",
    "landing 5 458–469, landing",
  ]);
});

test("an attempt says who worked, what it used and what came of it; what people wrote stays", () => {
  const attempt = spansOf(WHOLE).find(({ name }) => name === "attempt 1.3");
  expect(attempt?.attributes).toMatchObject({
    "wavegate.task": "1.3",
    "wavegate.attempt": 1,
    "gen_ai.agent.name": "codex",
    "gen_ai.usage.input_tokens": 12_000,
    "error.type": "not-verified",
  });
  expect(JSON.stringify(traceOf(RUN_ID, WHOLE))).not.toMatch(/did not pass|declares to change|npm/);
});

test("spans that have ended do not change when more events come", () => {
  for (let count = 1; count <= WHOLE.length; count++) {
    const ended = spansOf(WHOLE.slice(0, count)).filter(({ end }) => end);
    const later = new Map(spansOf(WHOLE).map((span) => [span.key, span]));
    for (const span of ended) expect(later.get(span.key)).toEqual(span);
  }
});

test("in Chrome's viewer there is a line for each worker, one for landings and one for people, and nothing in a line overlaps but by nesting", () => {
  for (const records of [HALF_WAY, WHOLE]) {
    const trace: unknown = JSON.parse(chromeTrace(RUN_ID, spansOf(records)));
    const events = (trace as { traceEvents: readonly ChromeEvent[] }).traceEvents;
    const names = events.filter(({ name }) => name === "thread_name").map(({ args }) => args.name);
    expect(names).toEqual(
      expect.arrayContaining(["run", "worker 1", "worker 2", "landing", "people 1"]),
    );
    const bars = events.filter(({ ph }) => ph === "X");
    for (const one of bars)
      for (const other of bars) {
        if (one === other || one.tid !== other.tid || one.ts >= other.ts) continue;
        const end = one.ts + one.dur;
        expect(other.ts >= end || other.ts + other.dur <= end + 1e-3).toBe(true);
      }
  }
});

interface ChromeEvent {
  readonly name: string;
  readonly ph: string;
  readonly tid: number;
  readonly ts: number;
  readonly dur: number;
  readonly args: { readonly name?: string };
}
