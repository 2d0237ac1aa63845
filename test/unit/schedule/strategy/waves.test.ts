import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyProject } from "./any-project.ts";
import { listSchedule } from "./list-schedule.ts";
import { DAY, one, person, plainTimeline, project, team, type Sketch } from "./projects.ts";
import { strategyOn } from "../../../../src/schedule/strategy/make-strategy.ts";
import type { Strategy } from "../../../../src/schedule/strategy/strategy.ts";

const timeline = plainTimeline();
const strategy = (sketch: Sketch): Strategy => {
  const made = project(sketch);
  return strategyOn(made, listSchedule(made), timeline, {
    scheduler: (each) => listSchedule(each),
    runs: 50,
  });
};
const shape = ({ waves }: Strategy) =>
  waves.map(({ kind, units }) => `${kind}: ${units.map(({ id }) => id).join(" ")}`);

describe("waves are levels", () => {
  test("of phases: the first has no prerequisites, the last joins", () => {
    const told = strategy({
      activities: {
        a: { minutes: DAY, group: "1" },
        b: { minutes: 2 * DAY, group: "2" },
        c: { minutes: DAY, group: "3" },
        d: { minutes: DAY, group: "4" },
      },
      groups: { "1": ["schema"], "2": [], "3": [], "4": [] },
      links: ["a b", "a c", "b d", "c d"],
    });
    expect(shape(told)).toEqual(["foundation: 1", "parallel: 2 3", "integration: 4"]);
    expect(told.waves.map(({ name, blocks }) => [name, blocks])).toEqual([
      ["Foundation", 3],
      ["Parallel work", 1],
      ["Integration", 0],
    ]);
    expect(told.waves[0]?.blockingFactors).toEqual(["1 blocks 3 dependent phases"]);
    expect(told.waves[1]?.units).toMatchObject([
      { id: "2", dependencies: ["1"], dependents: ["4"], blocks: 1, minutes: 2 * DAY },
      { id: "3", dependencies: ["1"], dependents: ["4"], blocks: 1, minutes: DAY },
    ]);
    expect(told.waves.map(({ start, end }) => [start.minute / DAY, end.minute / DAY])).toEqual([
      [0, 1],
      [1, 3],
      [3, 4],
    ]);
    expect(told.waves[0]?.successCriteria).toEqual(["schema"]);
  });

  test("of activities where there are no phases; several in one level that join two are integration", () => {
    const told = strategy({
      activities: { a: 5, b: 5, c: 5, d: 5 },
      links: ["a c", "b c", "a d", "b d"],
    });
    expect(shape(told)).toEqual(["foundation: a b", "integration: c d"]);
    expect(shape(strategy({ activities: { a: 5, b: 5 } }))).toEqual(["parallel: a b"]);
    expect(shape(strategy({ activities: { a: 5, b: 5 }, links: ["a b"] }))).toEqual([
      "foundation: a",
      "parallel: b",
    ]);
  });

  test("phases that wait for each other both ways share one; sync points put what is after them later", () => {
    const told = strategy({
      activities: {
        a: { minutes: 5, group: "1" },
        b: { minutes: 5, group: "2" },
        c: { minutes: 5, group: "1" },
        d: { minutes: 5, group: "3" },
      },
      groups: { "1": [], "2": [], "3": [], "4": [] },
      links: ["a b", "b c"],
      syncs: [{ id: "s", after: ["b", "c"], before: ["d"] }],
    });
    expect(shape(told)).toEqual(["foundation: 1 2", "integration: 3"]);
    expect(told.waves[0]).toMatchObject({ blocks: 1, syncs: ["s"] });
  });
});

describe("the price of a barrier", () => {
  // Ann: a 1 day, then c 3 days; Bob: b 3 days, then d 1 day. 4 days; wave by wave a ∥ b 3 days, c ∥ d 3 days: 6.
  const sketch: Sketch = {
    activities: {
      a: { minutes: DAY, crew: one("x") },
      b: { minutes: 3 * DAY, crew: one("y") },
      c: { minutes: 3 * DAY, crew: one("x") },
      d: { minutes: DAY, crew: one("y") },
    },
    links: ["a c", "b d"],
    teams: [team("t", [person("ann", ["x"]), person("bob", ["y"])])],
  };

  test("is what the whole takes longer", () => {
    const told = strategy(sketch);
    expect(told.schedule.makespan).toBe(4 * DAY);
    expect(told.waves[0]?.barrier).toEqual({ minutes: 2 * DAY, days: 2, noise: 0 });
    expect(told.waves[1]?.barrier).toBeUndefined();
    expect(told.allBarriers).toEqual({ minutes: 2 * DAY, days: 2, noise: 0 });
  });

  test("of a declared sync point is what it saves to be without it", () => {
    // All wait for a and b (3 days), 60 minutes together, then c ∥ d: 3 days.
    const told = strategy({
      ...sketch,
      syncs: [{ id: "s", after: ["a", "b"], before: ["c", "d"], minutes: 60, participants: ["t"] }],
    });
    expect(told.schedule.makespan).toBe(6 * DAY + 60);
    expect(told.coordination.syncs[0]).toMatchObject({
      costs: { minutes: 2 * DAY + 60, days: 2.125, noise: 0 },
      wave: 1,
      effort: 120,
      triggers: ["2 activities before it are done"],
      sessions: ["session_001", "session_002", "session_003", "session_004"],
    });
    expect(told.bottlenecks[0]).toMatchObject({ kind: "sync", id: "s", saves: 2 * DAY + 60 });
    expect(told.shortenings?.tried[0]).toMatchObject({
      title: 'Do without the sync point "s"',
      days: 2.125,
    });
  });

  test("a search that found the tighter problem shorter is told, and costs nothing", () => {
    const made = project(sketch);
    const good = listSchedule(made);
    const bad = { ...good, makespan: 7 * DAY, end: timeline.endAt(7 * DAY).instant };
    const told = strategyOn(made, bad, timeline, {
      scheduler: (each) => listSchedule(each),
      runs: 5,
      tries: 0,
    });
    expect(told.waves[0]?.barrier).toEqual({ minutes: 0, days: 0, noise: DAY });
    expect(told.shortenings).toBeUndefined();
  });
});

test("sessions: one for each phase and team, in the order of their starts", () => {
  const told = strategy({
    activities: {
      a: {
        minutes: DAY,
        group: "1",
        crew: one("x"),
        progress: {
          state: "done",
          start: "2024-01-01T09:00",
          end: "2024-01-01T17:00",
          people: ["ann"],
        },
      },
      b: { minutes: DAY, group: "2", crew: one("x") },
      c: { minutes: DAY, group: "2", crew: one("y") },
    },
    groups: { "1": [], "2": [] },
    links: ["a b", "a c"],
    teams: [team("front", [person("ann", ["x"])]), team("back", [person("bob", ["y"])])],
  });
  expect(told.coordination.sessions).toMatchObject([
    { id: "session_001", unit: "1", wave: 1, team: "front", state: "completed", waitsFor: [] },
    {
      id: "session_002",
      unit: "2",
      wave: 2,
      team: "back",
      state: "created",
      waitsFor: ["session_001"],
    },
    { id: "session_003", unit: "2", wave: 2, team: "front", activities: ["b"] },
  ]);
  expect(told.waves.map(({ maxConcurrent }) => maxConcurrent)).toEqual([1, 2]);
  expect(told.waves[1]?.units[0]).toMatchObject({
    sessions: ["session_002", "session_003"],
    teams: ["back", "front"],
  });
});

test("milestones: what is reached when, how likely, and with what margin", () => {
  const sure = { optimistic: DAY, likely: DAY, pessimistic: DAY, basis: "sure" };
  const told = strategy({
    activities: {
      a: { minutes: DAY, group: "1", work: sure },
      m: { minutes: 0, group: "1", deadline: "2024-01-02" },
      b: { minutes: DAY, group: "2", work: sure },
    },
    groups: { "1": ["it"], "2": ["it"] },
    links: ["a m", "m b"],
    deadline: "2024-01-02T12:00",
  });
  // Wanted by Tuesday 12:00, three of its hours; b takes all of its eight.
  expect(
    told.milestones.map(({ id, kind, at, margin, likelihood }) => [
      id,
      kind,
      at.minute,
      margin,
      likelihood,
    ]),
  ).toEqual([
    ["1", "group", DAY, undefined, 1],
    ["m", "activity", DAY, DAY, 1],
    ["2", "group", 2 * DAY, undefined, 1],
    ["end", "end", 2 * DAY, -300, 1],
  ]);
  expect(told.forecast.byDeadline).toBe(0);
});

test("what a wave blocks is all that waits for something of it, directly or not", () => {
  fc.assert(
    fc.property(anyProject, (made) => {
      const { waves } = strategyOn(made, listSchedule(made), timeline, { runs: 1 });
      const units = new Map(waves.flatMap(({ units: all }) => all).map((unit) => [unit.id, unit]));
      for (const { units: own, blocks } of waves) {
        const waiting = new Set(own.map(({ id }) => id));
        for (const id of waiting)
          for (const next of units.get(id)?.dependents ?? []) waiting.add(next);
        expect(blocks).toBe(waiting.size - own.length);
      }
    }),
    { numRuns: 100 },
  );
});
