/** The time of a run, whatever is done to the clock. */
import { expect, test } from "vitest";
import { RunClock } from "../../../src/core/run-clock.ts";

const HOUR = 3_600_000;

/** A clock that was started at `at`, and what is done to it. */
function started(at: number) {
  let [wall, monotonic] = [at, 7];
  const clock = new RunClock({ wall: () => wall, monotonic: () => monotonic });
  return {
    clock,
    pass: (ms: number) => {
      wall += ms;
      monotonic += ms;
    },
    shift: (ms: number) => (wall += ms),
  };
}

test("it is the wall clock's, and goes on as it did where that is put back", () => {
  const { clock, pass, shift } = started(100);
  pass(10);
  expect(clock.now()).toBe(110);
  shift(-HOUR);
  expect(clock.now()).toBe(110);
  pass(30.7);
  expect(clock.now()).toBe(140);
  shift(2 * HOUR);
  expect(clock.now()).toBe(140 + HOUR);
});

test("what is received is never before what was received; where the run goes on with a clock behind, time goes on from there", () => {
  const { clock, pass } = started(-HOUR);
  expect([5_000, 4_000, 6_000, -HOUR].map((at) => clock.receive(at))).toEqual([
    5_000, 5_000, 6_000, 6_000,
  ]);
  pass(50);
  expect(clock.now()).toBe(6_050);
});

test("what was received long ago is told so, and does not put time back", () => {
  const { clock } = started(9_000);
  expect(clock.receive(5_000)).toBe(5_000);
  expect(clock.now()).toBe(9_000);
});
