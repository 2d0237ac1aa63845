import type { RecordedEvent, RunEvent, Usage } from "../../../src/core/event.ts";

const USAGE: Usage = { inputTokens: "unknown", outputTokens: "unknown", costUsd: "unknown" };
export const START = Date.parse("2026-01-02T03:04:05.000Z");
export const RUN = "plan-7f3k2m9x";

/** Events recorded one after the other, each given seconds after the start. */
export const recorded = (events: readonly (readonly [number, RunEvent])[]): RecordedEvent[] =>
  events.map(([seconds, event], index) => ({
    runId: RUN,
    seq: index + 1,
    at: new Date(START + seconds * 1_000).toISOString(),
    event,
  }));

const started = (role: string, attempt = 1, agent = "builtin"): RunEvent => ({
  type: "agent-started",
  stage: "planning",
  role,
  agent,
  attempt,
  round: 1,
});

const finished = (role: string, seconds: number, attempt = 1): RunEvent => ({
  type: "agent-finished",
  stage: "planning",
  role,
  agent: "builtin",
  attempt,
  round: 1,
  outcome: "succeeded",
  durationMs: seconds * 1_000,
  outputBytes: 2_048,
  usage: USAGE,
});

const settled = (role: string, summary = "answered by builtin"): RunEvent => ({
  type: "role-settled",
  stage: "planning",
  role,
  status: "succeeded",
  round: 1,
  summary,
});

const OPENING: readonly (readonly [number, RunEvent])[] = [
  [
    0,
    {
      type: "run-started",
      workflow: "plan",
      subject: "specs/001-albums/spec.md",
      digest: "ab".repeat(32),
    },
  ],
  [
    0.1,
    {
      type: "stage-started",
      stage: "planning",
      roles: ["requirements", "architecture", "risk", "estimation"],
      concurrency: 3,
      profile: "coding-agent",
    },
  ],
  [0.2, started("requirements")],
  [0.2, started("architecture")],
  [0.2, started("risk", 1, "claude")],
];

/** Three specialists at work, one failed and waiting to be tried again. */
export const BUSY = recorded([
  ...OPENING,
  [4.2, finished("requirements", 4)],
  [4.2, settled("requirements", "12 requirements, 3 open questions")],
  [4.3, started("estimation", 1, "codex")],
  [
    9,
    {
      type: "agent-finished",
      stage: "planning",
      role: "risk",
      agent: "claude",
      attempt: 1,
      round: 1,
      outcome: "failed",
      durationMs: 8_800,
      outputBytes: 0,
      usage: USAGE,
      reason: "rate-limited: 429 Too Many Requests",
    },
  ],
  [
    9,
    {
      type: "agent-retried",
      stage: "planning",
      role: "risk",
      attempt: 2,
      waitMs: 20_000,
      reason: "rate-limited: 429 Too Many Requests",
    },
  ],
]);

/** From the start to the gate. */
export const AT_GATE = recorded([
  ...OPENING,
  [4.2, finished("requirements", 4)],
  [4.2, settled("requirements")],
  [4.3, started("estimation")],
  [5, finished("architecture", 4.8)],
  [5, settled("architecture")],
  [6, finished("estimation", 1.7)],
  [6, settled("estimation")],
  [12, started("risk", 2, "claude")],
  [15, finished("risk", 3, 2)],
  [15, settled("risk")],
  [
    15,
    {
      type: "quorum-tallied",
      stage: "planning",
      met: true,
      succeeded: ["requirements", "architecture", "risk", "estimation"],
      missing: [],
    },
  ],
  [15.1, started("reviewer")],
  [16, finished("reviewer", 0.9)],
  [
    16,
    {
      type: "review-finished",
      stage: "planning",
      qualityScore: 87,
      conflicts: 2,
      escalated: 1,
      gaps: 1,
      openQuestions: 3,
    },
  ],
  [16, settled("reviewer")],
  [16, started("synthesizer")],
  [17, finished("synthesizer", 1)],
  [17, settled("synthesizer")],
  [17, { type: "checks-run", stage: "planning", round: 1, passed: 14, failed: [] }],
  [17, started("qa")],
  [18, finished("qa", 0.5)],
  [18, settled("qa", "signed off")],
  [
    18,
    {
      type: "artifact-proposed",
      stage: "planning",
      name: "plan.md",
      digest: "cd".repeat(32),
      bytes: 9_120,
    },
  ],
  [18, { type: "stage-signed-off", stage: "planning", signedOff: true, notes: "" }],
  [
    18,
    {
      type: "gate-opened",
      stage: "planning",
      round: 1,
      digest: "9a3f0c55e1b2".padEnd(64, "0"),
      prompt: "Planning artifacts synthesized. Approve to proceed?",
    },
  ],
]);

/** Approved and written. */
export const DONE = [
  ...AT_GATE,
  ...recorded([
    [
      60,
      {
        type: "gate-decided",
        stage: "planning",
        round: 1,
        decision: "approve",
        by: "ada",
        digest: "9a3f0c55e1b2".padEnd(64, "0"),
      },
    ],
    [
      60,
      {
        type: "artifact-written",
        stage: "planning",
        path: "specs/001-albums/plan.md",
        digest: "cd".repeat(32),
      },
    ],
    [
      60,
      {
        type: "run-finished",
        status: "completed",
        message: "Planning phase completed successfully",
      },
    ],
  ]).map((record, index) => ({ ...record, seq: AT_GATE.length + 1 + index })),
];

/** A screenful of agents, and what each event type looks like at its worst. */
export const CROWD = recorded([
  [0, { type: "run-started", workflow: "plan", subject: "x", digest: "00" }],
  [
    0,
    {
      type: "stage-started",
      stage: "planning",
      roles: Array.from({ length: 40 }, (_, index) => `role-${index + 1}`),
      concurrency: 40,
      profile: "api",
    },
  ],
  ...Array.from({ length: 20 }, (_, index) => [1, started(`role-${index + 1}`)] as const),
  ...Array.from({ length: 8 }, (_, index) => [2, settled(`role-${index + 1}`)] as const),
]);

/** One event of each type not in the other histories. */
export const REST: readonly RunEvent[] = [
  {
    type: "rework-requested",
    stage: "planning",
    round: 2,
    reasons: ["FR-007 is not covered", "no estimate"],
  },
  { type: "gate-voided", stage: "planning", round: 1, reason: "plan.md changed under the gate" },
  {
    type: "quorum-tallied",
    stage: "planning",
    met: false,
    succeeded: ["requirements", "risk"],
    missing: ["architecture", "estimation"],
    because: "3 are needed",
  },
  {
    type: "stage-held",
    stage: "planning",
    code: "STAGE_QUORUM_NOT_MET",
    reason: "2 of 4 answered, 3 are needed",
    hint: "Fix what failed, then `wavegate resume`.",
  },
  { type: "stage-resumed", stage: "planning", by: "ada" },
  { type: "run-taken-over", from: "worker-1", by: "worker-2" },
  { type: "child-taken", child: "task/1/1.1/a1", by: "worker-2", pid: 12, host: "two" },
  {
    type: "child-taken",
    child: "task/1/1.1/a1",
    by: "worker-1",
    pid: 11,
    host: "one",
    from: "worker-2",
  },
];
