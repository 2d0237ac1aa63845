import { expect, test } from "vitest";
import { isSessionEvent, type SessionEvent } from "../../../src/core/session-event.ts";
import { eventLine } from "../../../src/reporters/event-line.ts";

const EVENTS: readonly SessionEvent[] = [
  {
    type: "session-advanced",
    session: "session_001",
    title: "Phase 1",
    from: "active",
    to: "coordinating",
    why: "5 interactions since the last sync",
    done: 5,
    of: 12,
  },
  {
    type: "message-sent",
    message: 3,
    kind: "conflict",
    from: "session_001",
    to: ["orchestrator", "session_002"],
    about: ["1.1"],
    text: "Both changed src/a.ts.\u202E\u001B[31m",
  },
  {
    type: "escalation-raised",
    concern: "conflict",
    about: "1.1",
    sessions: ["session_001"],
    to: "orchestrator",
    afterMinutes: 120,
    rule: "conflict_timeout",
    text: "Both changed src/a.ts.",
  },
  { type: "escalation-settled", concern: "conflict", about: "1.1", afterMinutes: 130 },
  {
    type: "risk-raised",
    risk: "sched_001",
    name: "Critical chain",
    level: "high",
    metric: "finish-late-minutes",
    value: 31,
    threshold: 30,
    unit: "minutes",
    about: [],
    owner: "project_manager",
    response: ["Replan from what happened"],
    contingency: "",
  },
  { type: "risk-settled", risk: "sched_001", name: "Critical chain", value: 2 },
  {
    type: "wave-judged",
    gate: "qg_001",
    wave: 1,
    name: "Foundation",
    outcome: "failed",
    criteria: [
      { text: "Integration tests passing", outcome: "unmet", shown: "exit code 1" },
      { text: "Documentation updated", outcome: "for-person", shown: "" },
    ],
    approvers: ["architect"],
  },
  {
    type: "checkpoint-taken",
    checkpoint: "checkpoint_001",
    title: "Phase 1 is finished",
    done: 5,
    of: 12,
    issues: 1,
    deviations: 2,
    rollback: { ref: "refs/wavegate/x", commit: "abc" },
  },
  {
    type: "notice-sent",
    of: "escalation-raised",
    about: "1.1",
    to: "https://hooks.example.org",
    outcome: "failed",
    reason: "it answered 500",
  },
];

test("each event is one line, with what a person needs of it, and inert", () => {
  expect(EVENTS.every(isSessionEvent)).toBe(true);
  expect(isSessionEvent({ type: "run-started" })).toBe(false);
  expect(EVENTS.map(eventLine)).toMatchInlineSnapshot(`
    [
      "session_001 is coordinating, 5 of 12 finished: 5 interactions since the last sync",
      "message 3 (conflict) from session_001 to orchestrator, session_002: Both changed src/a.ts.",
      "escalated to orchestrator after 120 minutes, conflict_timeout: 1.1: Both changed src/a.ts.",
      "settled after 130 minutes: conflict of 1.1",
      "risk sched_001 (high) has come true, finish-late-minutes is 31 minutes: Critical chain; project_manager: Replan from what happened",
      "risk sched_001 is over: Critical chain",
      "qg_001 failed: Integration tests passing (exit code 1); Documentation updated?",
      "checkpoint_001: Phase 1 is finished, 5 of 12 finished, issues 1, deviations 2, back to it: refs/wavegate/x",
      "told https://hooks.example.org of escalation-raised (1.1): failed: it answered 500",
    ]
  `);
});
