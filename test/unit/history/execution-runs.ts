import type { RecordedEvent, RunEvent, Usage } from "../../../src/core/event.ts";
import type {
  PlanEvent,
  PlanTask,
  TaskQuestion,
  TaskReason,
} from "../../../src/core/plan-event.ts";

export const BEGIN = Date.parse("2026-03-02T09:00:00.000Z");
export const RUN_ID = "run-plan-4t7m2c9q";

/** Events with seconds since the start, as they were recorded. */
export const recordedRun = (
  events: readonly (readonly [seconds: number, event: RunEvent])[],
): RecordedEvent[] =>
  events.map(([seconds, event], index) => ({
    runId: RUN_ID,
    seq: index + 1,
    at: new Date(BEGIN + seconds * 1_000).toISOString(),
    event,
  }));

export const plannedTask = (key: string, more: Partial<PlanTask> = {}): PlanTask => ({
  key,
  title: `Task ${key}`,
  plan: "lending",
  phase: "1 Foundation",
  kind: "task",
  minutes: 1,
  waitsFor: [],
  status: "open",
  ...more,
});

type Started = Extract<PlanEvent, { readonly type: "plan-run-started" }>;

export const startedRun = (
  tasks: readonly PlanTask[],
  more: Partial<Omit<Started, "type" | "tasks">> = {},
): Started => ({
  type: "plan-run-started",
  plans: [
    {
      name: "lending",
      file: "plans/lending.md",
      title: "Lend tools",
      digest: "ab".repeat(32),
    },
  ],
  tasks,
  workers: 2,
  pattern: "dag",
  failures: "no-new",
  agent: "codex",
  base: "1f0c".repeat(10),
  branch: `refs/heads/wavegate/${RUN_ID}`,
  target: null,
  ...more,
});

type Advanced = Extract<PlanEvent, { readonly type: "task-advanced" }>;
type Rest = Partial<Omit<Advanced, "type" | "task" | "event" | "status">>;

export const advanced = (
  task: string,
  event: Advanced["event"],
  status: Advanced["status"],
  more: Rest = {},
): Advanced => ({ type: "task-advanced", task, attempt: 1, event, status, ...more });

const USAGE: Usage = { inputTokens: 12_000, outputTokens: 900, costUsd: 0.05 };

export const begins = (task: string, attempt = 1): Advanced =>
  advanced(task, "started", "running", { attempt, agent: "codex" });
export const works = (task: string, seconds: number, more: Rest = {}): Advanced =>
  advanced(task, "worked", "verifying", {
    agentMs: seconds * 1_000,
    usage: USAGE,
    changed: 2,
    commit: "c0ffee".repeat(6).slice(0, 40),
    ...more,
  });
export const accepted = (task: string, more: Rest = {}): Advanced =>
  advanced(task, "accepted", "landing", { evidence: "e1".repeat(32), ...more });
export const landed = (task: string, more: Rest = {}): Advanced =>
  advanced(task, "landed", "done", { commit: "d00d".repeat(10), ...more });
export const completed = (task: string, more: Rest = {}): Advanced =>
  advanced(task, "completed", "done", more);

export const checked = (
  task: string,
  seconds: number,
  more: Partial<Extract<PlanEvent, { readonly type: "check-finished" }>> = {},
): PlanEvent => ({
  type: "check-finished",
  task,
  attempt: 1,
  name: "tests",
  by: "command",
  command: "npm test",
  outcome: "passed",
  shown: "exit 0",
  durationMs: seconds * 1_000,
  ...more,
});

export const landingOf = (
  batch: number,
  tasks: readonly string[],
  seconds: number,
): readonly [PlanEvent, PlanEvent] => [
  { type: "landing-started", batch, tasks },
  {
    type: "landing-finished",
    batch,
    head: `${batch}`.repeat(40).slice(0, 40),
    landed: tasks.map((task) => ({ task, commit: "d00d".repeat(10) })),
    conflicted: [],
    failed: [],
    durationMs: seconds * 1_000,
  },
];

export const REASON: TaskReason = {
  kind: "not-verified",
  message: "tests did not pass.",
  details: ["tests: exit 1"],
};
export const QUESTION: TaskQuestion = {
  kind: "outside-declared",
  message: "src/index.ts is not among what the task declares to change.",
  paths: ["src/index.ts"],
};

const TASKS: readonly PlanTask[] = [
  plannedTask("1.1", { title: "Set up the catalogue", minutes: 2 }),
  plannedTask("1.2", { title: "Read tools from a file", minutes: 1, waitsFor: ["1.1"] }),
  plannedTask("1.3", { title: "Names without blanks", minutes: 1, waitsFor: ["1.1"] }),
  plannedTask("VERIFY 1", {
    title: "All tests pass",
    kind: "verification",
    minutes: 0.5,
    waitsFor: ["1.2", "1.3"],
  }),
  plannedTask("2.1", {
    title: "Lend a tool and say until when",
    phase: "2 Lending",
    minutes: 2,
    waitsFor: ["VERIFY 1"],
  }),
  plannedTask("2.2", {
    title: "Give a tool back",
    phase: "2 Lending",
    minutes: 1,
    waitsFor: ["VERIFY 1"],
  }),
  plannedTask("2.3", {
    title: "List what is overdue",
    phase: "2 Lending",
    minutes: 1,
    waitsFor: ["2.1"],
  }),
];

const RUN_STARTED: RunEvent = {
  type: "run-started",
  workflow: "run-plan",
  subject: "plans/lending.md",
  digest: "ab".repeat(32),
};

/**
 * Seven tasks on two workers: 1.3 fails once and is tried again, 2.2 asks whether it may change a file. At 300 s 2.1 is at work, 2.2
 * asks, and 2.3 waits.
 */
export const HALF_WAY: readonly RecordedEvent[] = recordedRun([
  [0, RUN_STARTED],
  [1, startedRun(TASKS)],
  [2, begins("1.1")],
  [92, works("1.1", 88)],
  [100, checked("1.1", 6)],
  [102, accepted("1.1")],
  [102.5, landingOf(1, ["1.1"], 8)[0]],
  [110, landingOf(1, ["1.1"], 8)[1]],
  [110.2, landed("1.1")],
  [110.5, begins("1.2")],
  [111, begins("1.3")],
  [150, works("1.3", 37)],
  [156, checked("1.3", 5, { outcome: "failed", shown: "exit 1" })],
  [157, advanced("1.3", "failed", "failed", { reason: REASON, final: false, waitMs: 10_000 })],
  [167, advanced("1.3", "retry-due", "open")],
  [167.5, begins("1.3", 2)],
  [180, works("1.2", 68)],
  [186, checked("1.2", 5)],
  [187, accepted("1.2")],
  [187.5, landingOf(2, ["1.2"], 9)[0]],
  [197, landingOf(2, ["1.2"], 9)[1]],
  [197.1, landed("1.2")],
  [220, works("1.3", 50, { attempt: 2 })],
  [226, checked("1.3", 5, { attempt: 2 })],
  [227, accepted("1.3", { attempt: 2 })],
  [228, landingOf(3, ["1.3"], 8)[0]],
  [236, landingOf(3, ["1.3"], 8)[1]],
  [236.2, landed("1.3", { attempt: 2 })],
  [236.5, begins("VERIFY 1")],
  [237, checked("VERIFY 1", 8, { name: "VERIFY 1" })],
  [246, advanced("VERIFY 1", "worked", "verifying")],
  [246.1, completed("VERIFY 1")],
  [246.5, begins("2.1")],
  [246.6, begins("2.2")],
  [280, works("2.2", 32)],
  [282, advanced("2.2", "asked", "blocked", { question: QUESTION })],
]);

/** The same, to its end: a person says yes at 320 s, the last task is landed at 470 s. */
export const WHOLE: readonly RecordedEvent[] = [
  ...HALF_WAY,
  ...recordedRun([
    [320, advanced("2.2", "person", "verifying", { by: "mara", says: "allow" })],
    [324, accepted("2.2")],
    [326, works("2.1", 79)],
    [330, checked("2.1", 4)],
    [331, accepted("2.1")],
    [332, landingOf(4, ["2.1", "2.2"], 9)[0]],
    [341, landingOf(4, ["2.1", "2.2"], 9)[1]],
    [341.1, landed("2.1")],
    [341.1, landed("2.2")],
    [342, begins("2.3")],
    [450, works("2.3", 105)],
    [456, checked("2.3", 5)],
    [457, accepted("2.3")],
    [458, landingOf(5, ["2.3"], 11)[0]],
    [469, landingOf(5, ["2.3"], 11)[1]],
    [470, landed("2.3")],
    [
      470.5,
      {
        type: "plan-run-finished",
        done: 7,
        failed: 0,
        skipped: 0,
        blocked: 0,
        open: 0,
        head: "5".repeat(40),
      },
    ],
    [471, { type: "run-finished", status: "completed", message: "7 tasks done." }],
  ]).map((record) => ({ ...record, seq: record.seq + HALF_WAY.length })),
];

/** Two plans with 12 phases of 30 tasks each, 8 workers: the first phases are done, others at work, one task of each plan failed for good. */
export const CROWDED: readonly RecordedEvent[] = recordedRun([
  [0, { ...RUN_STARTED, subject: "plans/lending.md and 1 more" }],
  [1, startedRun(crowd(), { workers: 8, plans: [planSource("lending"), planSource("returns")] })],
  ...crowd()
    .filter(({ key }) => /:[1-3]\./.test(key))
    .flatMap(({ key }, index): readonly (readonly [number, RunEvent])[] => [
      [2 + index, begins(key)],
      [2.5 + index, works(key, 0.4)],
      [2.8 + index, completed(key)],
    ]),
  [200, begins("lending:4.1")],
  [201, advanced("lending:4.1", "failed", "failed", { reason: REASON, final: true })],
  [202, begins("returns:4.2")],
  [203, advanced("returns:4.2", "asked", "blocked", { question: QUESTION })],
  ...[3, 4, 5, 6, 7, 8, 9, 10].map((place, index): readonly [number, RunEvent] => [
    204 + index,
    begins(`lending:4.${place}`),
  ]),
]);

function planSource(name: string) {
  return { name, file: `plans/${name}.md`, title: name, digest: "ab".repeat(32) };
}

function crowd(): readonly PlanTask[] {
  return ["lending", "returns"].flatMap((plan) =>
    Array.from({ length: 360 }, (_, index) => {
      const [phase, place] = [Math.floor(index / 30) + 1, (index % 30) + 1];
      return plannedTask(`${plan}:${phase}.${place}`, {
        plan,
        phase: `${phase} Phase number ${phase}`,
        waitsFor: phase > 1 ? [`${plan}:${phase - 1}.${place}`] : [],
      });
    }),
  );
}
