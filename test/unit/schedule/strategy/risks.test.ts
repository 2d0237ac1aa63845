import { describe, expect, test } from "vitest";
import { strategyOn } from "../../../../src/schedule/strategy/make-strategy.ts";
import { RISK_RULES } from "../../../../src/schedule/strategy/risks/rules.ts";
import { coverageOf } from "../../../../src/schedule/strategy/risks/register.ts";
import type { Risk } from "../../../../src/schedule/strategy/risks/risk.ts";
import { WATCHED_METRICS } from "../../../../src/schedule/strategy/risks/watched-metrics.ts";
import { listSchedule } from "./list-schedule.ts";
import { DAY, nobody, one, person, plainTimeline, project, team, type Sketch } from "./projects.ts";

const timeline = plainTimeline();
const strategy = (sketch: Sketch) => {
  const made = project(sketch);
  return strategyOn(made, listSchedule(made), timeline, { runs: 2_000 });
};
const risk = (sketch: Sketch, rule: string): Risk | undefined =>
  strategy(sketch).risks.risks.find(
    (each) => each.source.kind === "derived" && each.source.rule === rule,
  );

const people = (id: string, count: number, skill: string) =>
  Array.from({ length: count }, (_, index) => person(`${id}${index}`, [skill]));

const sure = (minutes: number) => ({
  minutes,
  work: { optimistic: minutes, likely: minutes, pessimistic: minutes, basis: "sure" },
});

describe("risks that a graph shows by itself", () => {
  test("a skill that one person has", () => {
    const sketch: Sketch = {
      activities: {
        a: { ...sure(5 * DAY), crew: one("sql") },
        b: { ...sure(5 * DAY), crew: one("sql") },
        c: { ...sure(DAY), crew: one("js") },
      },
      teams: [team("t", [person("ann", ["sql", "js"]), person("bob", ["js"])])],
    };
    const found = risk(sketch, "single-person");
    // Ten days of work at one per cent a day: 1 − 0.99^10. A spell of five days on what has no slack delays by five of ten days.
    expect(found).toMatchObject({
      id: "res_001",
      name: "Only one person can do it: ann (sql)",
      category: "resource_conflict_risk",
      impact: { days: 5, level: "high" },
      probability: { level: "low", source: "assumed" },
      level: "medium",
      affected: { activities: ["a", "b"], people: ["ann"], teams: ["t"] },
      trigger: {
        kind: "metric",
        metric: "person-away",
        subjects: ["ann"],
        threshold: 0,
        unit: "people",
      },
      owner: "project_manager",
    });
    expect(found?.probability.value).toBeCloseTo(1 - 0.99 ** 10);
    expect(found?.evidence.map(({ text }) => text)).toEqual([
      "1 of 2 people can do 2 activities",
      "10 days of work hang on that person",
      "the tightest of them has 0 days of slack",
    ]);
    expect(
      risk(
        {
          ...sketch,
          teams: [team("t", [person("ann", ["sql", "js"]), person("bob", ["js", "sql"])])],
        },
        "single-person",
      ),
    ).toBeUndefined();
  });

  test("a file that many change", () => {
    const use = { uses: [{ resource: "src/app.ts", amount: 1 }] };
    const found = risk(
      {
        activities: {
          a: { ...sure(DAY), ...use },
          b: { ...sure(DAY), ...use },
          c: { ...sure(DAY), ...use },
        },
        resources: [{ id: "src/app.ts" }],
      },
      "hot-file",
    );
    // Three pairs at five per cent; a tenth of the second and of the third day.
    expect(found).toMatchObject({
      name: "Hot file src/app.ts",
      affected: { resources: ["src/app.ts"] },
      impact: { minutes: 0.2 * DAY },
    });
    expect(found?.probability.value).toBeCloseTo(1 - 0.95 ** 3);
  });

  test("a database that is waited for", () => {
    const use = { uses: [{ resource: "db", amount: 1 }] };
    const found = risk(
      {
        activities: { a: { ...sure(DAY), ...use }, b: { ...sure(DAY), ...use } },
        resources: [{ id: "db", kind: "database" }],
      },
      "contested-resource",
    );
    expect(found).toMatchObject({
      impact: { days: 1, level: "high" },
      trigger: { metric: "waiting-minutes", threshold: 120 },
    });
    expect(found?.evidence[1]).toEqual({
      text: "1 of them wait for it in the schedule",
      value: 1,
      unit: "activities",
    });
  });

  test("a chain without slack, as often as the simulation is late", () => {
    const found = risk(
      { activities: { a: DAY, b: DAY, c: DAY }, links: ["a b", "b c"] },
      "long-chain",
    );
    expect(found?.probability).toMatchObject({ source: "simulated", level: "high" });
    expect(found?.probability.value).toBeGreaterThan(0.5);
    // S3: 5 % behind schedule.
    expect(found?.trigger).toMatchObject({
      metric: "finish-late-minutes",
      subjects: [],
      threshold: 72,
    });
    expect(
      risk(
        { activities: { a: sure(DAY), b: sure(DAY), c: sure(DAY) }, links: ["a b", "b c"] },
        "long-chain",
      )?.probability.value,
    ).toBe(0);
  });

  test("late integration: what is done is waited for no more", () => {
    const done = {
      minutes: 0,
      crew: nobody,
      progress: { state: "done", start: "2024-01-01", end: "2024-01-01", people: [] },
    } as const;
    const sketch: Sketch = {
      activities: { a: done, b: done, c: done, e: 2 * DAY, d: sure(DAY) },
      links: ["a d", "b d", "c d", "e d"],
    };
    expect(risk(sketch, "late-integration")).toBeUndefined();
  });

  test("late integration: what joins three, in the second half", () => {
    const sketch: Sketch = {
      activities: { a: DAY, b: DAY, c: DAY, d: sure(DAY) },
      links: ["a d", "b d", "c d"],
    };
    const found = risk(sketch, "late-integration");
    expect(found).toMatchObject({
      category: "technical_integration_risk",
      impact: { minutes: DAY / 2 },
      affected: { activities: ["d", "a", "b", "c"] },
    });
    // Each of three is late in more than half of the runs.
    expect(found?.probability.value).toBeGreaterThan(0.7);
    expect(found?.evidence[1]?.text).toBe("it begins after 1 day of 2 days");
    expect(
      risk(
        { ...sketch, activities: { a: sure(DAY), b: sure(DAY), c: sure(DAY), d: sure(DAY) } },
        "late-integration",
      )?.probability.value,
    ).toBe(0);
  });

  test("no figure, and a figure that leaves much open", () => {
    const none = { minutes: 30, work: { likely: 30, basis: "no figure: 30 minutes" } };
    expect(risk({ activities: { a: none, b: sure(DAY) } }, "no-figure")).toMatchObject({
      name: "Activities without an estimate: 1 of 2 activities",
      // Twice 30 minutes are still within b's day.
      impact: { minutes: 0 },
    });
    const wide = {
      minutes: DAY,
      work: { optimistic: DAY, likely: DAY, pessimistic: 5 * DAY, basis: "three-point" },
    };
    const found = risk({ activities: { a: wide, b: sure(10) } }, "wide-estimate");
    // From the best end: 1 − (1 − x)^5 = 0.95 at x = 0.4507, so 1 + 4 × 0.4507 = 2.8 days.
    expect(found?.evidence[0]).toMatchObject({
      text: "one case in twenty takes 2.8 days instead of 1 day",
      value: 2.8,
    });
    expect(found?.impact.days).toBeCloseTo(1.803, 2);
  });

  test("deadlines: of the whole and of an activity", () => {
    const sketch: Sketch = {
      activities: { a: { minutes: DAY, deadline: "2024-01-01" } },
      deadline: "2024-01-03",
    };
    const found = strategy(sketch).risks.risks.filter(
      ({ source }) => source.kind === "derived" && source.rule === "no-margin",
    );
    expect(found.map(({ name }) => name)).toEqual(["No margin before the deadline of a"]);
    expect(found[0]).toMatchObject({
      probability: { source: "simulated" },
      trigger: { metric: "deadline-margin-minutes", comparison: "below", threshold: 0 },
    });
    expect(found[0]?.evidence[0]?.text).toBe("0 days are between its planned end and the deadline");
  });

  test("teams that wait for each other, and sync points of many", () => {
    const sketch: Sketch = {
      activities: { a: { ...sure(DAY), crew: one("x") }, b: { ...sure(DAY), crew: one("y") } },
      links: ["a b"],
      teams: [team("front", people("f", 5, "x")), team("back", people("b", 3, "y"))],
      syncs: [
        {
          id: "s",
          title: "Contract",
          after: ["a"],
          before: ["b"],
          participants: ["front", "back"],
          minutes: 60,
        },
      ],
    };
    expect(risk(sketch, "contract-misalignment")).toMatchObject({
      id: "coord_001",
      name: "Contract misalignment between back and front",
      affected: { teams: ["back", "front"], sessions: ["session_001", "session_002"] },
      impact: { minutes: DAY / 4 },
      trigger: { metric: "waiting-minutes", threshold: 240 },
    });
    const crowded = risk(sketch, "crowded-sync");
    expect(crowded).toMatchObject({
      id: "coord_002",
      trigger: { metric: "missing-participants", subjects: ["s"] },
      impact: { days: 1 },
    });
    expect(crowded?.probability.value).toBeCloseTo(1 - 0.96 ** 8);
  });

  test("phases that do not say when they are done", () => {
    const sketch: Sketch = {
      activities: { a: { ...sure(DAY), group: "1" }, b: { ...sure(DAY), group: "2" } },
      groups: { "1": [], "2": ["It"] },
      links: ["a b"],
    };
    expect(risk(sketch, "unverified-phase")).toMatchObject({
      name: "Nothing says when it is done: 1 of 2 phases",
      category: "quality_risk",
      impact: { minutes: 0.1 * DAY },
      trigger: { kind: "sign" },
    });
    expect(strategy(sketch).waves.map(({ risk: level }) => level)).toEqual(["medium", "low"]);
  });

  test("what is done is no risk any more", () => {
    const use = {
      uses: [{ resource: "r", amount: 1 }],
      progress: {
        state: "done" as const,
        start: "2024-01-01T09:00",
        end: "2024-01-01T10:00",
        people: [],
      },
    };
    const { risks } = strategy({
      activities: {
        a: { ...sure(60), ...use },
        b: { ...sure(60), ...use },
        c: { ...sure(60), ...use },
      },
      resources: [{ id: "r" }],
    }).risks;
    expect(risks).toEqual([]);
  });
});

test("assumed events are in the forecast, and the same without them beside it", () => {
  const use = { uses: [{ resource: "db", amount: 1 }] };
  const { forecast } = strategy({
    activities: { a: { ...sure(DAY), ...use }, b: { ...sure(DAY), ...use } },
    resources: [{ id: "db", kind: "database" }],
  });
  // In one of ten runs the database is not there for a day.
  expect(forecast.calm.p95.minute).toBe(2 * DAY);
  expect(forecast.p95.minute).toBe(3 * DAY);
  expect(forecast.onTime).toBeCloseTo(0.95 ** 2, 1);
});

test("every rule says all that S3 asks for, and each metric that triggers name is described", () => {
  for (const rule of RISK_RULES) {
    const texts = [rule.name, rule.detectionMethod, rule.contingencyPlan, rule.owner];
    expect(texts.every((text) => text.length > 0)).toBe(true);
    const lists = [rule.earlyWarningSigns, rule.preventionMeasures, rule.responseProcedures];
    expect(lists.every((list) => list.length > 0)).toBe(true);
  }
  expect(new Set(RISK_RULES.map(({ id }) => id)).size).toBe(RISK_RULES.length);
  for (const { definition, unit } of Object.values(WATCHED_METRICS))
    expect(definition.length * unit.length).toBeGreaterThan(20);
});

test("coverage counts high risks with prevention, response, contingency and owner", () => {
  const [high] = strategy({ activities: { a: DAY, b: DAY, c: DAY }, links: ["a b", "b c"] }).risks
    .risks;
  if (!high) throw new Error("no risk");
  const bare: Risk = { ...high, contingencyPlan: "" };
  expect(coverageOf([high, bare, { ...bare, level: "low" }])).toEqual({
    high: 2,
    mitigated: 1,
    percent: 50,
    level: "critical",
  });
  expect(coverageOf([])).toMatchObject({ percent: 100, level: "ok" });
  const { risks } = strategy({ activities: { a: DAY, b: DAY, c: DAY }, links: ["a b", "b c"] });
  expect(risks.strategies).toMatchObject([
    { id: "mit_001", name: "Schedule Control", risks: ["sched_001"] },
  ]);
});
