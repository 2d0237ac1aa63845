import fc from "fast-check";
import { expect, test } from "vitest";
import {
  notRegistered,
  registeredRisks,
} from "../../../../src/execution/risks/registered-risks.ts";
import { watchRisks, type WatchedRisk } from "../../../../src/execution/risks/risk-watch.ts";
import { NOTHING_DONE } from "../../../../src/execution/run-state.ts";
import {
  coordinateRun,
  notCoordinated,
  type CoordinationRules,
} from "../../../../src/execution/sessions/coordinate-run.ts";
import { runRisks } from "../../../../src/execution/risks/run-risks.ts";
import { readRiskRegister } from "../../../../src/schedule/formats/read-risk-register.ts";
import { writeRiskMitigationPlan } from "../../../../src/schedule/report/s3/write-risk-mitigation-plan.ts";
import { explicit, planOf, task } from "../../plan/plans.ts";
import { EXAMPLE } from "../../schedule/report/example.ts";
import { exampleWriting } from "../../schedule/report/example-writing.ts";
import { runOf, writes } from "../any-run.ts";
import { coordination, DONE, THREE, told } from "./any-coordination.ts";

const MINUTE = 60_000;

const watched = (trigger: Partial<WatchedRisk["trigger"]>): WatchedRisk => ({
  id: "sched_001",
  name: "Uncertain estimate of 1.1",
  level: "high",
  trigger: {
    kind: "metric",
    metric: "duration-over-minutes",
    subjects: ["1.1"],
    comparison: "above",
    threshold: 10,
    unit: "minutes",
    ...trigger,
  },
  owner: "architect",
  response: ["Put a second person on it"],
  contingency: "The simpler of its solutions",
});

function seenAfter(given: CoordinationRules, minutes: readonly number[]) {
  const begun = told(NOTHING_DONE, "1.1", [{ kind: "started" }]);
  let state = coordinateRun(given, notCoordinated(0), {
    now: 0,
    run: begun.run,
    news: begun.news,
    reports: [],
    over: false,
  }).state;
  return minutes.map((minute) => {
    const seen = coordinateRun(given, state, {
      now: minute * MINUTE,
      run: begun.run,
      news: [],
      reports: [],
      over: false,
    });
    state = seen.state;
    return seen.events.filter(({ type }) => type.startsWith("risk-"));
  });
}

test("a task that takes longer than its estimate raises its risk with the response, once", () => {
  // the estimate is 30 minutes
  const given = coordination(THREE, { risks: [watched({})] });
  const [early, at, late, later] = seenAfter(given, [39, 40, 41, 90]);
  expect([early, at, later]).toEqual([[], [], []]);
  expect(late).toEqual([
    {
      type: "risk-raised",
      risk: "sched_001",
      name: "Uncertain estimate of 1.1",
      level: "high",
      metric: "duration-over-minutes",
      value: 11,
      threshold: 10,
      unit: "minutes",
      about: ["1.1"],
      owner: "architect",
      response: ["Put a second person on it"],
      contingency: "The simpler of its solutions",
    },
  ]);
});

test("what should have begun, what waits, what is held up, and the end are measured", () => {
  const cases: readonly (readonly [Partial<WatchedRisk["trigger"]>, number])[] = [
    [{ metric: "start-late-minutes", subjects: ["1.2"] }, 60 - 5],
    [{ metric: "waiting-minutes", subjects: ["1.2"] }, 60],
    // 2.1 was planned for minute 30 and waits for the phase before it
    [{ metric: "open-dependencies", subjects: ["2.1"], threshold: 0 }, 1],
    [{ metric: "deadline-margin-minutes", subjects: [], comparison: "below", threshold: 50 }, 40],
  ];
  for (const [trigger, value] of cases) {
    const given = coordination(THREE, {
      risks: [watched(trigger)],
      starts: new Map([
        ["1.2", 5],
        ["2.1", 30],
      ]),
      plannedEnd: 90,
      deadline: 200,
    });
    const [events] = seenAfter(given, [60]);
    expect(events?.[0]).toMatchObject({ type: "risk-raised", metric: trigger.metric, value });
  }
});

test("a change of a file that another task has now counts; its own, and those before it, don't", () => {
  const given = coordination(THREE, {
    risks: [
      watched({
        metric: "same-file-changes",
        subjects: ["src/a.ts"],
        threshold: 0,
        unit: "changes",
      }),
    ],
    writers: new Map([["src/a.ts", ["1.2"]]]),
  });
  const raised = (order: readonly ["1.1" | "1.2", "1.1" | "1.2"]) => {
    let run = NOTHING_DONE;
    let state = notCoordinated(0);
    const events = [];
    // the first lands a change of src/a.ts before or after the second begins
    const steps = [
      [order[0], [DONE[0]]],
      [order[1], [DONE[0]]],
      [order[0], DONE.slice(1)],
    ] as const;
    for (const [index, [key, what]] of steps.entries()) {
      const next = told(
        run,
        key,
        what.flatMap((event) => event ?? []),
      );
      run = next.run;
      const seen = coordinateRun(given, state, {
        now: index * MINUTE,
        run,
        news: next.news,
        reports: [],
        over: false,
      });
      state = seen.state;
      events.push(...seen.events.filter(({ type }) => type === "risk-raised"));
    }
    return events.length;
  };
  expect(raised(["1.1", "1.2"])).toBe(1);
  expect(raised(["1.2", "1.1"])).toBe(0);
});

test("raised and settled take turns, and hold what is measured against the threshold", () => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.integer({ min: -50, max: 50 }))), (values) => {
      let raised: ReadonlySet<string> = new Set();
      let last = "risk-settled";
      for (const value of values) {
        const seen = watchRisks([watched({})], raised, () => value ?? undefined);
        for (const { type } of seen.events) {
          expect(type).not.toBe(last);
          last = type;
        }
        if (value !== null) expect(seen.raised.has("sched_001")).toBe(value > 10);
        raised = seen.raised;
      }
    }),
  );
});

test("a run's own graph shows risks, in the words of the register", () => {
  const plan = planOf({
    tasks: ["1", "2", "3", "4"].map((key) => task(key, { phase: undefined })),
    dependencies: ["1", "2", "3"].map((key) => explicit(key, "4")),
  });
  const uses = new Map(["1", "2", "3"].map((key) => [key, [writes("src/a.ts")]]));
  const risks = runRisks(runOf(plan, uses), { uses, plannedEnd: 400 });
  expect(risks.map(({ name, trigger }) => [name, trigger.metric, trigger.threshold])).toEqual([
    ["Critical chain without slack: the run", "finish-late-minutes", 20],
    ["Activities without an estimate: 4 of 4", "duration-over-minutes", 30],
    ["Hot file src/a.ts", "same-file-changes", 0],
    ["Late integration at 4", "open-dependencies", 0],
  ]);
  for (const { response, contingency, owner } of risks) {
    expect(response.length).toBeGreaterThan(0);
    expect([contingency, owner]).not.toContain("");
  }
});

test("a register that a schedule wrote is read as it was made, without what only people see and what plans name themselves", () => {
  const writing = exampleWriting(EXAMPLE);
  const register = readRiskRegister(JSON.stringify(writeRiskMitigationPlan(writing)));
  const derived = writing.strategy.risks.risks.filter(({ trigger }) => trigger.kind === "metric");
  expect(register).toMatchObject({ plan: "plans/checkout.md", planned: "2024-03-11T08:30:00Z" });
  expect(register?.risks.map(({ id, trigger }) => [id, trigger])).toEqual(
    derived.map(({ id, trigger }) => [id, trigger]),
  );
  const risks = registeredRisks(register ?? { risks: [] }, "shop:");
  const metrics = new Set(risks.map(({ trigger }) => trigger.metric));
  expect([...metrics].filter((each) => each === "person-away")).toEqual([]);
  expect(metrics.size).toBeGreaterThan(1);
  for (const { id, trigger } of risks) {
    expect(id).toMatch(/^shop:/);
    if (trigger.metric !== "same-file-changes")
      expect(trigger.subjects.every((key) => key.startsWith("shop:"))).toBe(true);
  }
  const text = JSON.stringify({ risk_management: { risk_assessment: [] } });
  for (const none of ["", "{", "[]", text]) expect(readRiskRegister(none)).toBeUndefined();
});

test("what a register has is watched in its words, the rest of what the graph shows in the run's", () => {
  const own = [
    watched({ metric: "finish-late-minutes", subjects: [] }),
    watched({ metric: "same-file-changes", subjects: ["a.ts"] }),
    watched({ metric: "duration-over-minutes", subjects: ["1.1", "1.2"] }),
  ];
  const metrics = (registered: readonly WatchedRisk[]) =>
    notRegistered(own, registered).map(({ trigger }) => trigger.metric);
  expect(metrics([])).toHaveLength(3);
  expect(
    metrics([
      watched({ metric: "finish-late-minutes", subjects: [] }),
      watched({ metric: "same-file-changes", subjects: ["a.ts"] }),
      watched({ metric: "duration-over-minutes", subjects: ["1.1"] }),
    ]),
  ).toEqual(["duration-over-minutes"]);
  expect(metrics([watched({ metric: "finish-late-minutes", subjects: ["1.1"] })])).toHaveLength(3);
});
