import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Activity, Project } from "../../../../src/schedule/project/project.ts";
import { forecast } from "../../../../src/schedule/strategy/forecast.ts";
import { partialOrder } from "../../../../src/schedule/strategy/order/partial-order.ts";
import {
  normalProbability,
  pertQuantiles,
  quantileAt,
} from "../../../../src/schedule/strategy/simulation/pert-quantiles.ts";
import { withReserve } from "../../../../src/schedule/strategy/simulation/simulate-order.ts";
import { spreadOf } from "../../../../src/schedule/strategy/simulation/spread.ts";
import { anyProject } from "./any-project.ts";
import { listSchedule } from "./list-schedule.ts";
import { one, person, plainTimeline, project, team, type Sketch } from "./projects.ts";

const timeline = plainTimeline();
const forecastOf = (made: Project, options: Parameters<typeof forecast>[3] = {}) =>
  forecast(made, partialOrder(made, listSchedule(made), timeline), timeline, options);

const three = (
  optimistic: number,
  likely: number,
  pessimistic: number,
): Partial<Activity> & { minutes: number } => ({
  minutes: likely,
  work: { optimistic, likely, pessimistic, basis: "given" },
});

describe("the distribution of one duration", () => {
  test.each([
    // Mean (a + 4m + b) / 6: 0, 0.5 and 1 of the way give 1/6, 1/2, 5/6.
    [0, 1 / 6],
    [0.5, 1 / 2],
    [1, 5 / 6],
    [0.25, 1 / 3],
  ])("a likely case at %d has its mean at %d", (mode, mean) => {
    const table = pertQuantiles(mode);
    const steps = 10_000;
    const sum = Array.from({ length: steps }, (_, step) =>
      quantileAt(table, (step + 0.5) / steps),
    ).reduce((a, b) => a + b, 0);
    expect(sum / steps).toBeCloseTo(mean, 3);
  });

  test("with the likely case at the worst end the distribution is x^5: its middle is 0.5^(1/5)", () => {
    expect(quantileAt(pertQuantiles(1), 0.5)).toBeCloseTo(0.5 ** 0.2, 3);
    expect(quantileAt(pertQuantiles(1), 0.95)).toBeCloseTo(0.95 ** 0.2, 3);
  });

  test("the normal distribution function", () => {
    expect(normalProbability(0)).toBeCloseTo(0.5, 6);
    expect(normalProbability(1.959_964)).toBeCloseTo(0.975, 6);
    expect(normalProbability(-1)).toBeCloseTo(0.158_655, 6);
  });

  test("estimates: what is given counts, else a factor by what it rests on", () => {
    expect(spreadOf({ likely: 100, optimistic: 80, pessimistic: 300, basis: "x" })).toMatchObject({
      optimistic: 0.8,
      pessimistic: 3,
      kind: "three-point",
    });
    expect(spreadOf({ likely: 100, basis: "3 weeks" })).toMatchObject({
      optimistic: 0.5,
      pessimistic: 2,
      kind: "factor",
    });
    expect(spreadOf({ likely: 30, basis: "no figure: 30 minutes" })).toMatchObject({
      optimistic: 0.25,
      pessimistic: 4,
      kind: "no-figure",
    });
    expect(spreadOf({ likely: 0, optimistic: 0, pessimistic: 0, basis: "milestone" }).kind).toBe(
      "factor",
    );
  });

  test("a reserve is used up first", () => {
    // A fifth of 100 minutes is reserve: 80 minutes of work may become 100 before it takes longer.
    expect([0.5, 1, 1.25, 1.5].map((factor) => withReserve(factor, 0.2))).toEqual([
      0.5,
      1,
      1,
      1.5 * 0.8,
    ]);
  });
});

describe("the end of the whole", () => {
  test("one activity: ends are its durations", () => {
    const made = project({ activities: { a: three(60, 90, 180) } });
    const told = forecastOf(made);
    // Mean (60 + 360 + 180) / 6 = 100.
    expect(told.mean).toBeCloseTo(100, 0);
    expect(told.earliest.minute).toBeGreaterThanOrEqual(60);
    expect(told.latest.minute).toBeLessThanOrEqual(180);
    expect(told.p50.minute).toBeLessThan(told.p80.minute);
    expect(told.activities).toMatchObject([
      { criticality: 1, planned: 90, optimistic: 60 / 90, pessimistic: 2 },
    ]);
    expect(told.activities[0]?.p95).toBeCloseTo(told.p95.minute, -1);
    expect(told.activities[0]?.sensitivity).toBeCloseTo(1, 6);
    expect(told.histogram.reduce((sum, { count }) => sum + count, 0)).toBe(10_000);
  });

  test("two alike at once: each is critical in half of the runs, and the later of both counts", () => {
    const made = project({ activities: { a: three(60, 90, 180), b: three(60, 90, 180) } });
    const told = forecastOf(made, { correlation: 0 });
    expect(told.activities[0]?.criticality).toBeCloseTo(0.5, 1);
    expect(told.mean).toBeGreaterThan(
      forecastOf(project({ activities: { a: three(60, 90, 180) } })).mean + 5,
    );
    // With all luck in common both are always equally long.
    const together = forecastOf(made, { correlation: 1 });
    expect(together.activities.map(({ criticality }) => criticality)).toEqual([1, 1]);
    expect(together.mean).toBeCloseTo(100, 0);
  });

  test("an event comes in its part of the runs, and takes what it takes", () => {
    const made = project({
      activities: { a: three(100, 100, 100), b: three(50, 50, 50) },
      links: ["a b"],
      groups: {},
    });
    const told = forecastOf(made, {
      events: [{ id: "e", probability: 0.3, hits: [{ node: 0, factor: 1.5, minutes: 10 }] }],
    });
    // 150, or 100 × 1.5 + 10 + 50 = 210.
    expect([told.p50.minute, told.p80.minute, told.calm.p95.minute]).toEqual([150, 210, 150]);
    expect(told.onTime).toBeCloseTo(0.7, 1);
    expect(told.mean).toBeCloseTo(150 + 0.3 * 60, 0);
  });

  test("deadlines, groups and sync points have their own chances", () => {
    const made = project({
      activities: {
        a: { ...three(100, 100, 100), group: "g" },
        b: { ...three(60, 90, 180), group: "h", deadline: "2024-01-01T12:10" },
      },
      groups: { g: [], h: [] },
      links: [],
      syncs: [{ id: "s", after: ["a"], before: ["b"], minutes: 10 }],
      deadline: "2024-01-01",
    });
    const told = forecastOf(made);
    // The day has 480 minutes; b runs from 110 to 170 … 290.
    expect(told.byDeadline).toBe(1);
    expect(told.moments).toMatchObject([
      { id: "g", kind: "group", planned: 100, p50: 100, onTime: 1 },
      { id: "h", kind: "group", planned: 200 },
      { id: "s", kind: "sync", planned: 110, p95: 110 },
      { id: "b", kind: "activity", planned: 200 },
    ]);
    // 12:10 is minute 190, ten less than likely.
    expect(told.moments[3]?.byDeadline).toBeLessThan(told.moments[3]?.onTime ?? 0);
    expect(told.moments[3]?.byDeadline).toBeGreaterThan(0.05);
  });

  test("what is done is certain, of what has started only the rest varies", () => {
    const made = project({
      activities: {
        a: {
          ...three(60, 90, 180),
          progress: {
            state: "done",
            start: "2024-01-01T09:00",
            end: "2024-01-01T09:40",
            people: [],
          },
        },
        b: {
          ...three(60, 90, 180),
          progress: { state: "started", start: "2024-01-01T09:00", left: 30, people: [] },
        },
      },
    });
    const told = forecastOf(made);
    // b: 0 to 30, all of it left by what its progress says: 20 to 60.
    expect(told.earliest.minute).toBeGreaterThanOrEqual(40);
    expect(told.latest.minute).toBeLessThanOrEqual(60);
    expect(told.activities[0]).toMatchObject({ mean: 40, p95: 40 });
    expect(told.estimates).toMatchObject({ threePoint: 1, factor: 0 });
  });
});

test("without variance it is the schedule, in each run", () => {
  fc.assert(
    fc.property(anyProject, (made) => {
      const sure = {
        ...made,
        activities: made.activities.map((each) => ({
          ...each,
          work: { ...each.work, optimistic: each.work.likely, pessimistic: each.work.likely },
        })),
      };
      const schedule = listSchedule(sure);
      const told = forecastOf(sure, { runs: 3 });
      expect([told.earliest.minute, told.latest.minute]).toEqual([
        schedule.makespan,
        schedule.makespan,
      ]);
      expect(told.onTime).toBe(1);
      expect(told.deviation).toBe(0);
    }),
    { numRuns: 50 },
  );
});

test("the same seed gives the same, another one does not", () => {
  const made = project({ activities: { a: 60, b: 60 }, links: ["a b"] });
  expect(forecastOf(made, { runs: 100 })).toEqual(forecastOf(made, { runs: 100 }));
  expect(forecastOf(made, { runs: 100, seed: 2 }).mean).not.toBe(
    forecastOf(made, { runs: 100 }).mean,
  );
});

test("nothing and only milestones end at once", () => {
  for (const activities of [{}, { a: 0, b: 0 }] as Sketch["activities"][])
    expect(forecastOf(project({ activities }), { runs: 10 })).toMatchObject({
      mean: 0,
      onTime: 1,
      p95: { minute: 0 },
      histogram: [{ count: 10 }],
    });
});

test("ten thousand runs of two hundred activities are a matter of seconds", () => {
  const activities = Object.fromEntries(
    Array.from({ length: 200 }, (_, index) => [
      `a${index}`,
      { minutes: 60 + (index % 7) * 30, crew: one("js") },
    ]),
  );
  const made = project({
    activities,
    links: Array.from(
      { length: 300 },
      (_, index) => `a${index % 150} a${(index % 150) + 1 + ((index * 7) % 49)}`,
    ),
    teams: [
      team(
        "t",
        ["p", "q", "r", "s"].map((id) => person(id, ["js"])),
      ),
    ],
  });
  const order = partialOrder(made, listSchedule(made), timeline);
  const began = performance.now();
  expect(forecast(made, order, timeline).runs).toBe(10_000);
  const took = performance.now() - began;
  // A generous limit for a busy machine: it takes about two seconds.
  expect(took).toBeLessThan(15_000);
});

test("large projects are run fewer times, and it is said", () => {
  const activities = Object.fromEntries(
    Array.from({ length: 2_000 }, (_, index) => [`a${index}`, 0]),
  );
  // 5,000,000 of 2,000 activities, as many milestones, and one, each taking 4 % longer.
  expect(forecastOf(project({ activities })).runs).toBe(1_201);
});
