import type { Measures, RecordedEvent, RunEvent, Usage } from "../../../src/core/event.ts";

/** Runs as events record them, with figures that can be worked out by hand. Seconds are since the start of the run. */

const START = Date.parse("2026-01-02T03:04:05.000Z");
const P = "planning";
type At = readonly [seconds: number, event: RunEvent];

const recorded = (runId: string, events: readonly At[]): readonly RecordedEvent[] =>
  events.map(([seconds, event], index) => ({
    runId,
    seq: index + 1,
    at: new Date(START + seconds * 1_000).toISOString(),
    event,
  }));

const SILENT: Usage = { inputTokens: "unknown", outputTokens: "unknown", costUsd: "unknown" };

type Played = { readonly stage: string; readonly role: string };

const call = (
  { stage, role }: Played,
  from: number,
  ms: number,
  more: {
    readonly attempt?: number;
    readonly bytes?: number;
    readonly reason?: string;
    readonly usage?: Usage;
    readonly agent?: string;
  } = {},
): readonly At[] => {
  const { attempt = 1, bytes = 1_000, reason, usage = SILENT, agent = "builtin" } = more;
  const played = { stage, role, agent, attempt, round: 1 };
  return [
    [from, { type: "agent-started", ...played }],
    [
      from + ms / 1_000,
      {
        type: "agent-finished",
        ...played,
        durationMs: ms,
        outputBytes: bytes,
        usage,
        ...(reason === undefined ? { outcome: "succeeded" } : { outcome: "failed", reason }),
      },
    ],
  ];
};

const settled = (
  { stage, role }: Played,
  at: number,
  measures: Measures,
  status: "succeeded" | "failed" = "succeeded",
): At => [at, { type: "role-settled", stage, role, status, round: 1, summary: "", measures }];

const opened = (stage: string, at: number, round: number, measures: Measures): At => [
  at,
  { type: "gate-opened", stage, round, digest: "d".repeat(64), prompt: "Approve?", measures },
];

const decided = (
  at: number,
  round: number,
  decision: "approve" | "modify",
  satisfaction?: number,
): At => [
  at,
  {
    type: "gate-decided",
    stage: P,
    round,
    decision,
    by: "ann",
    digest: "d".repeat(64),
    ...(satisfaction === undefined
      ? {}
      : { ratings: [{ metric: "stakeholder_satisfaction", score: satisfaction }] }),
  },
];

const begun = (stage: string, roles: readonly string[]): readonly At[] => [
  [0, { type: "run-started", workflow: "run-stage", subject: "spec.md", digest: "a".repeat(64) }],
  [0, { type: "stage-started", stage, roles, concurrency: 3, profile: "api" }],
];

const tallied = (
  stage: string,
  at: number,
  succeeded: readonly string[],
  missing: readonly string[],
): At => [at, { type: "quorum-tallied", stage, met: true, succeeded, missing }];

const [req, arc, ris, est] = ["requirements", "architecture", "risk", "estimation"].map((role) => ({
  stage: P,
  role,
})) as [Played, Played, Played, Played];
const FOUR = ["requirements", "architecture", "risk", "estimation"];

/** Planning that went on without the risk analysis, was reworked, modified at the gate, held once, and approved. */
export const TROUBLED = recorded("a-troubled", [
  ...begun(P, FOUR),
  ...call(req, 0, 2_000, {
    bytes: 4_000,
    usage: { inputTokens: 900, outputTokens: 100, costUsd: 0.25 },
  }),
  settled(req, 2, { parts: 8, parts_filled: 6, entries: 40, confidence_score: 80 }),
  ...call(arc, 0, 3_000, { bytes: 3_000, reason: "invalid-output: asked once more" }),
  ...call(arc, 3, 1_000, { bytes: 3_000 }),
  settled(arc, 4, { parts: 7, parts_filled: 7, entries: 30 }),
  ...call(ris, 0, 5_000, { bytes: 0, reason: "timeout: no answer within 5 s" }),
  [
    5,
    { type: "agent-retried", stage: P, role: "risk", attempt: 2, waitMs: 1_000, reason: "timeout" },
  ],
  ...call(ris, 6, 5_000, { attempt: 2, bytes: 0, reason: "timeout: no answer within 5 s" }),
  settled(ris, 11, { parts: 4, parts_filled: 0 }, "failed"),
  ...call(est, 0, 2_000, { bytes: 2_000 }),
  settled(est, 2, { parts: 9, parts_filled: 9, entries: 20, confidence: "low" }),
  tallied(P, 11, ["requirements", "architecture", "estimation"], ["risk"]),
  [
    12,
    {
      type: "review-finished",
      stage: P,
      qualityScore: 70,
      conflicts: 4,
      escalated: 1,
      gaps: 1,
      openQuestions: 0,
      measures: { conflicts: 4, reconciled: 3, noted: 0 },
      conflicting: [
        ["requirements", "architecture"],
        ["requirements", "estimation"],
        ["requirements", "architecture"],
        ["requirements"],
      ],
      ratings: [
        { metric: "coherence_rating", role: "requirements", score: 4 },
        { metric: "coherence_rating", role: "architecture", score: 2 },
        { metric: "architectural_soundness", score: 3 },
      ],
    },
  ],
  [13, { type: "checks-run", stage: P, round: 1, passed: 8, failed: ["a", "b"], touched: 1 }],
  [13, { type: "rework-requested", stage: P, round: 1, reasons: ["one", "two"] }],
  [14, { type: "checks-run", stage: P, round: 2, passed: 10, failed: [], touched: 0 }],
  [
    14,
    {
      type: "stage-signed-off",
      stage: P,
      signedOff: true,
      notes: "",
      ratings: [{ metric: "synthesis_coherence_score", score: 4 }],
    },
  ],
  opened(P, 15, 1, {
    requirements: 10,
    requirements_covered: 5,
    tasks: 5,
    tasks_aligned: 4,
    dependencies: 4,
    dependencies_clear: 4,
  }),
  decided(115, 1, "modify", 2),
  [116, { type: "stage-held", stage: P, code: "DISK_FULL", reason: "full", hint: "make room" }],
  [216, { type: "stage-resumed", stage: P, by: "ann" }],
  [217, { type: "checks-run", stage: P, round: 3, passed: 9, failed: ["c"] }],
  opened(P, 218, 2, {
    requirements: 10,
    requirements_covered: 8,
    tasks: 6,
    tasks_aligned: 3,
    dependencies: 4,
    dependencies_clear: 3,
  }),
  decided(318, 2, "approve", 5),
  [319, { type: "artifact-written", stage: P, path: "plan.md", digest: "e".repeat(64) }],
  [319, { type: "run-finished", status: "completed", message: "done" }],
]);

/** Planning without any trouble, approved at once. */
export const SMOOTH = recorded("b-smooth", [
  ...begun(P, FOUR),
  ...[req, arc, ris, est].flatMap((played) => call(played, 0, 1_000, { bytes: 1_000 })),
  settled(req, 1, { parts: 8, parts_filled: 8, entries: 60 }),
  settled(arc, 1, { parts: 7, parts_filled: 7, entries: 50 }),
  settled(ris, 1, { parts: 4, parts_filled: 3, entries: 10, risks: 8, risks_mitigated: 6 }),
  settled(est, 1, { parts: 9, parts_filled: 9, entries: 40, confidence: "high" }),
  tallied(P, 1, FOUR, []),
  [
    2,
    {
      type: "review-finished",
      stage: P,
      qualityScore: 90,
      conflicts: 1,
      escalated: 0,
      gaps: 0,
      openQuestions: 0,
      measures: { conflicts: 1, reconciled: 1, noted: 0 },
      conflicting: [["risk", "estimation"]],
    },
  ],
  [3, { type: "checks-run", stage: P, round: 1, passed: 10, failed: [], touched: 0 }],
  opened(P, 4, 1, {
    requirements: 10,
    requirements_covered: 10,
    tasks: 4,
    tasks_aligned: 4,
    dependencies: 0,
    dependencies_clear: 0,
  }),
  decided(14, 1, "approve"),
  [15, { type: "run-finished", status: "completed", message: "done" }],
]);

const I = "preparation";
const TRACKS = ["core", "integrations", "tests", "docs"];
const [core, integrations, tests, docs] = TRACKS.map((role) => ({ stage: I, role })) as [
  Played,
  Played,
  Played,
  Played,
];

/** Preparation, rejected. */
export const REJECTED = recorded("c-rejected", [
  ...begun(I, TRACKS),
  ...[core, integrations, tests, docs].flatMap((played) => call(played, 0, 1_000)),
  settled(core, 1, { parts: 5, parts_filled: 5, entries: 70, operations: 8, operations_clear: 6 }),
  settled(integrations, 1, { parts: 3, parts_filled: 3, entries: 12 }),
  settled(tests, 1, {
    parts: 4,
    parts_filled: 4,
    entries: 25,
    requirements: 10,
    requirements_tested: 9,
    requirements_not_testable: 1,
    scenarios: 5,
    scenarios_tested: 4,
  }),
  settled(docs, 1, {
    parts: 3,
    parts_filled: 3,
    entries: 9,
    requirements: 10,
    requirements_documented: 7,
    examples: 3,
  }),
  tallied(I, 1, TRACKS, []),
  [
    2,
    {
      type: "review-finished",
      stage: I,
      qualityScore: 60,
      conflicts: 1,
      escalated: 0,
      gaps: 0,
      openQuestions: 0,
      measures: { conflicts: 1, reconciled: 0, noted: 1, approval_status: "conditional" },
      conflicting: [["core", "tests"]],
      ratings: [{ metric: "api_coherence_score", score: 2 }],
    },
  ],
  [3, { type: "checks-run", stage: I, round: 1, passed: 4, failed: ["d"], touched: 2 }],
  opened(I, 4, 1, {
    requirements: 10,
    requirements_covered: 9,
    tasks: 10,
    tasks_aligned: 10,
    dependencies: 12,
    dependencies_clear: 12,
  }),
  [
    34,
    {
      type: "gate-decided",
      stage: I,
      round: 1,
      decision: "reject",
      by: "bob",
      digest: "d".repeat(64),
      reason: "no",
      ratings: [{ metric: "documentation_adequacy", score: 3 }],
    },
  ],
  [35, { type: "run-finished", status: "rejected", message: "no" }],
]);
