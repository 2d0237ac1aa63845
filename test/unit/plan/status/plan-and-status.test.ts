/** A status file and its plan: made from it, compared with it, changed with it. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { markTasks, type TaskMarking } from "../../../../src/plan/edits/mark-tasks.ts";
import type { BoxState, Plan, Task } from "../../../../src/plan/model.ts";
import { loadOriginalStatus } from "../../../../src/plan/original/original-status.ts";
import { readPlan } from "../../../../src/plan/read-plan.ts";
import { statusDrift } from "../../../../src/plan/status/drift.ts";
import type { TaskState } from "../../../../src/plan/status/model.ts";
import { readPrd } from "../../../../src/plan/prd/read-prd.ts";
import { newStatus } from "../../../../src/plan/status/new-status.ts";
import { readAs } from "../edits/read-as.ts";
import { FILE, statusOf } from "./statuses.ts";

const NOW = Date.parse("2026-02-03T04:05:06.789Z");
const TIME = "2026-02-03T04:05:06.789Z";
const PLAN_FILE = "docs/plans/a.md";
const TEXT = [
  "# Implementation Plan: A",
  "## Phase 1: One",
  "- [x] 1.1 a",
  "- [ ] 1.2 b",
  "- [ ] no id",
  "## Phase 2: Two",
  "- [ ] 2.1 c",
  "- [ ] 2.1 twice",
  "",
].join("\n");

const planOf = (text: string): Plan => {
  const plan = readAs(text, "plan-file", PLAN_FILE);
  const place = { file: PLAN_FILE, line: 1 };
  const known = new Set(plan.tasks.map(({ key }) => key));
  const edge = { origin: "explicit", strength: "hard", place } as const;
  return {
    ...plan,
    title: "Implementation Plan: A",
    dependencies: known.has("2.1")
      ? [
          { dependency: "1.1", dependent: "2.1", ...edge },
          { dependency: "1.2", dependent: "2.1", ...edge, origin: "same-file" },
        ]
      : [],
    sequences: known.has("1.2")
      ? [{ tasks: ["1.1", "1.2"], range: "1.1-1.2", reason: "one file", place }]
      : [],
  };
};
const plan = planOf(TEXT);

describe("a new status file", () => {
  const status = JSON.parse(newStatus(plan, NOW));

  test("has the original's fields in its order, in its form", () => {
    expect(Object.keys(status)).toEqual([
      "_comment",
      "planPath",
      "planName",
      "createdAt",
      "lastUpdatedAt",
      "currentPhase",
      "sequentialGroups",
      "dependencyGraph",
      "tasks",
      "runs",
      "summary",
    ]);
    expect(newStatus(plan, NOW)).toBe(JSON.stringify(status, null, 2));
    expect(status).toMatchObject({
      planPath: PLAN_FILE,
      planName: "Implementation Plan: A",
      createdAt: TIME,
      lastUpdatedAt: TIME,
      currentPhase: "Phase 1: One",
      sequentialGroups: [{ taskRange: "1.1-1.2", taskIds: ["1.1", "1.2"], reason: "one file" }],
      runs: [],
      summary: { totalTasks: 4, completed: 1, pending: 3, in_progress: 0, failed: 0, skipped: 0 },
    });
  });

  test("has a record of each task with an id; what is ticked is completed", () => {
    expect(status.tasks.map((task: object) => Object.keys(task))[1]).toEqual([
      "id",
      "phase",
      "description",
      "status",
      "dependencies",
      "dependents",
      "executionConstraints",
    ]);
    expect(status.tasks).toMatchObject([
      {
        id: "1.1",
        status: "completed",
        dependents: ["2.1"],
        executionConstraints: { sequential: true, sequentialGroup: "1.1-1.2" },
      },
      { id: "1.2", status: "pending", dependencies: [], dependents: [] },
      { id: "2.1", phase: "Phase 2: Two", dependencies: ["1.1"] },
      { id: "2.1", dependencies: [] },
    ]);
  });

  test("is read by S4's own tool as what it says", () => {
    const read = loadOriginalStatus(status);
    expect(read?.summary).toEqual(status.summary);
    expect(
      read?.tasks.map(({ id, status: state, phase, description }) => [
        id,
        state,
        phase,
        description,
      ]),
    ).toEqual(
      plan.tasks
        .filter(({ id }) => id !== undefined)
        .map(({ id, box, phase, text }) => [
          id,
          box?.state === "done" ? "completed" : "pending",
          phase === "1" ? "Phase 1: One" : "Phase 2: Two",
          text,
        ]),
    );
  });

  test("of a plan without tasks, and with an id called __proto__", () => {
    expect(JSON.parse(newStatus(planOf("# A\n"), NOW))).toMatchObject({
      currentPhase: null,
      tasks: [],
    });
    const [task] = plan.tasks;
    if (!task) throw new Error("no task");
    const odd = newStatus(
      {
        ...plan,
        tasks: [{ ...task, id: "__proto__", key: "__proto__" }],
        dependencies: [],
        sequences: [],
      },
      NOW,
    );
    expect(odd).toContain('"__proto__": {');
    expect(statusOf(odd).tasks[0]?.key).toBe("__proto__");
  });

  test("says of each task what the plan says: its box, or words where it has none", () => {
    const [first, second] = plan.tasks;
    if (!first?.box || !second) throw new Error("no tasks");
    const records = (...tasks: readonly Task[]) =>
      JSON.parse(newStatus({ ...plan, tasks, dependencies: [], sequences: [] }, NOW)) as {
        readonly tasks: readonly { readonly status: string }[];
      };
    const boxed = (state: BoxState, key: string): Task =>
      first.box ? { ...first, key, id: key, box: { ...first.box, state } } : first;
    const worded = (state: BoxState, key: string): Task => ({
      ...second,
      key,
      id: key,
      box: undefined,
      state,
    });
    const made = records(
      worded("done", "1.1"),
      worded("failed", "1.2"),
      boxed("skipped", "1.3"),
      boxed("in-progress", "2.1"),
      { ...worded("done", "2.2"), box: { ...first.box, state: "open" } },
    );
    expect(made.tasks.map((record) => record.status)).toEqual([
      "completed",
      "failed",
      "skipped",
      "in_progress",
      "pending",
    ]);
    expect(made).toMatchObject({
      summary: { completed: 1, failed: 1, skipped: 1, in_progress: 1, pending: 1 },
    });
  });

  test("has not drifted from its plan", () => {
    expect(statusDrift(statusOf(newStatus(plan, NOW)), plan).map(({ code }) => code)).toEqual([
      "PLAN_STATUS_TASK_TWICE",
      // When 1.1 was begun is not known.
      "PLAN_STATUS_NOT_STARTED",
    ]);
  });
});

const drifted = (
  change: (status: { [key: string]: unknown; tasks: { [key: string]: unknown }[] }) => void,
) => {
  const status = JSON.parse(newStatus(plan, NOW));
  for (const task of status.tasks) if (task.status === "completed") task.startedAt = TIME;
  change(status);
  return statusDrift(statusOf(JSON.stringify(status, null, 2)), plan)
    .filter(({ code }) => code !== "PLAN_STATUS_TASK_TWICE")
    .map(({ code, message }) => `${code} ${message}`);
};

describe("drift", () => {
  test.each<[string, Parameters<typeof drifted>[0], readonly RegExp[]]>([
    ["none", () => {}, []],
    [
      "counts",
      (status) => (status["summary"] = { totalTasks: 4, completed: 2, pending: 3 }),
      [/^PLAN_STATUS_COUNTS .*completed is 2, counted 1\./],
    ],
    ["no summary", (status) => delete status["summary"], [/^PLAN_STATUS_COUNTS .*no summary/]],
    [
      "completion without a beginning",
      (status) => delete status.tasks[0]?.["startedAt"],
      [/^PLAN_STATUS_NOT_STARTED 1 of 1 completed task has no .* 1\.1\./],
    ],
    [
      "a phase that never moved",
      (status) => (status["currentPhase"] = "Phase 0"),
      [/^PLAN_STATUS_PHASE_BEHIND .*"Phase 0".*"Phase 1: One"/],
    ],
    [
      "an open run",
      (status) => (status["runs"] = [{ runId: "run-1" }, { runId: "run-2", completedAt: TIME }]),
      [/^PLAN_STATUS_RUN_OPEN 1 of 2 .* run-1\./],
    ],
    [
      "a task that is gone",
      (status) => status.tasks.push({ id: "9.9", status: "skipped" }),
      [/^PLAN_STATUS_COUNTS/, /^PLAN_STATUS_TASK_GONE 1 task of the status file is not .* 9\.9\./],
    ],
    [
      "a task without record",
      (status) => status.tasks.pop(),
      [/^PLAN_STATUS_COUNTS/, /^PLAN_STATUS_TASK_MISSING 1 .* 2\.1#2\./],
    ],
    [
      "a box",
      (status) => Object.assign(status.tasks[0] ?? {}, { status: "pending" }),
      [/^PLAN_STATUS_COUNTS/, /^PLAN_STATUS_BOX_DIFFERS .* 1\.1\./],
    ],
    [
      "another plan",
      (status) => (status["planPath"] = "docs/plans/b.md"),
      [/^PLAN_STATUS_OTHER_PLAN .*docs\/plans\/b\.md/],
    ],
  ])("%s", (_name, change, expected) => {
    const found = drifted(change);
    expect(found).toHaveLength(expected.length);
    for (const [at, pattern] of expected.entries()) expect(found[at]).toMatch(pattern);
  });
});

const mark = (tasks: readonly string[], to: TaskState, more: Partial<TaskMarking> = {}) =>
  markTasks({
    source: { file: PLAN_FILE, text: TEXT },
    plan,
    status: { file: FILE, text: newStatus(plan, NOW) },
    tasks,
    to,
    now: NOW,
    ...more,
  });

const texts = (...args: Parameters<typeof mark>) => {
  const result = mark(...args);
  if (!result.ok) throw result.error;
  return result.value;
};

const stateIn = (text: string | undefined, key: string) =>
  statusOf(text ?? "").tasks.find((task) => task.key === key)?.state;

describe("marking tasks of a plan with its status", () => {
  test("the status first, then the box, which is done or open", () => {
    const [first, second] = texts(["1.2", "2.1#2"], "completed");
    expect([first?.file, second?.file]).toEqual([FILE, PLAN_FILE]);
    expect([
      stateIn(first?.text, "1.2"),
      stateIn(first?.text, "2.1#2"),
      stateIn(first?.text, "2.1"),
    ]).toEqual(["completed", "completed", "pending"]);
    expect(second?.text).toBe(
      TEXT.replace("[ ] 1.2", "[x] 1.2").replace("[ ] 2.1 twice", "[x] 2.1 twice"),
    );
    const [started, same] = texts(["1.2"], "in_progress");
    expect([stateIn(started?.text, "1.2"), same?.text]).toEqual(["in_progress", TEXT]);
  });

  test("made again after only the status was written, it makes them agree", () => {
    const [status] = texts(["1.2"], "completed");
    const [again, box] = texts(["1.2"], "completed", {
      status: { file: FILE, text: status?.text },
    });
    expect(again?.text).toBe(status?.text);
    expect(box?.text).toContain("[x] 1.2");
  });

  test("a status file is made where there is none, records where they are missing", () => {
    const [made] = texts(["1.2"], "failed", {
      status: { file: FILE, text: undefined },
      words: "broke",
    });
    expect(statusOf(made?.text ?? "").tasks[1]).toMatchObject({ state: "failed", error: "broke" });
    const [recorded] = texts(["2.1#2"], "skipped", {
      status: { file: FILE, text: '{"tasks":[{"id":"2.1","status":"completed"}]}' },
    });
    expect(statusOf(recorded?.text ?? "").tasks.map(({ key, state }) => [key, state])).toEqual([
      ["2.1", "completed"],
      ["2.1#2", "skipped"],
    ]);
  });

  test("of tasks that share an id, the one that is meant", () => {
    const status = { file: FILE, text: '{"tasks":[]}' };
    const [recorded] = texts(["2.1#2"], "in_progress", { status });
    expect(statusOf(recorded?.text ?? "").tasks.map(({ key, state }) => [key, state])).toEqual([
      ["2.1", "pending"],
      ["2.1#2", "in_progress"],
    ]);
  });

  test("a check has no record, unless the file has one or its box can't say the state", () => {
    const checks: Plan = {
      ...plan,
      dependencies: [],
      sequences: [],
      tasks: plan.tasks.map((task) =>
        task.key === "1.2" ? { ...task, verifies: true, id: "VERIFY 1", key: "VERIFY 1" } : task,
      ),
    };
    const fresh = newStatus(checks, NOW);
    expect(statusOf(fresh).tasks.map(({ key }) => key)).toEqual(["1.1", "2.1", "2.1#2"]);
    expect(statusDrift(statusOf(fresh), checks).map(({ code }) => code)).not.toContain(
      "PLAN_STATUS_TASK_MISSING",
    );
    const more = { plan: checks, status: { file: FILE, text: fresh } };
    expect(texts(["VERIFY 1"], "completed", more)).toEqual([
      { file: PLAN_FILE, text: TEXT.replace("[ ] 1.2", "[x] 1.2") },
    ]);
    const [failed] = texts(["VERIFY 1"], "failed", more);
    expect(stateIn(failed?.text, "VERIFY 1")).toBe("failed");
    const [reset] = texts(["VERIFY 1"], "pending", {
      ...more,
      status: { file: FILE, text: failed?.text },
    });
    expect(stateIn(reset?.text, "VERIFY 1")).toBe("pending");
  });

  test("in whichever file of the plan a box is", () => {
    const files = ["prd/phase-1.md", "prd/phase-2.md"];
    const [one, two] = files.map((file, at) => ({
      file,
      text: `# Phase ${at + 1}: A\n\n- [ ] ${at + 1}.1 a\n`,
    }));
    if (!one || !two) throw new Error("no files");
    const both = readPrd([one, two]);
    const given = { source: one, plan: both, status: undefined };
    expect(texts(["1.1", "2.1"], "completed", { ...given, more: [two] })).toEqual([
      { file: one.file, text: "# Phase 1: A\n\n- [x] 1.1 a\n" },
      { file: two.file, text: "# Phase 2: A\n\n- [x] 2.1 a\n" },
    ]);
    expect(mark(["2.1"], "completed", given)).toMatchObject({
      error: { code: "PLAN_EDIT_REFUSED", hint: `Make the change in ${two.file}.` },
    });
  });

  test("a damaged status file is never overwritten, an undocumented way refused, a task without id has its box only", () => {
    expect(
      mark(["1.2"], "completed", { status: { file: FILE, text: '{"tasks": [' } }),
    ).toMatchObject({ error: { code: "PLAN_STATUS_DAMAGED" } });
    expect(mark(["1.1"], "failed")).toMatchObject({ error: { code: "PLAN_EDIT_REFUSED" } });
    expect(mark(["9.9"], "completed")).toMatchObject({ error: { code: "PLAN_TASK_UNKNOWN" } });
    expect(texts(["L5"], "completed")).toMatchObject([
      { file: PLAN_FILE, text: TEXT.replace("[ ] no id", "[x] no id") },
    ]);
    expect(mark(["L5"], "failed")).toMatchObject({
      error: { code: "PLAN_EDIT_REFUSED", place: { line: 5 } },
    });
  });

  test("a plan that keeps its state in its boxes has no status file", () => {
    const text = "- [ ] T001 a\n";
    const kit = readAs(text, "spec-kit", "specs/1/tasks.md");
    const source = { file: "specs/1/tasks.md", text };
    expect(texts(["T001"], "skipped", { source, plan: kit, status: undefined })).toEqual([
      { file: source.file, text: "- [-] T001 a\n" },
    ]);
  });
});

const SAMPLES = path.resolve(import.meta.dirname, "../../../../../shared/samples");

/** A recorded status file of the original, as far as it is compared. */
interface Recorded {
  readonly plan: string;
  readonly status_json?: {
    readonly planName: string;
    readonly currentPhase: string | null;
    readonly sequentialGroups?: unknown;
    readonly tasks: readonly { readonly id: string }[];
  };
}

const recordings = existsSync(path.join(SAMPLES, "oracle-head"))
  ? readdirSync(path.join(SAMPLES, "oracle-head")).flatMap((name) => {
      const file = path.join(SAMPLES, "plans", name.replace(/json$/, "md"));
      const recorded: Recorded = JSON.parse(
        readFileSync(path.join(SAMPLES, "oracle-head", name), "utf8"),
      );
      return existsSync(file) ? [[name, recorded, readFileSync(file, "utf8")] as const] : [];
    })
  : [];

/** Its boxes of phases `### Phase 0` are of the phase before to the original (docs/compatibility.md). */
const MISREAD = new Set(["plan-system-analysis.json"]);

test.skipIf(recordings.length === 0)(
  "what the original's init wrote for real plans is in ours, field by field (skipped where there are none)",
  () => {
    let compared = 0;
    for (const [name, { plan: file, status_json: theirs }, text] of recordings) {
      if (!theirs || MISREAD.has(name)) continue;
      const ours: NonNullable<Recorded["status_json"]> = JSON.parse(
        newStatus(readPlan([{ file, text }]), NOW),
      );
      const mine = new Map(ours.tasks.map((task) => [task.id, task]));
      expect(theirs.tasks.map(({ id }) => mine.get(id))).toMatchObject(
        theirs.tasks.map((task) => ({ ...task, dependents: expect.any(Array) })),
      );
      expect([ours.planName, ours.currentPhase, ours.sequentialGroups]).toEqual([
        theirs.planName,
        theirs.currentPhase,
        theirs.sequentialGroups,
      ]);
      compared += theirs.tasks.length;
    }
    expect(compared).toBeGreaterThan(500);
  },
);
