import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Progress, RecordedEvent } from "../../../src/core/event.ts";
import { eventLine } from "../../../src/reporters/event-line.ts";
import { EMPTY_VIEW, reduceView } from "../../../src/reporters/live-view.ts";
import { renderFrame } from "../../../src/reporters/render-frame.ts";
import { AT_GATE, BUSY, DONE, recorded, REST, RUN, START } from "./history.ts";

const EVENTS = [...BUSY, ...DONE, ...recorded(REST.map((event) => [70, event]))].map(
  (record) => record.event,
);
const viewOf = (inputs: readonly (RecordedEvent | Progress)[]) =>
  inputs.reduce(reduceView, EMPTY_VIEW);

const anyInput = fc.oneof(
  fc
    .tuple(fc.constantFrom(...EVENTS), fc.nat(50), fc.constantFrom("2026-01-02T03:04:05Z", "never"))
    .map(([event, seq, at]): RecordedEvent => ({ runId: RUN, seq, at, event })),
  fc
    .record({
      role: fc.constantFrom("risk", "nobody"),
      stage: fc.constantFrom("planning", "no"),
      line: fc.string(),
    })
    .map((progress): Progress => ({ runId: RUN, ...progress })),
);

test("any events in any order give a view that can be drawn", () => {
  fc.assert(
    fc.property(fc.array(anyInput, { maxLength: 40 }), fc.nat(100), (inputs, width) => {
      const now = START + 5_000;
      const options = { color: true, unicode: false, width, now, height: 10 };
      expect(renderFrame(viewOf(inputs), options).length).toBeLessThanOrEqual(10);
    }),
  );
});

test("taking any part of a history in again changes nothing", () => {
  fc.assert(
    fc.property(fc.nat(DONE.length), fc.nat(DONE.length), (from, to) => {
      const once = viewOf(DONE);
      expect(DONE.slice(from, to).reduce(reduceView, once)).toEqual(once);
    }),
  );
});

test("a row tells the state of its role", () => {
  const rows = viewOf(BUSY).stages[0]?.specialists.map((row) => [row.role, row.state]);
  expect(rows).toEqual([
    ["requirements", "succeeded"],
    ["architecture", "running"],
    ["risk", "retrying"],
    ["estimation", "running"],
  ]);
});

test("the gate is waiting until it is decided", () => {
  expect(viewOf(AT_GATE).stages[0]?.gate?.state).toBe("waiting");
  expect(viewOf(DONE).stages[0]?.gate?.state).toBe("approved");
  expect(viewOf(DONE).end?.event.status).toBe("completed");
});

test("signs of life of a role that does not run are passed over", () => {
  const view = viewOf(BUSY);
  expect(reduceView(view, { runId: RUN, stage: "planning", role: "risk", line: "x" })).toEqual(
    view,
  );
  expect(
    reduceView(view, { runId: "other", stage: "planning", role: "architecture", line: "x" }),
  ).toBe(view);
});

test("every event has its line, without control characters", () => {
  for (const event of EVENTS) {
    // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
    expect(eventLine(event)).toMatch(/^[^\u0000-\u001F]{5,}$/);
  }
});
