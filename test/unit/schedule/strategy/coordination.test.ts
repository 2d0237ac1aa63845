import { describe, expect, test } from "vitest";
import type { Calendar } from "../../../../src/schedule/project/calendar.ts";
import {
  meetingDay,
  meetingTime,
  occurrencesIn,
} from "../../../../src/schedule/strategy/coordination/team-hours.ts";
import { strategyOn } from "../../../../src/schedule/strategy/make-strategy.ts";
import { listSchedule } from "./list-schedule.ts";
import { DAY, one, person, plainTimeline, project, team, type Sketch } from "./projects.ts";

const timeline = plainTimeline();
const strategy = (sketch: Sketch) => {
  const made = project(sketch);
  return strategyOn(made, listSchedule(made), timeline, { runs: 20 });
};

const calendar = (zone: string, from = 9, to = 17, days = [1, 2, 3, 4, 5]): Calendar => ({
  id: zone,
  zone,
  week: Array.from({ length: 7 }, (_, day) =>
    days.includes(day + 1) ? [{ from: from * 60, to: to * 60 }] : [],
  ),
  holidays: ["2024-01-03"],
});
const at = (text: string) => Date.parse(`${text}Z`) / 60_000;

describe("when a meeting is held", () => {
  const near = at("2024-01-01T08:00");

  test("at the wanted time, in the zone that is asked for", () => {
    expect(
      meetingTime("Europe/Berlin", [calendar("Europe/Berlin")], {
        wanted: 540,
        minutes: 30,
        near,
        weekday: 1,
      }),
    ).toEqual({ time: 540, outside: [] });
  });

  test("nearest to it where all work: New York begins at 15:00 in Berlin, Kolkata ends at 12:30", () => {
    const far = [calendar("Europe/Berlin"), calendar("America/New_York")];
    expect(
      meetingTime("Europe/Berlin", far, { wanted: 540, minutes: 30, near, weekday: 1 }),
    ).toEqual({ time: 15 * 60, outside: [] });
    const three = [...far, calendar("Asia/Kolkata")];
    // Nobody finds a time with all; at 9:00 only New York sleeps.
    expect(
      meetingTime("Europe/Berlin", three, { wanted: 540, minutes: 30, near, weekday: 1 }),
    ).toMatchObject({ time: 540, outside: [{ zone: "America/New_York" }] });
  });

  test("on Fridays, or the last day that all have", () => {
    expect(meetingDay([calendar("UTC")], 5)).toBe(5);
    expect(meetingDay([calendar("UTC", 9, 17, [1, 2, 3, 4])], 5)).toBe(4);
    expect(meetingDay([calendar("UTC", 9, 17, [6]), calendar("UTC", 9, 17, [7])], 5)).toBe(7);
  });

  test("as often as there are such days: two weeks without the holiday have nine, and two Fridays", () => {
    const span = { start: at("2024-01-01T09:00"), end: at("2024-01-12T17:00") };
    expect(occurrencesIn(calendar("UTC"), span)).toBe(9);
    expect(occurrencesIn(calendar("UTC"), span, 5)).toBe(2);
    expect(occurrencesIn(calendar("UTC"), { start: span.start, end: span.start })).toBe(1);
    // Monday to Thursday: no Friday, no meeting of Fridays.
    expect(occurrencesIn(calendar("UTC"), { ...span, end: at("2024-01-04T17:00") }, 5)).toBe(0);
  });
});

describe("communications", () => {
  const sketch: Sketch = {
    activities: {
      a: { minutes: 5 * DAY, crew: one("x") },
      b: { minutes: 5 * DAY, crew: one("y") },
    },
    teams: [
      team("front", [person("ann", ["x"]), person("abe", ["x"])]),
      team("back", [person("bob", ["y"])]),
    ],
  };

  test("a meeting of Fridays is not held where none comes", () => {
    const types = strategy({
      ...sketch,
      activities: {
        a: { minutes: DAY, crew: one("x") },
        b: { minutes: DAY, crew: one("y") },
      },
    }).coordination.communications.map(({ type }) => type);
    expect(types).toEqual(["parallel_team_standup", "daily_standup"]);
  });

  test("S3's meetings, with how often, how long, and what they cost", () => {
    const { coordination, efficiency } = strategy(sketch);
    expect(coordination.communications).toMatchObject([
      {
        type: "parallel_team_standup",
        time: "09:00",
        minutes: 30,
        recurrence: { kind: "daily" },
        teams: ["front", "back"],
        roles: ["orchestrator"],
        headcount: 3,
        occurrences: 5,
        effort: 450,
      },
      // Bob has nobody to stand up with.
      {
        id: "daily_standup:front",
        time: "09:30",
        minutes: 15,
        headcount: 2,
        occurrences: 5,
        effort: 150,
      },
      {
        type: "integration_coordination",
        time: "14:00",
        minutes: 60,
        recurrence: { kind: "weekly", weekday: 5 },
        headcount: 4,
        occurrences: 1,
        effort: 240,
      },
    ]);
    // 840 minutes of meetings to ten days of work.
    expect(efficiency).toMatchObject({
      coordination: 840,
      development: 10 * DAY,
      overhead: (840 / (10 * DAY)) * 100,
    });
  });

  test("agents have none", () => {
    const agents = strategy({
      ...sketch,
      teams: sketch.teams?.map((each) => ({ ...each, kind: "agents" as const })) ?? [],
    });
    expect(agents.coordination.communications).toEqual([]);
    expect(agents.planQuality.coordinationDesign.value).toBe(100);
  });

  test("rules are S3's", () => {
    const { decisions, sessionRules } = strategy(sketch).coordination;
    expect(decisions.hierarchy).toEqual([
      "team_lead",
      "architect",
      "orchestrator",
      "project_manager",
    ]);
    expect(sessionRules).toMatchObject({
      lifecycle: ["created", "active", "coordinating", "completed", "archived"],
      messageTypes: ["coordination", "status", "conflict", "sync_request"],
      syncEvery: 5,
      escalation: { conflictTimeout: 120, dependencyBlocking: 240, qualityGateFailure: 0 },
    });
  });
});

describe("figures", () => {
  // Ann a 2 days then c 1, Bob b 1 day: 3 days for 4 of work; Bob is free for two.
  const sketch: Sketch = {
    activities: {
      a: { minutes: 2 * DAY, crew: one("x") },
      b: { minutes: DAY, crew: one("y") },
      c: { minutes: DAY, crew: one("x") },
    },
    links: ["a c"],
    teams: [team("t", [person("ann", ["x"]), person("bob", ["y"])])],
  };

  test("efficiency, speed-up and utilisation as S3 defines them", () => {
    const { efficiency, workload, planQuality } = strategy(sketch);
    // c begins at the minute that a ends.
    expect(planQuality.feasibility).toMatchObject({
      value: 100,
      evidence: "3 bookings, nothing is overbooked",
    });
    expect(efficiency).toMatchObject({
      sequential: 4 * DAY,
      parallel: 3 * DAY,
      percent: 25,
      speedUp: 4 / 3,
      optimality: 100,
    });
    expect(efficiency.utilisation).toBeCloseTo((4 / 6) * 100);
    expect(workload.people).toMatchObject([
      { id: "ann", booked: 3 * DAY, available: 3 * DAY, used: 1 },
      {
        id: "bob",
        booked: DAY,
        available: 3 * DAY,
        used: 1 / 3,
        profile: [{ booked: DAY, available: DAY }, { booked: 0, available: DAY }, { booked: 0 }],
      },
    ]);
    expect(workload.teams).toMatchObject([
      { id: "t", people: 2, booked: 4 * DAY, available: 6 * DAY },
    ]);
    // Loads 1 and 1/3: mean 2/3, deviation 1/3.
    expect(workload.balance).toMatchObject({ evenness: 2 / 3, most: "ann", least: "bob" });
    expect(workload.balance.variation).toBeCloseTo(0.5);
  });

  test("people who could do nothing of it do not count for the balance, absences not as time", () => {
    const away = plainTimeline({ bob: [{ from: DAY, to: 3 * DAY }] });
    const made = project({
      ...sketch,
      teams: [team("t", [person("ann", ["x"]), person("bob", ["y"]), person("cy", ["z"])])],
    });
    const { workload } = strategyOn(made, listSchedule(made), away, { runs: 20 });
    expect(workload.people[1]).toMatchObject({ booked: DAY, available: DAY, used: 1 });
    expect(workload.balance.evenness).toBe(1);
  });

  test("the buffer is shown with its minutes and its price", () => {
    const made = project({ ...sketch, buffer: 0.2 });
    const { workload, schedule } = strategyOn(made, listSchedule(made), timeline, {
      runs: 20,
      scheduler: (each) => listSchedule(each),
      tries: 0,
    });
    expect(schedule.makespan).toBe(3 * 600);
    // A fifth of 4 × 600 minutes; three days without it.
    expect(workload.buffer).toMatchObject({ share: 0.2, minutes: 480, costs: 3 * 120 });
  });

  test("who does what, why, and who else could", () => {
    const made = project({
      activities: { a: { minutes: DAY, crew: one("x") } },
      teams: [
        team("one", [
          person("ann", ["x"], { availability: 0.5, history: new Map([["abe", 1]]) }),
          person("abe"),
        ]),
        team("two", [person("bob", ["x"])]),
        team("three", [person("cy", ["y"])]),
      ],
    });
    const [told] = strategyOn(made, listSchedule(made), timeline, { runs: 5 }).assignments;
    // Level 3 where 1 is asked for is two of four steps off.
    expect(told).toMatchObject({
      team: "one",
      people: ["ann"],
      scores: { skillMatch: 0.5, availability: 0.5, learning: 1, history: 1, total: 0.75 },
      alternatives: [
        {
          team: "two",
          scores: { skillMatch: 0.5, availability: 1, learning: 1, history: 0.5, total: 0.75 },
        },
      ],
    });
  });

  test("what several want is a constraint", () => {
    const use = { uses: [{ resource: "db", amount: 1 }] };
    const { constraints } = strategy({
      activities: { a: { minutes: DAY, ...use }, b: { minutes: DAY, ...use } },
      resources: [{ id: "db", title: "Development database", kind: "database" }, { id: "idle" }],
    });
    expect(constraints).toMatchObject([
      {
        resource: "db",
        type: "shared_database",
        description: "Development database: one activity at a time, wanted by 2 activities",
        impact: "1 of 2 activities wait for it in this schedule",
        users: ["a", "b"],
      },
    ]);
  });
});

describe("quality", () => {
  const sketch: Sketch = {
    activities: {
      a: { minutes: DAY, group: "1", crew: one("x") },
      b: { minutes: DAY, group: "2", crew: one("y") },
    },
    groups: { "1": ["Schema"], "2": [], "3": [] },
    links: ["a b"],
    teams: [team("front", [person("ann", ["x"])]), team("back", [person("bob", ["y"])])],
    syncs: [
      {
        id: "s",
        after: ["a"],
        before: ["b"],
        minutes: 60,
        participants: ["front", "back"],
        criteria: ["Contract agreed"],
      },
    ],
  };

  test("gates: the plan's own words first, then S3's", () => {
    const made = project(sketch);
    const { quality } = strategyOn(made, listSchedule(made), timeline, {
      runs: 5,
      verifications: new Map([["b", ["npm test passes"]]]),
    });
    expect(quality.gates).toMatchObject([
      {
        id: "qg_001",
        trigger: "wave_completion",
        approvers: ["technical_lead", "architect"],
        failureHandling: "Block next wave until resolved",
        blocks: ["2"],
        criteria: [
          { text: "Schema", source: "deliverable", activities: ["a"] },
          { text: "Contract agreed", source: "sync" },
          { text: "Integration tests passing", source: "standard" },
          { text: "Code review requirements met" },
          { text: "Documentation updated" },
        ],
      },
      {
        id: "qg_002",
        blocks: [],
        criteria: [
          { text: "npm test passes", source: "verification", activities: ["b"] },
          {},
          {},
          {},
        ],
      },
    ]);
    const bare = strategy({ activities: { a: 5 } }).quality.gates[0]?.criteria[0];
    expect(bare).toEqual({
      text: "All wave deliverables completed",
      source: "standard",
      activities: ["a"],
    });
  });

  test("a phase without activities is not covered; a sync point without a failure procedure is not designed", () => {
    const { planQuality, monitoring } = strategy(sketch);
    expect(planQuality.completeness).toMatchObject({
      value: (2 / 3) * 100,
      level: "critical",
      evidence: "2 of 3 phases, 2 of 2 activities",
    });
    // The dependency has a sync point, the sync point no procedure.
    expect(planQuality.coordinationDesign).toMatchObject({
      value: 50,
      level: "critical",
      evidence: "1 of 1 dependencies between teams, 0 of 1 sync points",
    });
    expect(planQuality.feasibility).toMatchObject({ value: 100, level: "ok" });
    expect(planQuality.level).toBe("critical");
    // One after another with an hour between: −6 %.
    expect(planQuality.optimisation).toMatchObject({ level: "critical" });
    expect(monitoring.alerts.map(({ metric, level }) => [metric, level])).toContainEqual([
      "completeness",
      "critical",
    ]);
    expect(monitoring.alerts.find(({ metric }) => metric === "completeness")?.message).toBe(
      "Completeness is 66.7 %, below 95 %: 2 of 3 phases, 2 of 2 activities.",
    );
    expect(monitoring.alerts.every(({ hint }) => hint.length > 20)).toBe(true);
  });

  test("overbooking is seen in the bookings themselves", () => {
    const made = project({
      activities: {
        a: { minutes: DAY, crew: one("x"), uses: [{ resource: "r", amount: 1 }] },
        b: { minutes: DAY, crew: one("x"), uses: [{ resource: "r", amount: 1 }] },
        c: DAY,
      },
      resources: [{ id: "r" }],
      teams: [team("t", [person("ann", ["x"])])],
    });
    const good = listSchedule(made);
    const bookings = good.bookings.map((each) =>
      each.activity === "b" ? { ...each, from: DAY / 2, to: DAY * 1.5 } : each,
    );
    const { planQuality } = strategyOn(made, { ...good, bookings }, timeline, { runs: 5 });
    expect(planQuality.feasibility).toMatchObject({
      level: "critical",
      evidence: "2 overbooked, first person ann: 2 at once of 1",
    });
    expect(planQuality.feasibility.value).toBeCloseTo(100 / 3);
  });

  test("S3's thresholds: 25 % is below the critical 40 %", () => {
    const { monitoring } = strategy({ activities: { a: 30, b: 10 } });
    expect(monitoring.performance[0]).toMatchObject({
      name: "Parallel Execution Efficiency",
      value: 25,
      level: "critical",
      thresholds: { target: 65, warning: 50, critical: 40 },
    });
    expect(
      strategy({ activities: { a: 30, b: 30, c: 30 } }).monitoring.performance[0],
    ).toMatchObject({ level: "ok" });
  });
});
