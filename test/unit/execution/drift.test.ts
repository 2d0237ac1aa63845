import { expect, test } from "vitest";
import {
  actualsOf,
  driftOf,
  isNews,
  toldEnd,
  type MeasuredTask,
  type ToldEnd,
} from "../../../src/execution/drift.ts";
import { NOTHING_DONE, type RunState } from "../../../src/execution/run-state.ts";
import type { TaskState } from "../../../src/execution/task-state.ts";
import { explicit, planOf, task } from "../plan/plans.ts";
import { runOf } from "./any-run.ts";

const done: TaskState = { status: "done", evidence: { kind: "plan" } };
const running: TaskState = { status: "running", tries: { attempt: 1, used: 1, granted: 0 } };
const keys = Array.from({ length: 10 }, (_, index) => `${index + 1}`);
/** Ten tasks of 30 minutes; 10 waits for 9. */
const work = runOf(
  planOf({ tasks: keys.map((key) => task(key)), dependencies: [explicit("9", "10")] }),
);
const state = (tasks: Readonly<Record<string, TaskState>>): RunState => ({
  ...NOTHING_DONE,
  tasks: new Map(Object.entries(tasks)),
});
const five = { "1": done, "2": done, "3": done, "4": done, "5": done };
const took = (minutes: number) =>
  new Map(
    Object.keys(five).map((key, index) => [
      key,
      { start: index * minutes, end: (index + 1) * minutes },
    ]),
  );

const localTime = (minute: number) => `2026-01-05T09:00+${minute}`;

test("nothing measured: nothing learned, and no new plan", () => {
  const drift = driftOf(work, NOTHING_DONE, {
    measured: new Map(),
    now: 0,
    workers: 2,
    plannedEnd: 150,
  });
  expect([drift.factor, drift.expected, drift.replan.worth]).toEqual([1, 150, false]);
});

test("what took twice as long makes the rest longer, half of it believed; then a new plan is worth it", () => {
  const drift = driftOf(work, state(five), {
    measured: took(60),
    now: 300,
    workers: 1,
    plannedEnd: 450,
  });
  expect(drift.factor).toBeCloseTo(1.5);
  expect(drift.expected).toBeCloseTo(5 * 45);
  expect(drift.replan).toEqual({
    worth: true,
    why: "the end comes 75 minutes later than planned",
  });
  const still = driftOf(work, state(five), {
    measured: took(60),
    now: 300,
    workers: 1,
    plannedEnd: 505,
  });
  expect(still.replan.worth).toBe(false);
});

test("what is begun is as much less as it has been at work, and never nothing; the schedule can be made anew from it", () => {
  const measured = new Map<string, MeasuredTask>([
    ...took(30),
    ["6", { start: 140 }],
    ["7", { start: 20 }],
  ]);
  const at = state({ ...five, "6": running, "7": running });
  const { left } = driftOf(work, at, { measured, now: 150, workers: 2, plannedEnd: 200 });
  expect(left.slice(4, 8)).toEqual(Float64Array.of(0, 20, 1.5, 30));
  expect(actualsOf(work, at, { measured, left, localTime }).slice(-2)).toEqual([
    { activity: "6", state: "started", start: "2026-01-05T09:00+140", left: 20 },
    { activity: "7", state: "started", start: "2026-01-05T09:00+20", left: 1.5 },
  ]);
});

const MANY = 40;
const chain = Array.from({ length: MANY }, (_, index) => `${index + 1}`);
const long = runOf(
  planOf({
    tasks: chain.map((key) => task(key)),
    dependencies: chain.slice(1).map((key, index) => explicit(chain[index] ?? "", key)),
  }),
);

/** After which tasks of a chain of 40 of 30 minutes somebody is told of a new plan; each is looked at when it is done. */
function toldAfter(minutes: (index: number) => number): readonly number[] {
  const measured = new Map<string, MeasuredTask>();
  const states: Record<string, TaskState> = {};
  const after: number[] = [];
  let [now, plannedEnd] = [0, MANY * 30];
  let told: ToldEnd | undefined;
  chain.forEach((key, index) => {
    measured.set(key, { start: now, end: (now += minutes(index)) });
    states[key] = done;
    const drift = driftOf(long, state(states), { measured, now, workers: 1, plannedEnd });
    if (!drift.replan.worth) return;
    plannedEnd = now + drift.expected;
    if (!isNews(told, drift, now)) return;
    told = toldEnd(drift, now);
    after.push(index + 1);
  });
  return after;
}

test("one change of pace is told once, however long it is believed in more and more", () => {
  expect(toldAfter(() => 30)).toEqual([]);
  expect(toldAfter(() => 1)).toHaveLength(1);
  expect(toldAfter(() => 120)).toHaveLength(1);
});

test("another change of pace is told again", () => {
  const after = toldAfter((index) => (index < 15 ? 5 : 150));
  expect(after[0]).toBeLessThan(15);
  expect(after.length).toBeGreaterThanOrEqual(2);
  expect(after[1]).toBeGreaterThan(15);
});
