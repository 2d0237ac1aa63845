import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { reasonText } from "../../../../src/reporters/schedule/reason-words.ts";
import { criticalAnalysis } from "../../../../src/schedule/strategy/critical-analysis.ts";
import { earliest, networkOf, timesFor } from "../../../../src/schedule/strategy/order/network.ts";
import { partialOrder } from "../../../../src/schedule/strategy/order/partial-order.ts";
import { anyProject } from "./any-project.ts";
import { listSchedule } from "./list-schedule.ts";
import { one, person, plainTimeline, project, team, type Sketch } from "./projects.ts";

const orderOf = (sketch: Sketch, timeline = plainTimeline()) => {
  const made = project(sketch);
  return partialOrder(made, listSchedule(made, timeline), timeline);
};
const analysed = (sketch: Sketch) => criticalAnalysis(orderOf(sketch));
const chainOf = (sketch: Sketch) =>
  analysed(sketch).chain.steps.map(({ id, why }) => `${id} ${why.kind}`);
const roomOf = (sketch: Sketch) =>
  Object.fromEntries(
    analysed(sketch).activities.map(({ activity, totalSlack, freeSlack }) => [
      activity,
      [totalSlack, freeSlack],
    ]),
  );

describe("by links alone", () => {
  // a 0–30, b 30–70 (ends last), c 30–50 then d 50–60.
  const sketch: Sketch = {
    activities: { a: 30, b: 40, c: 20, d: 10 },
    links: ["a b", "a c", "c d"],
  };

  test("path and chain are the longest way", () => {
    const { path, chain } = analysed(sketch);
    expect(path).toEqual({ activities: ["a", "b"], minutes: 70 });
    expect(chain.minutes).toBe(70);
    expect(chainOf(sketch)).toEqual(["a start", "b link"]);
  });

  test("slack: d may start 10 later, c as well, but c by itself moves d", () => {
    expect(roomOf(sketch)).toEqual({ a: [0, 0], b: [0, 0], c: [10, 0], d: [10, 10] });
  });

  test("of what held it equally long, the chain goes through what leads back without a pause", () => {
    const made = project({
      activities: {
        a: { minutes: 30, uses: [{ resource: "r", amount: 1 }] },
        b: 10,
        c: { minutes: 20, uses: [{ resource: "r", amount: 1 }] },
      },
      links: ["b c"],
      resources: [{ id: "r", capacity: 1 }],
    });
    const found = listSchedule(made);
    // A search may start b, which is not urgent, as late as it can.
    const bookings = found.bookings.map((each) =>
      each.activity === "b" ? { ...each, from: 20, to: 30 } : each,
    );
    const order = partialOrder(made, { ...found, bookings }, plainTimeline());
    const { chain } = criticalAnalysis(order);
    expect(chain.steps.map(({ id, why }) => `${id} ${why.kind}`)).toEqual([
      "a start",
      "c resource",
    ]);
  });

  test("kinds of links and lags", () => {
    // b starts 10 after a's start; c ends 5 after b's end (30 + 10 = 40, so 45): 45 − 20 = 25; d ends ≥ a's start + 50.
    const kinds: Sketch = {
      activities: { a: 30, b: 30, c: 20, d: 5 },
      links: ["a b SS 10", "b c FF 5", "a d SF 50"],
    };
    const { nodes } = orderOf(kinds);
    expect(nodes.map(({ from, to }) => [from, to])).toEqual([
      [0, 30],
      [10, 40],
      [25, 45],
      [45, 50],
    ]);
    expect(chainOf(kinds)).toEqual(["a start", "d link"]);
    // d is last at 50: b may end at 45 + … c at 50: 5 more for b and c; a may start 0 later as d hangs on its start.
    expect(roomOf(kinds)).toEqual({ a: [0, 0], b: [5, 0], c: [5, 5], d: [0, 0] });
  });
});

describe("what is waited for", () => {
  const people = [team("t", [person("ann", ["js"]), person("bob", ["sql"])])];

  test("a person", () => {
    // Ann does a 0–30, then b 30–50; Bob c 0–10. The path by links is a alone.
    const sketch: Sketch = {
      activities: {
        a: { minutes: 30, crew: one("js") },
        b: { minutes: 20, crew: one("js") },
        c: { minutes: 10, crew: one("sql") },
      },
      teams: people,
    };
    expect(analysed(sketch).path).toEqual({ activities: ["a"], minutes: 30 });
    expect(analysed(sketch).chain.steps).toMatchObject([
      { id: "a", why: { kind: "start" } },
      { id: "b", why: { kind: "person", person: "ann", after: "a" } },
    ]);
    expect(roomOf(sketch)).toEqual({ a: [0, 0], b: [0, 0], c: [40, 40] });
  });

  test("a shared resource of two units, the third waits for who is done first", () => {
    const use = { uses: [{ resource: "r", amount: 1 }] };
    const sketch: Sketch = {
      activities: {
        a: { minutes: 30, ...use },
        b: { minutes: 20, ...use },
        c: { minutes: 15, ...use },
      },
      resources: [{ id: "r", capacity: 2 }],
    };
    // c 20–35 after b.
    expect(analysed(sketch).activities[2]).toMatchObject({
      from: 20,
      why: { kind: "resource", resource: "r", after: "b" },
    });
    expect(analysed(sketch).chain.minutes).toBe(35);
    expect(roomOf(sketch)).toEqual({ a: [5, 5], b: [0, 0], c: [0, 0] });
  });

  test("a team's limit", () => {
    const sketch: Sketch = {
      activities: { a: { minutes: 30, crew: one("js") }, c: { minutes: 10, crew: one("sql") } },
      teams: [team("t", [person("ann", ["js"]), person("bob", ["sql"])], { concurrent: 1 })],
    };
    expect(chainOf(sketch)).toEqual(["a start", "c team"]);
  });

  test("a sync point, of which its participants are a part; and a date", () => {
    const sketch: Sketch = {
      activities: {
        a: { minutes: 30, crew: one("js") },
        b: { minutes: 20, crew: one("sql") },
        z: { minutes: 5, notBefore: "2024-01-01T10:00" },
      },
      teams: people,
      syncs: [{ id: "s", after: ["a"], before: ["b"], minutes: 15, participants: ["t"] }],
    };
    // a 0–30, s 30–45, b 45–65; z from 10:00 = minute 60.
    expect(chainOf(sketch)).toEqual(["a start", "s sync", "b sync"]);
    expect(analysed(sketch).activities[2]).toMatchObject({
      from: 60,
      totalSlack: 0,
      why: { kind: "not-before" },
    });
  });

  test("people who are away", () => {
    const timeline = plainTimeline({ ann: [{ from: 10, to: 25 }] });
    const made = project({
      activities: { a: { minutes: 30, crew: one("js") }, b: { minutes: 10, crew: one("js") } },
      links: ["a b"],
      teams: people,
    });
    const plain = listSchedule(made);
    // a 0–45 with a pause of 15, b 45–55.
    const bookings = plain.bookings.map((each) => ({
      ...each,
      from: each.activity === "a" ? 0 : 45,
      to: each.activity === "a" ? 45 : 55,
    }));
    const order = partialOrder(made, { ...plain, bookings, makespan: 55 }, timeline);
    expect(order.nodes.map(({ work }) => work)).toEqual([30, 10]);
    // b can begin when ann is back: the link that it waited by is told with it.
    const lunch = partialOrder(
      made,
      {
        ...plain,
        bookings: plain.bookings.map((each) => ({
          ...each,
          from: each.activity === "a" ? 0 : 45,
          to: each.activity === "a" ? 30 : 55,
        })),
        makespan: 55,
      },
      plainTimeline({ ann: [{ from: 30, to: 45 }] }),
    );
    const { why } = criticalAnalysis(lunch).activities[1] ?? {};
    expect(why).toMatchObject({ kind: "calendar", after: "a", link: { from: "a", to: "b" } });
    expect(why && reasonText(why)).toBe("after a (explicit), when its people work again");
    expect(criticalAnalysis(order)).toMatchObject({
      chain: { minutes: 55 },
      activities: [{ totalSlack: 0 }, { totalSlack: 0 }],
    });
    const late = {
      ...plain,
      bookings: plain.bookings.map((each) => ({ ...each, from: 25, to: 55 })),
      makespan: 55,
    };
    expect(
      criticalAnalysis(partialOrder(made, late, plainTimeline({ ann: [{ from: 0, to: 25 }] })))
        .activities[0]?.why,
    ).toEqual({ kind: "calendar" });
  });

  test("what has started is not moved; what is done has no room", () => {
    const sketch: Sketch = {
      activities: {
        a: {
          minutes: 30,
          progress: {
            state: "done",
            start: "2024-01-01T09:00",
            end: "2024-01-01T09:40",
            people: [],
          },
        },
        b: {
          minutes: 30,
          progress: { state: "started", start: "2024-01-01T09:10", left: 20, people: [] },
        },
        c: 60,
      },
      links: ["a c"],
    };
    const { activities, chain } = analysed(sketch);
    // b 10–30, its end may be 100: c 40–100 after a.
    expect(activities).toMatchObject([
      { totalSlack: 0, critical: false, why: { kind: "fixed" } },
      { from: 10, to: 30, totalSlack: 70, why: { kind: "fixed" } },
      { from: 40, to: 100, critical: true, why: { kind: "link" } },
    ]);
    // What is done delays nothing any more: it is told as what c was after.
    expect(chain.steps).toMatchObject([{ id: "c", why: { kind: "link", after: "a" } }]);
    expect(chain.minutes).toBe(60);
  });
});

describe("whatever is scheduled", () => {
  test("the chain is as long as the schedule, has no slack, and its steps follow each other", () => {
    fc.assert(
      fc.property(anyProject, (made) => {
        const schedule = listSchedule(made);
        const { chain, activities, path } = criticalAnalysis(
          partialOrder(made, schedule, plainTimeline()),
        );
        expect(chain.minutes).toBe(schedule.makespan);
        const room = new Map(activities.map((each) => [each.activity, each.totalSlack]));
        for (const step of chain.steps)
          if (step.kind === "activity") expect(room.get(step.id)).toBe(0);
        expect(path.minutes).toBeLessThanOrEqual(schedule.makespan);
        for (const { totalSlack, freeSlack } of activities)
          expect(freeSlack).toBeLessThanOrEqual(totalSlack);
      }),
    );
  });

  test("in its order with its durations everything is where the schedule has it; later by its slack, the end stays; by more, it does not", () => {
    fc.assert(
      fc.property(anyProject, fc.nat(), (made, pick) => {
        const schedule = listSchedule(made);
        const order = partialOrder(made, schedule, plainTimeline());
        const work = order.nodes.map((node) => node.work);
        const { activities } = criticalAnalysis(order);
        const network = networkOf(order);
        const times = timesFor(network);
        expect(earliest(network, work, times)).toBe(schedule.makespan);
        const node = pick % made.activities.length;
        const { from = 0, totalSlack = 0 } = activities[node] ?? {};
        const shifted = (by: number) => {
          const releases = network.releases.slice();
          releases[node] = from + by;
          return earliest({ ...network, releases }, work, times);
        };
        expect(shifted(totalSlack)).toBe(schedule.makespan);
        expect(shifted(totalSlack + 1)).toBeGreaterThan(schedule.makespan);
      }),
    );
  });

  test("nobody and nothing is used twice, however long things take", () => {
    fc.assert(
      fc.property(
        anyProject,
        fc.array(fc.double({ min: 0.1, max: 5, noNaN: true }), { minLength: 12, maxLength: 12 }),
        (made, factors) => {
          const order = partialOrder(made, listSchedule(made), plainTimeline());
          const network = networkOf(order);
          const times = timesFor(network);
          earliest(
            network,
            order.nodes.map(({ work }, index) => work * (factors[index % 12] ?? 1)),
            times,
          );
          const { bookings } = listSchedule(made);
          const at = (instant: number, uses: (index: number) => number) =>
            made.activities.reduce(
              (sum, _, index) =>
                sum +
                (times.from[index]! <= instant && times.to[index]! > instant + 1e-6
                  ? uses(index)
                  : 0),
              0,
            );
          made.activities.forEach((_, moment) => {
            const instant = times.from[moment]!;
            for (const { id, capacity } of made.resources)
              expect(
                at(
                  instant,
                  (index) =>
                    made.activities[index]!.uses.find(({ resource }) => resource === id)?.amount ??
                    0,
                ),
              ).toBeLessThanOrEqual(capacity);
            for (const each of made.teams.flatMap(({ people }) => people))
              expect(
                at(instant, (index) => (bookings[index]!.people.includes(each.id) ? 1 : 0)),
              ).toBeLessThanOrEqual(1);
          });
        },
      ),
    );
  });
});

test("nothing, one activity, only milestones", () => {
  expect(analysed({ activities: {} })).toEqual({
    path: { activities: [], minutes: 0 },
    chain: { steps: [], minutes: 0 },
    activities: [],
  });
  expect(chainOf({ activities: { a: 5 } })).toEqual(["a start"]);
  const { chain } = analysed({ activities: { a: 0, b: 0 }, links: ["a b"] });
  expect(chain.minutes).toBe(0);
});
