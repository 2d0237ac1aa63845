import { describe, expect, test } from "vitest";
import { toJson } from "../../../../src/core/json.ts";
import {
  originalCheck,
  originalPhases,
  originalStatus,
} from "../../../../src/plan/original/original-answers.ts";
import { originalInit } from "../../../../src/plan/original/original-init.ts";
import { originalNext } from "../../../../src/plan/original/original-next.ts";
import {
  originalMarkers,
  originalProgress,
  originalProgressText,
} from "../../../../src/plan/original/original-progress.ts";
import { loadOriginalStatus } from "../../../../src/plan/original/original-status.ts";
import type {
  OriginalStatus,
  OriginalVersion,
} from "../../../../src/plan/original/original-status.ts";
import { LOOK_ALIKE, NOW, PLAN_PATH } from "./look-alike.ts";

function initialised(text: string, version: OriginalVersion): OriginalStatus {
  const init = originalInit(PLAN_PATH, text, version, NOW);
  if ("error" in init) throw new Error(init.error);
  return init.status;
}

/** The status with tasks in other states, loaded again as from disk. */
function withStates(
  status: OriginalStatus,
  states: Readonly<Record<string, string>>,
): OriginalStatus {
  const tasks = status.tasks.map((task) => ({ ...task, status: states[task.id] ?? task.status }));
  const loaded = loadOriginalStatus(toJson({ ...status, tasks }));
  if (loaded === undefined) throw new Error("not a status");
  return loaded;
}

const next = (status: OriginalStatus, count: number, version: OriginalVersion): readonly string[] =>
  originalNext(status, count, version, LOOK_ALIKE).tasks.map(({ id }) => id);

/** Five tasks in phase 1, one in each of 2 and 3. */
const THREE_PHASES = `# Three
## Phase 1: One
- [ ] 1.1 a
- [ ] 1.2 b
- [ ] 1.3 c
- [ ] 1.4 d
- [ ] 1.5 e
## Phase 2: Two
- [ ] 2.1 f
## Phase 3: Three
- [ ] 3.1 g
`;

describe("init", () => {
  test("what it writes and prints, in its order of fields", () => {
    const init = originalInit(PLAN_PATH, LOOK_ALIKE, "head", NOW);
    if ("error" in init) throw new Error(init.error);
    expect(Object.keys(init.status)).toEqual([
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
    expect(init.status.currentPhase).toBe("Phase 1: Harbour");
    expect(JSON.stringify(init.status.tasks[1])).toBe(
      '{"id":"1.2","phase":"Phase 1: Harbour","description":"Change the times in src/Timetable.ts","status":"pending",' +
        '"dependencies":[],"dependents":[],"executionConstraints":{"sequential":true,"sequentialGroup":"1.1-1.2",' +
        '"reason":"both change the timetable"}}',
    );
    expect(init.status.dependencyGraph?.["3.1"]).toEqual({
      dependencies: ["2.1", "9.9"],
      dependents: [],
      inDegree: 2,
    });
    expect(init.output).toEqual({
      success: true,
      planPath: PLAN_PATH,
      outputDir: "docs/plan-outputs/ferry",
      structure: {
        statusJson: "docs/plan-outputs/ferry/status.json",
        findingsDir: "docs/plan-outputs/ferry/findings",
        timestampsDir: "docs/plan-outputs/ferry/timestamps",
      },
      taskCount: 9,
      initialized: true,
    });
  });

  test("seed knows no dependencies; a plan without tasks has no current phase", () => {
    const seed = initialised(LOOK_ALIKE, "seed");
    expect(Object.keys(seed)).not.toContain("dependencyGraph");
    expect(Object.keys(seed.tasks[0] ?? {})).not.toContain("dependencies");
    expect(originalStatus(initialised("text", "head"))).toMatchObject({
      planName: "ferry",
      total: 0,
      percentage: 0,
      currentPhase: "Unknown",
    });
  });

  test("cycles and empty files are refused; seed does not see cycles", () => {
    const cycle = "# C\n## Phase 1: One\n- [ ] 1.1 a (depends: 1.2)\n- [ ] 1.2 b (depends: 1.1)\n";
    expect(originalInit(PLAN_PATH, cycle, "head", NOW)).toEqual({
      error: "Dependency cycle detected: 1.1 -> 1.2 -> 1.1",
    });
    expect(originalInit(PLAN_PATH, cycle, "seed", NOW)).toHaveProperty("status");
    expect(originalInit(PLAN_PATH, "", "seed", NOW)).toEqual({ error: "Could not read plan file" });
  });
});

describe("next", () => {
  test("seed goes by phases in the order of the file, head through all of them sorted by id", () => {
    const text = THREE_PHASES.replace("- [ ] 1.1 a\n", "- [ ] 1.10 z\n- [ ] 1.1 a\n");
    const seed = next(initialised(text, "seed"), 10, "seed");
    expect(seed).toEqual(["1.10", "1.1", "1.2", "1.3", "1.4", "1.5"]);
    const head = next(initialised(text, "head"), 10, "head");
    expect(head).toEqual(["1.1", "1.2", "1.3", "1.4", "1.5", "1.10", "2.1", "3.1"]);
  });

  test("seed opens a phase at 80 % of each earlier one, skipped ones counted, or when nothing there is pending", () => {
    const status = initialised(THREE_PHASES, "seed");
    const three = { "1.1": "completed", "1.2": "completed", "1.3": "skipped" };
    expect(next(withStates(status, three), 10, "seed")).toEqual(["1.4", "1.5"]);
    const four = { ...three, "1.4": "completed" };
    expect(next(withStates(status, four), 10, "seed")).toEqual(["1.5", "2.1"]);
    const failed = { ...three, "1.4": "failed", "1.5": "failed" };
    expect(next(withStates(status, failed), 10, "seed")).toEqual(["1.4", "1.5", "2.1"]);
  });

  test("two phases of one number do not wait for each other", () => {
    const text = THREE_PHASES.replace("## Phase 3", "## Phase 2");
    const done = Object.fromEntries([1, 2, 3, 4].map((n) => [`1.${n}`, "completed"]));
    expect(next(withStates(initialised(text, "seed"), done), 10, "seed")).toEqual([
      "1.5",
      "2.1",
      "3.1",
    ]);
  });

  test("tasks in progress come alone", () => {
    for (const version of ["seed", "head"] as const) {
      const status = withStates(initialised(THREE_PHASES, version), { "2.1": "in_progress" });
      expect(next(status, 10, version)).toEqual(["2.1"]);
      expect(originalNext(status, 0, version)).toEqual({ count: 0, tasks: [] });
    }
  });

  test("failed tasks come first at seed, even too many of them; alone at head", () => {
    const states = { "1.1": "failed", "1.2": "failed" };
    const seed = withStates(initialised(THREE_PHASES, "seed"), states);
    expect(next(seed, 3, "seed")).toEqual(["1.1", "1.2", "1.3"]);
    expect(next(seed, 1, "seed")).toEqual(["1.1", "1.2"]);
    const head = withStates(initialised(THREE_PHASES, "head"), states);
    expect(next(head, 3, "head")).toEqual(["1.1", "1.2"]);
    expect(next(head, 1, "head")).toEqual(["1.1"]);
  });

  test("head's labels: groups and conflicts together, blocked tasks counted, phases mixed", () => {
    const status = initialised(LOOK_ALIKE, "head");
    const answer = originalNext(status, 10, "head", LOOK_ALIKE);
    expect(answer.tasks.map(({ id }) => id)).toEqual([
      "1.1",
      "1.2",
      "1.9",
      "1.10",
      "1.20",
      "4.1",
      "4.2",
    ]);
    expect(answer.tasks[1]).toEqual({
      id: "1.2",
      description: "Change the times in src/Timetable.ts",
      phase: 1,
      status: "pending",
      reason: "pending - ready to implement",
      dependencies: [],
      dependents: [],
      sequential: true,
      sequentialGroup: "1.1-1.2",
      sequentialReason: "both change the timetable",
      parallelPhase: true,
      fileConflict: true,
      conflictsWith: ["1.1"],
      conflictingFiles: ["src/timetable.ts"],
    });
    const { count, tasks, ...rest } = answer;
    expect([count, tasks.length]).toEqual([7, 7]);
    expect(rest).toEqual({
      fileConflicts: [
        { file: "docs/boats.md", taskIds: ["4.1", "4.2"] },
        { file: "src/timetable.ts", taskIds: ["1.1", "1.2"] },
      ],
      parallelPhases: [{ phases: [1, 4], reason: "different harbours" }],
      pipelineStartTriggers: [{ phase: 4, triggerTask: "1.1" }],
      blockedTaskCount: 2,
      crossPhaseExecution: true,
      activePhases: [1, 4],
    });
  });

  test("a pipeline's start is a label; what depends on an unknown id waits for ever", () => {
    const all = Object.fromEntries(
      ["1.1", "1.2", "1.9", "1.10", "1.20", "2.1"].map((id) => [id, "completed"]),
    );
    const status = withStates(initialised(LOOK_ALIKE, "head"), all);
    const answer = originalNext(status, 10, "head", LOOK_ALIKE);
    expect(
      answer.tasks.map(({ id, reason, pipelineTriggered }) => [id, reason, pipelineTriggered]),
    ).toEqual([
      ["4.1", "pending - ready via pipeline-start trigger", true],
      ["4.2", "pending - ready via pipeline-start trigger", true],
    ]);
    expect(answer.blockedTaskCount).toBe(1);
  });
});

describe("check", () => {
  test("any pending task can start", () => {
    const status = initialised(LOOK_ALIKE, "head");
    expect(originalCheck(status, "3.1")).toEqual({
      task: {
        id: "3.1",
        description: "So does this (DEPENDS: 2.1, 9.9)",
        status: "pending",
        phase: 1,
      },
      canStart: true,
      blockers: [],
      phase: "Phase 1: Harbour",
    });
    const finished = withStates(status, { "1.1": "failed", "1.2": "completed", "1.9": "skipped" });
    expect(originalCheck(finished, "4.1")).toMatchObject({
      canStart: true,
      blockers: ["1.10", "1.20", "2.1", "3.1"],
    });
    expect(originalCheck(finished, "1.1")).toMatchObject({ canStart: false });
    expect(originalCheck(status, "7.7")).toEqual({ error: "Task 7.7 not found" });
  });
});

describe("phases, status and progress", () => {
  const states = {
    "1.1": "completed",
    "1.2": "skipped",
    "1.3": "in_progress",
    "2.1": "skipped",
    "3.1": "in_progress",
  };
  const status = withStates(initialised(THREE_PHASES, "head"), states);

  test("skipped tasks are not complete in phases, but are in markers", () => {
    expect(
      originalPhases(status).phases.map((phase) => [phase.number, phase.percentage, phase.status]),
    ).toEqual([
      [1, 20, "in_progress"],
      [2, 0, "pending"],
      [3, 0, "pending"],
    ]);
    expect(originalMarkers(status)).toEqual([
      "[PROGRESS] plan status=in_progress percent=14",
      "[PROGRESS] phase=1 status=in_progress percent=40",
      "[PROGRESS] phase=2 status=completed percent=100",
      "[PROGRESS] phase=3 status=in_progress percent=0",
      "[PROGRESS] cross_phase active=true phases=1,3",
      "[PROGRESS] task=1.3 status=started",
      "[PROGRESS] task=3.1 status=started",
      "[PROGRESS] summary completed=1 pending=2 failed=0",
    ]);
  });

  test("percentages are rounded, and rounded ones decide", () => {
    const boxes = Array.from({ length: 200 }, (_, index) => `- [ ] 1.${index + 1} x`).join("\n");
    const many = initialised(`# M\n## Phase 1: One\n${boxes}\n`, "head");
    const done = Object.fromEntries(many.tasks.slice(1).map(({ id }) => [id, "completed"]));
    expect(originalPhases(withStates(many, done)).phases[0]).toMatchObject({
      percentage: 100,
      status: "complete",
    });
    expect(originalPhases(withStates(many, { "1.1": "completed" })).phases[0]).toMatchObject({
      percentage: 1,
      status: "in_progress",
    });
  });

  test("JSON of progress", () => {
    expect(originalProgress(status)).toMatchObject({
      plan: { path: PLAN_PATH, name: "Three", status: "in_progress" },
      summary: {
        total: 7,
        completed: 1,
        in_progress: 2,
        pending: 2,
        failed: 0,
        skipped: 2,
        percentage: 14,
      },
      currentPhase: "Phase 1: One",
      lastUpdated: NOW,
      crossPhaseExecution: {
        phases: [1, 3],
        description: "Tasks from 2 phases executing in parallel",
      },
    });
    expect(Object.keys(originalProgress(status).summary)).toEqual([
      "total",
      "completed",
      "in_progress",
      "pending",
      "failed",
      "skipped",
      "percentage",
    ]);
    const triggered = withStates(initialised(LOOK_ALIKE, "head"), {
      "1.1": "completed",
      "4.1": "in_progress",
    });
    expect(originalProgress(triggered, LOOK_ALIKE).pipeline).toEqual({
      triggers: [
        { phase: 4, triggerTask: "1.1", triggerStatus: "completed", pipelineActive: true },
      ],
      activeOverlaps: [{ phase: 4, triggeredBy: "1.1" }],
    });
    expect(originalMarkers(triggered, LOOK_ALIKE)).toContain(
      "[PROGRESS] pipeline phase=4 trigger=1.1 active=true",
    );
  });

  test("text of progress; head says which phases run at once", () => {
    const text = originalProgressText(status, "seed", "yesterday");
    expect(text[1]).toBe(`Progress: [${"█".repeat(6)}${"░".repeat(34)}] 14%`);
    expect(text.at(-1)).toBe("Last Updated: yesterday");
    expect(originalProgressText(status, "head", "yesterday").slice(text.length)).toEqual([
      "",
      "⚡ Cross-Phase Execution: 2 phases active",
      "   Phase 1: 1.3",
      "   Phase 3: 3.1",
    ]);
    expect(
      originalProgressText(initialised(LOOK_ALIKE, "head"), "head", "now", LOOK_ALIKE).at(-1),
    ).toBe("   ◯ Phase 4 starts when 1.1 completes [pending]");
  });
});

describe("status.json as it is on disk", () => {
  test("counts are taken anew, unknown states are pending, records without description stay", () => {
    const loaded = loadOriginalStatus({
      planName: "P",
      tasks: [
        { id: "V1", phase: "0", title: "no description", status: "done" },
        { id: 7, status: "completed" },
        "junk",
        { phase: "no id" },
      ],
      summary: { totalTasks: 99 },
    });
    expect(loaded?.summary).toMatchObject({ totalTasks: 2, completed: 1, pending: 1 });
    expect(JSON.stringify(loaded && originalPhases(loaded))).toBe(
      '{"phases":[{"number":0,"title":"0","total":1,"completed":0,"percentage":0,"status":"pending"},' +
        '{"number":0,"title":"Unknown Phase","total":1,"completed":1,"percentage":100,"status":"complete"}]}',
    );
    expect(loaded && originalNext(loaded, 5, "head")).toEqual({ count: 0, tasks: [] });
    for (const broken of [null, [], "x", {}, { tasks: {} }])
      expect(loadOriginalStatus(broken)).toBe(undefined);
  });
});
