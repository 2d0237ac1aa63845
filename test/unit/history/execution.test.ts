import fc from "fast-check";
import { expect, test } from "vitest";
import type { RunEvent } from "../../../src/core/event.ts";
import { advance } from "../../../src/execution/advance.ts";
import { attemptName } from "../../../src/core/attempt-name.ts";
import type { TaskEvent } from "../../../src/execution/task-event.ts";
import { OPEN, type TaskState } from "../../../src/execution/task-state.ts";
import { asksOf } from "../../../src/history/execution/asks.ts";
import { compareWithPlan, expectedEnd } from "../../../src/history/execution/compare-with-plan.ts";
import { chainShares, criticalChain } from "../../../src/history/execution/critical-chain.ts";
import { executionFigures } from "../../../src/history/execution/execution-figures.ts";
import { plannedTimes } from "../../../src/history/execution/planned-times.ts";
import { executionOf, ExecutionRecorder } from "../../../src/history/execution/record-execution.ts";
import {
  accepted,
  advanced,
  BEGIN,
  begins,
  checked,
  completed,
  HALF_WAY,
  landed,
  plannedTask,
  QUESTION,
  REASON,
  recordedRun,
  startedRun,
  WHOLE,
  works,
} from "./execution-runs.ts";

const historyOf = (records: Parameters<typeof executionOf>[0]) => {
  const history = executionOf(records);
  if (!history) throw new Error("The events begin no run of plans.");
  return history;
};
const historyOfEvents = (events: readonly (readonly [number, RunEvent])[]) =>
  historyOf(recordedRun(events));
const seconds = (ms: number) => Math.round((ms - BEGIN) / 100) / 10;
const chainOf = (history: ReturnType<typeof historyOf>) =>
  criticalChain(history).map(
    ({ part, task, from, to, after }) =>
      `${part} ${task} ${seconds(from)}-${seconds(to)}${after ? ` ${after.kind}${"task" in after ? ` ${after.task}` : ""}` : ""}`,
  );

test("a run of stages has no history of plans", () => {
  const event: RunEvent = { type: "run-started", workflow: "plan", subject: "s", digest: "d" };
  expect(executionOf(recordedRun([[0, event]]))).toBeUndefined();
});

test("attempts, checks, landings and a person's word are where they belong", () => {
  const { tasks, landings, end, head } = historyOf(WHOLE);
  const failedOnce = tasks.get("1.3");
  expect(failedOnce?.attempts.map(({ number, last }) => `${number} ${last}`)).toEqual([
    "1 failed",
    "2 landed",
  ]);
  expect(failedOnce?.attempts[0]).toMatchObject({ reason: REASON, workMs: 37_000, lane: 2 });
  expect(failedOnce?.attempts[0]?.checks.map(({ outcome }) => outcome)).toEqual(["failed"]);
  expect(tasks.get("2.2")).toMatchObject({
    status: "done",
    words: [{ by: "mara", says: "allow", at: BEGIN + 320_000 }],
  });
  expect(landings.map(({ tasks: of }) => of.join())).toEqual([
    "1.1",
    "1.2",
    "1.3",
    "2.1,2.2",
    "2.3",
  ]);
  expect(end?.status).toBe("completed");
  expect(head).toBe("5".repeat(40));
});

test("what another process than the run's does is known of the attempt, and of no other", () => {
  const elsewhere = { pid: 12, host: "two" };
  const taken = (child: string): RunEvent => ({
    type: "child-taken",
    child,
    by: "w",
    ...elsewhere,
  });
  const { tasks } = historyOfEvents([
    [0, startedRun([plannedTask("core:1/1"), plannedTask("1.2")])],
    [1, begins("core:1/1")],
    [1, begins("1.2")],
    [2, taken(attemptName({ sequence: 1, key: "core:1/1", attempt: 1 }))],
    [2, taken(attemptName({ sequence: 2, key: "1.2", attempt: 2 }))],
    [2, taken("land/1")],
    [2, taken("task/3/none/a1")],
  ]);
  const [one] = tasks.get("core:1/1")?.attempts ?? [];
  expect(one?.elsewhere).toEqual(elsewhere);
  expect(tasks.get("1.2")?.attempts).toMatchObject([{ number: 1 }]);
  expect(tasks.get("1.2")?.attempts[0]).not.toHaveProperty("elsewhere");
  expect([...tasks.keys()]).toEqual(["core:1/1", "1.2"]);
});

test("events that were taken in before, and none at all, change nothing", () => {
  const recorder = new ExecutionRecorder();
  for (const record of [...WHOLE, ...HALF_WAY, ...WHOLE]) recorder.take(record);
  expect(recorder.history).toEqual(historyOf(WHOLE));
});

test("the critical chain says what the run waited for, without a gap", () => {
  expect(chainOf(historyOf(WHOLE))).toEqual([
    "dispatch 1.1 0-2 start",
    "prepare 1.1 2-4",
    "work 1.1 4-92",
    "verify 1.1 92-102",
    "landing 1.1 102-110.2",
    "dispatch 1.3 110.2-111 dependency 1.1",
    "prepare 1.3 111-113",
    "work 1.3 113-150",
    "verify 1.3 150-157",
    "backoff 1.3 157-167",
    "dispatch 1.3 167-167.5 again",
    "prepare 1.3 167.5-170",
    "work 1.3 170-220",
    "verify 1.3 220-227",
    "landing 1.3 227-236.2",
    "dispatch VERIFY 1 236.2-236.5 dependency 1.3",
    "verify VERIFY 1 236.5-246",
    "verify VERIFY 1 246-246.1",
    "dispatch 2.1 246.1-246.5 dependency VERIFY 1",
    "prepare 2.1 246.5-247",
    "work 2.1 247-326",
    "verify 2.1 326-331",
    "landing 2.1 331-341.1",
    "dispatch 2.3 341.1-342 dependency 2.1",
    "prepare 2.3 342-345",
    "work 2.3 345-450",
    "verify 2.3 450-457",
    "landing 2.3 457-470",
  ]);
});

test("who waited for a worker says for whose", () => {
  const tasks = ["1", "2", "3"].map((key) => plannedTask(key));
  const chain = chainOf(
    historyOfEvents([
      [0, startedRun(tasks, { workers: 2 })],
      [0, begins("1")],
      [0, begins("2")],
      [30, works("1", 30)],
      [30, accepted("1")],
      [31, begins("3")],
      [32, landed("1")],
      [50, works("2", 50)],
      [50, completed("2")],
      [90, works("3", 59)],
      [90, completed("3")],
    ]),
  );
  expect(chain).toContain("dispatch 3 30-31 worker 1");
  expect(chain[0]).toBe("dispatch 1 0-0 start");
});

test("who was kept apart from another one says from whom", () => {
  const chain = chainOf(
    historyOfEvents([
      [0, startedRun([plannedTask("1"), plannedTask("2")], { workers: 5 })],
      [0, begins("1")],
      [30, works("1", 30)],
      [30, accepted("1")],
      [40, landed("1")],
      [41, begins("2")],
      [60, works("2", 19)],
      [60, completed("2")],
    ]),
  );
  expect(chain).toContain("dispatch 2 40-41 beside 1");
});

test("a worker that was given back while others were free is nobody's reason to have waited", () => {
  const chain = chainOf(
    historyOfEvents([
      [0, startedRun([plannedTask("1"), plannedTask("2")], { workers: 5 })],
      [0, begins("1")],
      [30, works("1", 30)],
      [30, completed("1")],
      [31, begins("2")],
      [60, works("2", 29)],
      [60, completed("2")],
    ]),
  );
  expect(chain).toContain("dispatch 2 30-31 beside 1");
});

test("a question that was answered is time of a person in the chain", () => {
  const history = historyOfEvents([
    [0, startedRun([plannedTask("1")])],
    [0, begins("1")],
    [20, works("1", 18)],
    [21, advanced("1", "asked", "blocked", { question: QUESTION })],
    [81, advanced("1", "person", "verifying", { by: "mara", says: "allow" })],
    [82, accepted("1")],
    [85, landed("1")],
  ]);
  expect(chainShares(criticalChain(history))).toEqual([
    { part: "person", ms: 60_000 },
    { part: "work", ms: 18_000 },
    { part: "landing", ms: 3_000 },
    { part: "prepare", ms: 2_000 },
    { part: "verify", ms: 2_000 },
    { part: "dispatch", ms: 0 },
  ]);
  expect(executionFigures(history, BEGIN + 85_000)).toMatchObject({
    makespanMs: 85_000,
    waitedMs: 60_000,
    busyMs: 22_000,
    utilisation: 22 / (25 * 2),
  });
});

test("time in which what failed for good waited for a person stays theirs after their word", () => {
  const reason = { kind: "crashed", message: "it threw", details: [] };
  const history = historyOfEvents([
    [0, startedRun([plannedTask("1")])],
    [0, begins("1")],
    [20, advanced("1", "failed", "failed", { reason, final: true })],
    [80, advanced("1", "person", "open", { by: "mara", says: "retry" })],
    [80, begins("1", 2)],
    [90, advanced("1", "completed", "done", { attempt: 2 })],
  ]);
  expect(executionFigures(history, BEGIN + 90_000)).toMatchObject({ waitedMs: 60_000 });
  const parts = chainShares(criticalChain(history)).map(({ part, ms }) => `${part} ${ms}`);
  expect(parts).toContain("person 60000");
  expect(parts.join()).not.toContain("backoff");
});

test("figures are those that can be added up by hand", () => {
  const figures = executionFigures(historyOf(WHOLE), 0);
  expect(figures).toMatchObject({
    makespanMs: 471_000,
    waitedMs: 0,
    lostMs: 46_000,
    workMs: 459_000,
    checksMs: 38_000,
    landingMs: 45_000,
    attempts: 8,
    batches: 5,
  });
  expect(figures.counts).toMatchObject({ done: 7, open: 0 });
  // 1.1 100, 1.2 76.5, 1.3 46 and 59.5, VERIFY 1 9.6, 2.1 84.5, 2.2 35.4 and 4, 2.3 115
  expect(figures.busyMs).toBe(530_500);
  // 6, 3.5 (no check), 4, 4.5, 1.6, 1.5, 7.4 with its second judging, 2 and 5
  expect(figures.overheadMs).toBe(530_500 - 459_000 - 38_000);
  expect(figures.utilisation).toBeCloseTo(530.5 / 942, 9);
  expect(figures.speedUp).toBeCloseTo((530.5 - 46) / 471, 9);
});

test("of a task whose checks are told before its work, judging begins with the first of them", () => {
  const { tasks } = historyOfEvents([
    [0, startedRun([plannedTask("1")])],
    [0, begins("1")],
    [30, checked("1", 10)],
    [35, checked("1", 4)],
    [36, works("1", 19)],
    [36, accepted("1")],
  ]);
  expect(
    tasks.get("1")?.stretches.map(({ status, from, lane }) => [status, seconds(from), lane]),
  ).toEqual([
    ["open", 0, undefined],
    ["running", 0, 1],
    ["verifying", 20, 1],
    ["verifying", 36, 1],
    ["landing", 36, undefined],
  ]);
});

test("what waits for a person is told with what can be answered", () => {
  const [ask, ...others] = asksOf(historyOf(HALF_WAY));
  expect(others).toEqual([]);
  expect(ask).toMatchObject({
    task: "2.2",
    kind: "outside-declared",
    details: ["src/index.ts"],
    holdsUp: 0,
  });
  expect(ask?.answers.map(({ answer }) => answer)).toEqual(["allow", "retry", "refuse", "skip"]);
  const failed = historyOfEvents([
    [0, startedRun([plannedTask("1"), plannedTask("2", { waitsFor: ["1"] })])],
    [0, begins("1")],
    [9, advanced("1", "failed", "failed", { reason: REASON, final: true })],
  ]);
  expect(asksOf(failed)).toMatchObject([{ task: "1", kind: "failed", holdsUp: 1 }]);
  expect(asksOf(failed)[0]?.answers.map(({ answer }) => answer)).toEqual(["retry", "skip", "done"]);
});

test("a run that ended has nobody at work", () => {
  const end: RunEvent = { type: "run-finished", status: "canceled", message: "" };
  const { tasks } = historyOfEvents([
    [0, startedRun([plannedTask("1"), plannedTask("2")])],
    [5, begins("1")],
    [9, end],
  ]);
  expect(tasks.get("1")).toMatchObject({ status: "open", since: BEGIN + 9_000 });
});

test("a task that is tried again by itself asks nobody", () => {
  const history = historyOfEvents([
    [0, startedRun([plannedTask("1")])],
    [0, begins("1")],
    [9, advanced("1", "failed", "failed", { reason: REASON, final: false, waitMs: 4_000 })],
  ]);
  expect(asksOf(history)).toEqual([]);
  expect(history.tasks.get("1")?.retryAt).toBe(BEGIN + 13_000);
});

test("the plan against what became of it: who waits for whom on so many workers, and how much longer it took", () => {
  const { tasks, plannedMinutes, factor } = compareWithPlan(historyOf(WHOLE), 0);
  // 1.1 2, then 1.2 and 1.3 beside each other 1, VERIFY 0.5, 2.1 2, 2.3 1
  expect(plannedMinutes).toBe(6.5);
  expect(expectedEnd(historyOf(WHOLE), BEGIN)).toBeUndefined();
  const of = (key: string) => tasks.find(({ task }) => task.planned.key === key);
  expect(of("2.2")?.planned).toEqual({ start: 3.5, end: 4.5 });
  expect(of("1.3")).toMatchObject({ activeMs: 59_500, factor: 59.5 / 60 });
  expect(of("1.3")?.actual).toEqual({
    from: BEGIN + 111_000,
    to: BEGIN + 236_200,
    lasts: false,
  });
  expect(factor).toBeCloseTo((530.5 - 46) / (8.5 * 60), 9);
});

test("while it lasts, the end is expected from what tasks took, unless a person is waited for", () => {
  const now = BEGIN + 120_000;
  const events: readonly (readonly [number, RunEvent])[] = [
    [
      0,
      startedRun(
        [
          plannedTask("1"),
          plannedTask("2", { waitsFor: ["1"] }),
          plannedTask("3", { waitsFor: ["2"] }),
        ],
        { workers: 1 },
      ),
    ],
    [0, begins("1")],
    [90, works("1", 90)],
    [90, completed("1")],
    [90, begins("2")],
  ];
  // Each takes 1.5 times as long: 60 s are left of 2, 90 s of 3.
  expect(expectedEnd(historyOfEvents(events), now)).toBe(now + 150_000);
  const asked = [
    ...events,
    [100, advanced("2", "asked", "blocked", { question: QUESTION })] as const,
  ];
  expect(expectedEnd(historyOfEvents(asked), now)).toBeUndefined();
});

test("the longest way to the end goes first", () => {
  const times = plannedTimes(
    [
      plannedTask("a"),
      plannedTask("b", { minutes: 5 }),
      plannedTask("c"),
      plannedTask("d", { minutes: 9, waitsFor: ["c"] }),
      plannedTask("loop", { waitsFor: ["pool"] }),
      plannedTask("pool", { waitsFor: ["loop"] }),
    ],
    1,
  );
  expect([...times.keys()]).toEqual(["c", "d", "b", "a"]);
  expect(times.get("a")).toEqual({ start: 15, end: 16 });
});

test("a plan that was edited meanwhile: what was done stays, ticks by hand count, renamed tasks keep their attempts", () => {
  const one = plannedTask("1");
  const history = historyOfEvents([
    [0, startedRun([one, plannedTask("2"), plannedTask("3")])],
    [0, begins("1")],
    [0, begins("2")],
    [
      10,
      {
        type: "plan-changed",
        plans: [],
        edits: [{ task: "2b", what: "renamed", status: "running", from: "2" }],
        tasks: [
          { ...one, status: "running" },
          plannedTask("2b", { status: "running" }),
          plannedTask("3", { status: "done" }),
          plannedTask("4"),
        ],
      },
    ],
    [20, works("2b", 20)],
    [20, completed("2b")],
  ]);
  expect([...history.tasks].map(([key, { status }]) => `${key} ${status}`)).toEqual([
    "1 running",
    "2b done",
    "3 done",
    "4 open",
  ]);
  expect(history.tasks.get("2b")?.attempts).toHaveLength(1);
});

const KEYS = ["1", "2", "__proto__", "5"] as const;
const WORDS = ["allow", "retry", "refuse", "skip", "tick"] as const;

const raised = (about: string): RunEvent => ({
  type: "escalation-raised",
  concern: "conflict",
  about,
  sessions: ["session_001"],
  to: "tech_lead",
  afterMinutes: 120,
  rule: "unresolved_conflict",
  text: "1.1 and 2.1 conflict",
});

test("what is raised is there until it is settled", () => {
  const settled: RunEvent = {
    type: "escalation-settled",
    concern: "conflict",
    about: "1.1",
    afterMinutes: 130,
  };
  const begun = [0, startedRun([plannedTask("1.1")])] as const;
  const open = historyOfEvents([begun, [1, raised("1.1")], [2, raised("2.1")], [3, raised("1.1")]]);
  expect(open.concerns.map(({ at, event }) => [seconds(at), event.type])).toEqual([
    [2, "escalation-raised"],
    [3, "escalation-raised"],
  ]);
  expect(
    historyOfEvents([begun, [1, raised("1.1")], [2, raised("2.1")], [4, settled]]).concerns,
  ).toMatchObject([{ event: { about: "2.1" } }]);
});

/** Anything that may be said of any of these tasks. */
const anyEvent: fc.Arbitrary<TaskEvent> = fc.constantFrom<TaskEvent>(
  { kind: "started" },
  { kind: "started" },
  { kind: "worked", result: "" },
  { kind: "worked", result: "" },
  {
    kind: "accepted",
    evidence: {
      kind: "work",
      attempt: 1,
      changed: [],
      shown: [],
      declared: true,
      outputs: [],
      checks: [],
    },
  },
  { kind: "landed", commit: "c" },
  { kind: "failed", reason: REASON, again: true },
  { kind: "conflicted", question: { ...QUESTION, kind: "conflict" } },
  { kind: "asked", question: { ...QUESTION, kind: "conflict" } },
  { kind: "canceled" },
  { kind: "retry-due" },
  { kind: "settled", parts: [] },
  ...WORDS.map((what): TaskEvent => ({
    kind: "person",
    by: "mara",
    says: { what, why: "", note: "" },
  })),
);

/** What happens one after the other to tasks whose states `advance` keeps. */
const anyRun = fc
  .array(fc.tuple(fc.nat(9), fc.constantFrom(...KEYS), fc.option(anyEvent)), { maxLength: 60 })
  .map((given) => {
    const states = new Map<string, TaskState>();
    const events: (readonly [number, RunEvent])[] = [];
    let now = 0;
    for (const [wait, key, event] of given) {
      now += wait;
      const state = states.get(key) ?? OPEN;
      if (!event) {
        events.push([now, checked(key, 3)]);
        continue;
      }
      const next = advance(state, event);
      if (!next.ok) continue;
      states.set(key, next.value);
      const attempt = "tries" in next.value ? next.value.tries.attempt : 1;
      const final = next.value.status === "failed" && next.value.final;
      events.push([now, advanced(key, event.kind, next.value.status, { attempt, final })]);
    }
    return events;
  });

test("whatever happens: no gap and no overlap in what a task did, workers are at one thing at a time, the chain is whole", () => {
  fc.assert(
    fc.property(anyRun, (events) => {
      const planned = [
        plannedTask("1", { waitsFor: ["2"] }),
        plannedTask("2", { waitsFor: ["1", "3"] }),
        plannedTask("__proto__"),
      ];
      const history = historyOfEvents([[0, startedRun(planned)], ...events]);
      const lanes = new Map<number, { from: number; to: number }[]>();
      for (const { stretches } of history.tasks.values())
        for (const [index, { from, to = Infinity, lane }] of stretches.entries()) {
          expect(to).toBeGreaterThanOrEqual(from);
          expect(stretches[index + 1]?.from ?? to).toBe(to);
          if (lane !== undefined) lanes.set(lane, [...(lanes.get(lane) ?? []), { from, to }]);
        }
      for (const busy of lanes.values()) {
        const inOrder = busy.toSorted((a, b) => a.from - b.from || a.to - b.to);
        for (const [index, { from }] of inOrder.entries())
          expect(inOrder[index - 1]?.to ?? 0).toBeLessThanOrEqual(from);
      }
      const chain = criticalChain(history);
      for (const [index, { from, to }] of chain.entries()) {
        expect(to).toBeGreaterThanOrEqual(from);
        expect(from).toBe(index === 0 ? history.startedAt : chain[index - 1]?.to);
      }
      const figures = executionFigures(history, BEGIN + 2_000_000);
      expect(figures.lostMs).toBeLessThanOrEqual(figures.busyMs);
      expect(figures.waitedMs).toBeLessThanOrEqual(figures.makespanMs);
      expect(compareWithPlan(history, BEGIN + 2_000_000).tasks).toHaveLength(history.tasks.size);
      expect(asksOf(history).every(({ answers }) => answers.length > 0)).toBe(true);
    }),
    { numRuns: 100 },
  );
});
