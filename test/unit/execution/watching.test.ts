import fc from "fast-check";
import { expect, test } from "vitest";
import { openCircuits, type EndedAttempt } from "../../../src/execution/circuit-breaker.ts";
import { stalled, type Observation } from "../../../src/execution/stall.ts";

const seen: Observation = {
  startedMs: 1_000,
  lastOutputMs: 20_000,
  lastChangeMs: undefined,
  outputBytes: 412,
  nowMs: 81_000,
};

test("a stall is told with what shows it; files that change are no stall", () => {
  expect(stalled(seen, 60_000)).toEqual({
    kind: "stalled",
    message: "Nothing came for 1 m 1 s; at most 1 m is allowed.",
    details: [
      "at work for 1 m 20 s",
      "last output 1 m 1 s ago (412 bytes in all)",
      "no changed file at all",
    ],
  });
  expect(stalled(seen, 62_000)).toBe(undefined);
  expect(stalled({ ...seen, lastChangeMs: 80_000 }, 60_000)).toBe(undefined);
  expect(stalled({ ...seen, lastOutputMs: undefined, nowMs: 61_000 }, 60_000)?.details[1]).toBe(
    "no output at all (412 bytes in all)",
  );
});

const silent = (sequence: number, agent = "claude"): EndedAttempt => ({
  sequence,
  agent,
  outputBytes: 0,
  changedFiles: 0,
});

test("three attempts without any output open the circuit of their agent, until a person lets it go on", () => {
  expect(openCircuits([silent(1), silent(2)])).toEqual([]);
  expect(openCircuits([silent(1), silent(2), silent(9, "codex"), silent(4)])).toEqual(["claude"]);
  expect(openCircuits([silent(1), silent(2), { ...silent(3), outputBytes: 1 }, silent(4)])).toEqual(
    [],
  );
  expect(openCircuits([silent(1), silent(2), silent(3)], new Map([["claude", 2]]))).toEqual([]);
});

test("in which order attempts end does not matter", () => {
  fc.assert(
    fc.property(fc.shuffledSubarray([1, 2, 3, 4, 5, 6]), fc.nat(6), (order, loud) => {
      const attempt = (sequence: number): EndedAttempt =>
        sequence === loud ? { ...silent(sequence), changedFiles: 1 } : silent(sequence);
      expect(openCircuits(order.map(attempt))).toEqual(
        openCircuits(order.toSorted((a, b) => a - b).map(attempt)),
      );
    }),
  );
});
