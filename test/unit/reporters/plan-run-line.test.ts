/** Every event of a run that carries out plans is one plain line, whatever is in it. */
import { expect, test } from "vitest";
import { isPlanEvent, type PlanEvent } from "../../../src/core/plan-event.ts";
import { eventLine } from "../../../src/reporters/event-line.ts";
import { EMPTY_VIEW, reduceView } from "../../../src/reporters/live-view.ts";

const HEAD = "0123456789abcdef0123456789abcdef01234567";
const reason = { kind: "not-verified", message: "tests did not pass\u202e.", details: ["exit 1"] };
const question = { kind: "outside-declared", message: "a.ts is not\namong", paths: ["a.ts"] };
const task = {
  key: "1.1",
  title: "Write it",
  plan: "core",
  phase: null,
  kind: "task",
  minutes: 30,
  waitsFor: [],
  status: "open",
} as const;
const plans = [{ name: "core", file: "docs/plans/core.md", title: "Core", digest: HEAD }];

const EVENTS: readonly PlanEvent[] = [
  {
    type: "plan-run-started",
    plans,
    tasks: [task],
    workers: 3,
    pattern: "dag",
    failures: "no-new",
    agent: "codex",
    base: HEAD,
    branch: "refs/heads/wavegate/r",
    target: null,
  },
  {
    type: "task-advanced",
    task: "1.1",
    attempt: 1,
    event: "started",
    status: "running",
    agent: "codex",
  },
  {
    type: "task-advanced",
    task: "1.1",
    attempt: 1,
    event: "failed",
    status: "failed",
    reason,
    final: false,
    waitMs: 2_000,
  },
  {
    type: "task-advanced",
    task: "1.1",
    attempt: 2,
    event: "asked",
    status: "blocked",
    question,
    durationMs: 61_000,
  },
  {
    type: "task-advanced",
    task: "1.1",
    attempt: 2,
    event: "person",
    status: "verifying",
    by: "ann",
    says: "allow",
  },
  {
    type: "check-finished",
    task: "1.1",
    attempt: 1,
    name: "tests",
    by: "command",
    command: "npm test",
    outcome: "failed",
    shown: "exit code 1",
    durationMs: 500,
  },
  { type: "landing-started", batch: 1, tasks: ["1.1"] },
  {
    type: "landing-finished",
    batch: 1,
    head: HEAD,
    landed: [{ task: "1.1", commit: HEAD }],
    conflicted: [{ task: "1.2", paths: ["a"] }],
    failed: [{ task: "1.3", reason }],
    durationMs: 10,
  },
  {
    type: "plan-changed",
    plans,
    edits: [{ task: "1.2", what: "added", status: "open" }],
    tasks: [task],
  },
  { type: "plan-refused", plan: "core", code: "PLAN_NOT_FOUND", reason: "gone" },
  {
    type: "plan-marked",
    plan: "core",
    tasks: ["1.1"],
    state: "completed",
    files: [],
    problem: "refused",
  },
  {
    type: "plan-replanned",
    factor: 1.5,
    measured: 7,
    plannedMinutes: 60,
    expectedMinutes: 120,
    why: "the end comes 60 minutes later than planned",
  },
  {
    type: "plan-run-held",
    code: "PLAN_TASK_ASKS",
    reason: "A task asks.",
    hint: "Answer it.",
    questions: [{ task: "1.1", question }],
    failed: [],
    points: [],
  },
  { type: "plan-run-resumed", by: "ann", note: "go" },
  { type: "sync-point-reached", point: "sync A" },
  { type: "sync-point-released", point: "sync A", by: "ann" },
  { type: "word-refused", task: "9.9", by: "ann", reason: "there is no such task" },
  { type: "plan-run-finished", done: 1, failed: 0, skipped: 0, blocked: 0, open: 0, head: HEAD },
];

test("is one inert line, and nothing for the view of stages", () => {
  expect(EVENTS.map((event) => eventLine(event))).toMatchSnapshot();
  for (const [index, event] of EVENTS.entries()) {
    expect(isPlanEvent(event)).toBe(true);
    expect(eventLine(event)).toMatch(/^[ -~…]{5,}$/);
    const view = reduceView(EMPTY_VIEW, {
      runId: "r",
      seq: index + 1,
      at: "2026-01-01T00:00:00Z",
      event,
    });
    expect(view.stages).toEqual([]);
  }
});

test("other events are none of them, whatever they are called", () => {
  for (const type of ["run-started", "constructor", "__proto__", ""])
    expect(isPlanEvent({ type })).toBe(false);
});
