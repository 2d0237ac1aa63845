/** On schedules of the real solver: calendars in two zones, absences, availability, buffers, learning, agents, work in progress. */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Calendar } from "../../../../src/schedule/project/calendar.ts";
import type { Activity, Project } from "../../../../src/schedule/project/project.ts";
import { criticalAnalysis } from "../../../../src/schedule/strategy/critical-analysis.ts";
import { forecast } from "../../../../src/schedule/strategy/forecast.ts";
import { strategyOf } from "../../../../src/schedule/strategy/make-strategy.ts";
import { earliest, networkOf, timesFor } from "../../../../src/schedule/strategy/order/network.ts";
import { partialOrder } from "../../../../src/schedule/strategy/order/partial-order.ts";
import { replan } from "../../../../src/schedule/strategy/replan.ts";
import { timelineOf } from "../../../../src/schedule/strategy/timeline.ts";
import { solve } from "../project/solve.ts";
import { nobody, one, person, project, team } from "./projects.ts";

const hours = (zone: string): Calendar => ({
  id: zone,
  zone,
  week: Array.from({ length: 7 }, (_, day) =>
    day < 5
      ? [
          { from: 540, to: 720 },
          { from: 780, to: 1_020 },
        ]
      : [],
  ),
  holidays: ["2024-01-04"],
});

const activity = fc.record({
  minutes: fc.integer({ min: 0, max: 900 }),
  crew: fc.constantFrom(nobody, one(), one("js"), one("sql"), {
    kind: "team" as const,
    skills: [],
    only: { teams: ["t"], people: [] },
  }),
  use: fc.integer({ min: 0, max: 2 }),
});

const anyReal: fc.Arbitrary<Project> = fc
  .record({
    activities: fc.array(activity, { minLength: 1, maxLength: 9 }),
    links: fc.array(
      fc.record({
        from: fc.nat(8),
        to: fc.nat(8),
        kind: fc.constantFrom("FS", "SS", "FF"),
        lag: fc.constantFrom(0, 60),
      }),
      { maxLength: 8 },
    ),
    sync: fc.option(fc.nat(8)),
    buffer: fc.constantFrom(0, 0.2),
    begun: fc.boolean(),
    agents: fc.boolean(),
  })
  .map(({ activities, links, sync, buffer, begun, agents }) => {
    const ids = activities.map((_, index) => `a${index}`);
    const cut = Math.min(sync ?? 0, ids.length - 1);
    const away = [{ from: "2024-01-03", to: "2024-01-05" }];
    const made = project({
      activities: Object.fromEntries(
        activities.map(({ minutes, crew, use }, index) => [
          ids[index] ?? "",
          { minutes, crew, uses: use > 0 ? [{ resource: "r", amount: use }] : [] },
        ]),
      ),
      links: links.flatMap(({ from, to, kind, lag }) =>
        from < to && to < ids.length ? [`a${from} a${to} ${kind} ${lag}`] : [],
      ),
      resources: [{ id: "r", capacity: 2 }],
      teams: [
        team("t", [
          person("ann", ["js"], { calendar: "Europe/Berlin", away }),
          person("bob", ["js", "sql"], { calendar: "America/New_York", availability: 0.5 }),
        ]),
        team(
          "u",
          [person("cy", ["sql"], { calendar: "Europe/Berlin" })],
          agents ? { kind: "agents" } : {},
        ),
      ],
      syncs:
        sync === null
          ? []
          : [
              {
                id: "s",
                after: ids.slice(0, cut),
                before: ids.slice(cut),
                minutes: 30,
                participants: ["t"],
              },
            ],
      buffer,
    });
    const [first, ...rest] = made.activities;
    const started: Activity["progress"] = {
      state: "started",
      start: "2024-01-01T09:00",
      left: 100,
      people: ["cy"],
    };
    return {
      ...made,
      zone: "Europe/Berlin",
      calendars: [hours("Europe/Berlin"), hours("America/New_York")],
      ...(begun ? { now: "2024-01-01T15:00" } : {}),
      activities:
        begun && first && first.crew.kind === "people" && first.work.likely > 0
          ? [{ ...first, progress: started }, ...rest]
          : made.activities,
    };
  });

const scheduler = (changed: Project) => solve(changed, 20).schedule;

test("the order of a schedule with its durations is the schedule or sooner; what is certain is forecast as that", () => {
  fc.assert(
    fc.property(anyReal, (made) => {
      const { compiled, schedule } = solve(made, 60);
      const timeline = timelineOf(made, compiled.axis, schedule.makespan);
      const order = partialOrder(made, schedule, timeline);
      const network = networkOf(order);
      const times = timesFor(network);
      const end = earliest(
        network,
        order.nodes.map(({ work }) => work),
        times,
      );
      expect(end).toBeLessThanOrEqual(schedule.makespan + 1e-6);
      order.nodes.forEach((node, index) => {
        expect(times.from[index]).toBeLessThanOrEqual(node.from + 1e-6);
        expect(times.to[index]).toBeLessThanOrEqual(node.to + 1e-6);
      });
      const sure = {
        ...made,
        activities: made.activities.map((each) => ({
          ...each,
          work: { ...each.work, optimistic: each.work.likely, pessimistic: each.work.likely },
        })),
      };
      const told = forecast(sure, order, timeline, { runs: 2 });
      expect(told.latest.minute).toBeCloseTo(end, 6);
      expect(told.onTime).toBe(1);
      const { chain, activities } = criticalAnalysis(order);
      expect(chain.steps.at(-1)?.to ?? 0).toBe(schedule.makespan);
      for (const { totalSlack, freeSlack } of activities) {
        expect(totalSlack).toBeGreaterThanOrEqual(0);
        expect(freeSlack).toBeLessThanOrEqual(totalSlack);
      }
    }),
    { numRuns: 60 },
  );
});

test("a whole strategy of each, twice the same, and scheduled anew in the middle of it", () => {
  fc.assert(
    fc.property(anyReal, (made) => {
      const { compiled, schedule } = solve(made, 40);
      const told = strategyOf(made, schedule, compiled.axis, { scheduler, runs: 20, tries: 4 });
      for (const { value } of told.monitoring.performance)
        if (value !== undefined) expect(Number.isFinite(value)).toBe(true);
      expect(told.planQuality.feasibility).toMatchObject({ level: "ok" });
      expect(told.workload.people.every(({ used }) => used >= 0 && used <= 1 + 1e-9)).toBe(true);
      for (const each of told.shortenings?.tried ?? [])
        expect(each.saved).toBeGreaterThanOrEqual(0);
      const [first] = made.activities;
      const actuals = first
        ? [
            {
              activity: first.id,
              state: "done",
              start: "2024-01-01T09:00",
              end: "2024-01-01T16:00",
            } as const,
          ]
        : [];
      const again = replan(made, schedule, { actuals, now: "2024-01-01T16:00" }).project;
      expect(solve(again, 20).schedule.bookings[0]?.fixed).toBe(true);
    }),
    { numRuns: 12 },
  );
});
