import fc from "fast-check";
import { expect, test } from "vitest";
import { advance, DEFAULT_ATTEMPTS } from "../../../src/execution/advance.ts";
import type { WorkEvidence } from "../../../src/execution/evidence.ts";
import { WORDS_ON_TASK } from "../../../src/execution/words-on-task.ts";
import type { PersonSays, TaskEvent } from "../../../src/execution/task-event.ts";
import {
  isFinished,
  OPEN,
  type Question,
  type TaskState,
  type TaskStatus,
} from "../../../src/execution/task-state.ts";

const evidence: WorkEvidence = {
  kind: "work",
  attempt: 1,
  changed: ["a.ts"],
  shown: [],
  declared: true,
  outputs: [],
  checks: [],
};
const question: Question = { kind: "outside-declared", message: "May it?", paths: ["b.ts"] };
const reason = { kind: "crashed", message: "It crashed.", details: ["exit 1"] };
const person = (says: PersonSays): TaskEvent => ({ kind: "person", by: "ann", says });

const EVENTS: readonly TaskEvent[] = [
  { kind: "started" },
  { kind: "worked", result: "refs/1" },
  { kind: "accepted", evidence },
  { kind: "completed", evidence },
  { kind: "landed", commit: "c0ffee" },
  { kind: "failed", reason, again: true },
  { kind: "failed", reason, again: false },
  { kind: "conflicted", question: { ...question, kind: "conflict" } },
  { kind: "asked", question },
  { kind: "canceled" },
  { kind: "retry-due" },
  { kind: "settled", parts: ["1.1"] },
  person({ what: "allow" }),
  person({ what: "retry" }),
  person({ what: "refuse", why: "no" }),
  person({ what: "skip", why: "not wanted" }),
  person({ what: "tick", note: "by hand" }),
];

const after = (state: TaskState, ...events: readonly TaskEvent[]): TaskState =>
  events.reduce((each, event) => {
    const next = advance(each, event);
    expect(next.ok).toBe(true);
    return next.ok ? next.value : each;
  }, state);

/** All states that a few grants and attempts lead to. */
function reachable(): readonly TaskState[] {
  const seen = new Map<string, TaskState>([[JSON.stringify(OPEN), OPEN]]);
  for (const [, state] of seen)
    for (const event of EVENTS) {
      const next = advance(state, event);
      if (!next.ok || attemptsOf(next.value) > 4) continue;
      seen.set(JSON.stringify(next.value), next.value);
    }
  return [...seen.values()];
}

const attemptsOf = (state: TaskState) => ("tries" in state ? state.tries.attempt : 0);

const nextOf = (state: TaskState): readonly TaskState[] =>
  EVENTS.flatMap((event) => {
    const next = advance(state, event);
    return next.ok ? [next.value] : [];
  });

test("every state that can be reached has a legal way out, and nothing but what is finished has none", () => {
  const states = reachable();
  expect(new Set(states.map(({ status }) => status))).toEqual(
    new Set<TaskStatus>([
      "open",
      "running",
      "verifying",
      "landing",
      "done",
      "failed",
      "blocked",
      "skipped",
    ]),
  );
  for (const state of states) {
    const ways = nextOf(state);
    if (state.status === "done") expect(ways).toEqual([]);
    else expect(ways.length).toBeGreaterThan(0);
  }
  // walked backwards from the ends, all of them are met
  const known = new Map(states.map((state) => [JSON.stringify(state), state]));
  const ends = new Set([...known].flatMap(([name, state]) => (isFinished(state) ? [name] : [])));
  for (let before = -1; before < ends.size;) {
    before = ends.size;
    for (const [name, state] of known)
      if (nextOf(state).some((next) => ends.has(JSON.stringify(next)))) ends.add(name);
  }
  expect(ends.size).toBe(known.size);
});

test("what a person can say of a task is what its state takes", () => {
  for (const state of reachable())
    expect(
      EVENTS.flatMap((event) =>
        event.kind === "person" && advance(state, event).ok ? [event.says.what] : [],
      ).toSorted(),
    ).toEqual(WORDS_ON_TASK[state.status].toSorted());
});

test("whatever happens, no task is tried more often than 1 + retries + what a person granted and we ended", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...EVENTS), { maxLength: 60 }), (events) => {
      let [state, begun, granted, canceled] = [OPEN, 0, 0, 0];
      for (const event of events) {
        const next = advance(state, event);
        if (!next.ok) continue;
        if (event.kind === "started") begun++;
        if (event.kind === "canceled") canceled++;
        if (event.kind === "person" && next.value.status === "open") granted++;
        state = next.value;
      }
      expect(begun).toBeLessThanOrEqual(1 + DEFAULT_ATTEMPTS.retries + granted + canceled);
    }),
  );
});

test("the way of a task that is done, with its evidence and commit", () => {
  const state = after(
    OPEN,
    { kind: "started" },
    { kind: "worked", result: "refs/1" },
    { kind: "accepted", evidence },
    { kind: "landed", commit: "c0ffee" },
  );
  expect(state).toEqual({ status: "done", evidence: { ...evidence, commit: "c0ffee" } });
});

const started: TaskEvent = { kind: "started" };
const crashed: TaskEvent = { kind: "failed", reason, again: true };
const due: TaskEvent = { kind: "retry-due" };

test("three attempts, then failed for good; a person's word gives one more", () => {
  const twice = after(OPEN, started, crashed, due, started, crashed, due);
  expect(twice).toEqual({ status: "open", tries: { attempt: 2, used: 2, granted: 0 } });
  const atLast = after(twice, started, crashed);
  expect(atLast.status === "failed" && atLast.final).toBe(true);
  expect(advance(atLast, due).ok).toBe(false);
  const again = after(atLast, person({ what: "retry" }), started, crashed);
  expect(again.status === "failed" && again.final).toBe(true);
  const hopeless = after(OPEN, started, { kind: "failed", reason, again: false });
  expect(hopeless.status === "failed" && hopeless.final).toBe(true);
});

test("what a person lets through is shown when the same result is judged again", () => {
  const asked = after(
    OPEN,
    started,
    { kind: "worked", result: "refs/1" },
    { kind: "asked", question },
  );
  expect(after(asked, person({ what: "allow" }))).toEqual({
    status: "verifying",
    tries: { attempt: 1, used: 1, granted: 0 },
    result: "refs/1",
    shown: ["b.ts"],
  });
  expect(after(asked, person({ what: "refuse", why: "no" })).status).toBe("failed");
});

test("a conflict goes back to the agent while it may try, then to a person", () => {
  const toLanding = [
    started,
    { kind: "worked", result: "refs/1" },
    { kind: "accepted", evidence },
  ] as const satisfies readonly TaskEvent[];
  const conflict: TaskEvent = { kind: "conflicted", question: { ...question, kind: "conflict" } };
  const once = after(OPEN, ...toLanding, conflict);
  expect(once).toMatchObject({ status: "failed", final: false, reason: { kind: "conflict" } });
  const third = after(once, due, ...toLanding, conflict, due, ...toLanding, conflict);
  expect(third.status).toBe("blocked");
  expect(after(third, person({ what: "allow" })).status).toBe("landing");
});

test("late and doubled events change nothing, and say so", () => {
  const running = after(OPEN, started);
  expect(advance(running, started)).toEqual({
    ok: false,
    error: { status: "running", event: "started" },
  });
  expect(advance({ status: "done", evidence }, crashed).ok).toBe(false);
});
