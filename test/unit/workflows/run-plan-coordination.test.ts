/** What lies between the tasks of a run that carries out plans: sessions, gates, checkpoints, findings, as the run itself makes them. */
import { describe, expect, test } from "vitest";
import type { RunEvent } from "../../../src/core/event.ts";
import { createMemoryStore } from "../../../src/testing/memory-engine.ts";
import { eventsOf, planWorld, started, type Deed, type WorldOptions } from "./plan-world.ts";

const PLAN = "docs/plans/lend.md";
const TEXT = `# Lend tools

## Phase 1: Foundation

- [ ] 1.1 Make the store
- [ ] 1.2 Make the types

**VERIFY Phase 1:**
- [ ] The store keeps tools

## Phase 2: Core

- [ ] 2.1 Lend a tool

## Phase 3: Polish

- [ ] 3.1 Say how
`;
const FOLDER = "docs/plan-outputs/lend";
const STATUS = JSON.stringify({
  version: "1.0",
  planPath: PLAN,
  planName: "lend",
  tasks: [],
});

const phase = (id: string, dependencies: readonly string[] = []) => ({
  phase_id: `phase-${id}`,
  phase_name: `Part ${id}`,
  estimated_duration: "1 day",
  dependencies,
});
/** S3's form: waves are a view, and nothing ties its parts together but what is declared. */
const DECLARED = JSON.stringify({
  wave_execution_plan: {
    waves: [
      {
        wave_number: 1,
        duration: "1 day",
        phases: [phase("1"), phase("2", ["phase-1"])],
        synchronization_points: [{ name: "Contracts agreed", trigger: "phases completed" }],
      },
      { wave_number: 2, duration: "1 day", phases: [phase("3", ["phase-1"])] },
      { wave_number: 3, duration: "1 day", phases: [phase("4", ["phase-1"])] },
    ],
  },
  quality_assurance: {
    quality_gates: [
      {
        gate_id: "qg_001",
        gate_name: "Core stands",
        trigger: "wave_2_completion",
        validation_criteria: ["All wave deliverables completed", "Somebody has read it"],
        approval_required: ["architect"],
      },
    ],
  },
});

/** It says where its work is not what the plan says. */
const deviating: Deed = (tree) => {
  tree.set("src/store.js", "store");
  return {
    task_report: {
      summary: "A store in a file",
      issues: [{ problem: "No table", resolution: "A file does" }],
      deviations: ["The store is a file, not a table"],
      notes: ["Close it"],
    },
  };
};

const world = (more: Partial<WorldOptions> = {}) =>
  planWorld({
    plans: { [PLAN]: TEXT },
    deeds: { "1.1": deviating },
    ...more,
  });

const typesOf = <T extends RunEvent["type"]>(events: readonly RunEvent[], type: T) =>
  events.filter((event): event is Extract<RunEvent, { readonly type: T }> => event.type === type);

describe("a run that carries out plans", () => {
  test("goes through its sessions, takes a checkpoint for each phase, and writes what it found", async () => {
    const of = world();
    of.disk.set(`${FOLDER}/status.json`, STATUS);
    const engine = await started(of);
    await engine.settled("run-1");
    const events = await eventsOf(engine);
    expect(
      typesOf(events, "session-advanced").map(
        ({ session, from, to }) => `${session} ${from}→${to}`,
      ),
    ).toEqual([
      "session_001 created→active",
      "session_001 active→completed",
      "session_002 created→active",
      "session_002 active→completed",
      "session_003 created→active",
      "session_003 active→completed",
      "session_001 completed→archived",
      "session_002 completed→archived",
      "session_003 completed→archived",
    ]);
    const taken = typesOf(events, "checkpoint-taken");
    expect(
      taken.map(({ checkpoint, done, of: all, issues, deviations }) => [
        checkpoint,
        done,
        all,
        issues,
        deviations,
      ]),
    ).toEqual([
      ["checkpoint_001", 3, 5, 1, 1],
      ["checkpoint_002", 4, 5, 0, 0],
      ["checkpoint_003", 5, 5, 0, 0],
      ["checkpoint_004", 5, 5, 1, 1],
    ]);
    expect([...of.git.points.keys()]).toHaveLength(4);
    expect(of.git.points.get("refs/wavegate/landing/run-1/points/checkpoint_004")).toBe(
      of.git.heads.at(-1),
    );
    // agents of the next phase are told of the deviation, as data
    const prompt = of.requests.find(({ role }) => role === "2.1")?.prompt ?? "";
    expect(prompt).toContain("session_001 (coordination): The store is a file, not a table");
    expect(prompt.indexOf("What came before")).toBeLessThan(prompt.indexOf("not a table"));
    const findings = of.disk.get(`${FOLDER}/findings/1-1.md`) ?? "";
    expect(findings).toContain("A store in a file");
    expect(findings).toContain("## Files Modified\n\n- `src/store.js`");
    expect([...of.disk.keys()].filter((path) => path.includes("findings/"))).toHaveLength(4);
    await engine.close();
  });

  test("with gates of waves that are proven, the next wave begins when its gate is passed, and not before", async () => {
    const of = world({
      input: { coordination: { gates: "proven", checkpoints: "task" }, test: "npm test" },
    });
    const engine = await started(of);
    const { status } = await engine.settled("run-1");
    expect(status).toBe("completed");
    const events = await eventsOf(engine);
    const order = events.flatMap((event) => {
      if (event.type === "wave-judged") return [`${event.gate} ${event.outcome}`];
      return event.type === "task-advanced" &&
        (event.event === "started" || event.event === "landed")
        ? [`${event.task} ${event.event}`]
        : [];
    });
    expect(order.filter((each) => each.startsWith("qg_"))).toEqual([
      "qg_001 passed",
      "qg_002 passed",
    ]);
    expect(order.indexOf("qg_001 passed")).toBeGreaterThan(order.indexOf("1.2 landed"));
    expect(order.indexOf("qg_001 passed")).toBeLessThan(order.indexOf("2.1 started"));
    const [gate] = typesOf(events, "wave-judged");
    expect(gate?.criteria.find(({ text }) => text.startsWith("Integration"))).toMatchObject({
      outcome: "met",
      shown: expect.stringMatching(/^npm test passed on [0-9a-f]{12}$/),
    });
    // incremental: each task that landed is a point to go back to
    expect(typesOf(events, "checkpoint-taken").map(({ title }) => title)).toEqual(
      expect.arrayContaining(["1.1 landed: Make the store", "3.1 landed: Say how"]),
    );
    await engine.close();
  });

  test("with gates that people pass, the run waits, and goes on by a word", async () => {
    const of = world({ input: { coordination: { gates: "approved", checkpoints: "phase" } } });
    const engine = await started(of);
    for (const point of ["sync qg_001", "sync qg_002"]) {
      const record = await engine.settled("run-1", {});
      expect(record).toMatchObject({ status: "waiting", wait: { info: { points: [point] } } });
      await engine.tell("run-1", { key: point, value: { kind: "release", point, by: "ada" } });
      const wait = record.wait?.name ?? "";
      await engine.settled("run-1", { afterWait: wait });
    }
    const events = await eventsOf(engine);
    expect(
      typesOf(events, "wave-judged").map(({ gate, outcome, by = null }) => [gate, outcome, by]),
    ).toEqual([
      ["qg_001", "asks", null],
      ["qg_001", "passed", "ada"],
      ["qg_002", "asks", null],
      ["qg_002", "passed", "ada"],
    ]);
    expect(await engine.run("run-1")).toMatchObject({ status: "completed" });
    await engine.close();
  });

  test("sync points and gates that the plan declares hold by themselves", async () => {
    const of = planWorld({ plans: { "docs/plan.json": DECLARED } });
    const engine = await started(of);
    const point = "sync qg_001";
    const record = await engine.settled("run-1", {});
    expect(record).toMatchObject({ status: "waiting", wait: { info: { points: [point] } } });
    await engine.tell("run-1", { key: point, value: { kind: "release", point, by: "ada" } });
    await engine.settled("run-1", { afterWait: record.wait?.name ?? "" });
    const events = await eventsOf(engine);
    const order = events.flatMap((event) => {
      if (event.type === "wave-judged") return [`${event.gate} ${event.outcome}`];
      return event.type === "task-advanced" && /started|landed/.test(event.event)
        ? [`${event.task} ${event.event}`]
        : [];
    });
    const at = (what: string) => {
      expect(order).toContain(what);
      return order.indexOf(what);
    };
    // Nothing but the sync point ties these two together.
    expect(at("phase-3 started")).toBeGreaterThan(at("phase-2 landed"));
    expect(at("phase-4 started")).toBeGreaterThan(at("qg_001 passed"));
    expect(at("qg_001 asks")).toBeGreaterThan(at("phase-3 landed"));
    expect(typesOf(events, "wave-judged").at(-1)?.approvers).toEqual(["architect"]);
    await engine.close();
  });

  test("what holds up others while the run waits for a person is escalated at four hours", async () => {
    const clock = { now: Date.now() };
    const of = world({
      store: createMemoryStore({ now: () => clock.now }),
      deeds: { "1.1": () => ({ kind: "crashed" }) },
      input: { attempts: { retries: 0, initialMs: 1, maxMs: 1 } },
    });
    const engine = await started(of);
    const { wait } = await engine.settled("run-1");
    expect(wait).toMatchObject({ kind: "hold" });
    const raised = async () => typesOf(await eventsOf(engine), "escalation-raised");
    expect(await raised()).toEqual([]);
    clock.now += 4 * 3_600_000 + 1_000;
    const word = { kind: "task", task: "nothing", by: "ada", says: { what: "retry" } } as const;
    await engine.tell("run-1", { key: "word", value: word });
    await engine.settled("run-1", { afterWait: wait?.name ?? "" });
    expect((await raised()).map(({ about, to, rule }) => [about, to, rule])).toEqual([
      ["1.1", "orchestrator", "dependency_blocking"],
      ["1.1", "project_manager", "timeline_impacts"],
    ]);
    await engine.close();
  });

  test("what a register of the plan that a schedule wrote says is watched, and raises its response", async () => {
    const clock = { now: Date.now() };
    const files = {
      "docs/old/risk-mitigation-plan.json": register(PLAN, "2026-01-01T00:00:00Z", "old"),
      "docs/strategy/risk-mitigation-plan.json": register(PLAN, "2026-02-01T00:00:00Z", "new"),
      "other/risk-mitigation-plan.json": register("docs/plans/x.md", "2026-03-01T00:00:00Z", "x"),
      "broken/risk-mitigation-plan.json": "{",
    };
    const of = world({
      store: createMemoryStore({ now: () => clock.now }),
      deeds: { "1.1": () => ({ kind: "crashed" }) },
      files,
      input: { attempts: { retries: 0, initialMs: 1, maxMs: 1 } },
    });
    for (const [path, text] of Object.entries(files)) of.disk.set(path, text);
    const engine = await started(of);
    const { wait } = await engine.settled("run-1");
    clock.now += 61_000;
    const word = { kind: "task", task: "nothing", by: "ada", says: { what: "retry" } } as const;
    await engine.tell("run-1", { key: "word", value: word });
    await engine.settled("run-1", { afterWait: wait?.name ?? "" });
    expect(typesOf(await eventsOf(engine), "risk-raised")).toMatchObject([
      { risk: "new", about: ["1.1"], owner: "architect", response: ["Ask who knows the store"] },
    ]);
    await engine.close();
  });
});

const registered = (id: string) => ({
  risk_id: id,
  risk_name: "Making the store fails",
  source: "derived",
  risk_level: "high",
  trigger: {
    kind: "metric",
    metric: "failed-tries",
    subjects: ["1.1"],
    comparison: "above",
    threshold: 0,
    unit: "tries",
  },
  response_procedures: ["Ask who knows the store"],
  contingency_plan: "A file does",
  owner: "architect",
});

const register = (plan: string, planned: string, id: string) =>
  JSON.stringify({
    dependency_analysis_source: plan,
    planning_date: planned,
    risk_management: { risk_assessment: [registered(id)] },
  });
