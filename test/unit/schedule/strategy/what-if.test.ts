import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyChanges, type Change } from "../../../../src/schedule/strategy/change.ts";
import { partialOrder } from "../../../../src/schedule/strategy/order/partial-order.ts";
import { comparePlans, replan } from "../../../../src/schedule/strategy/replan.ts";
import { scheduleFaults } from "../../../../src/schedule/strategy/schedule-faults.ts";
import { whatIf } from "../../../../src/schedule/strategy/what-if.ts";
import { strategyOn } from "../../../../src/schedule/strategy/make-strategy.ts";
import { anyProject } from "./any-project.ts";
import { listSchedule } from "./list-schedule.ts";
import { DAY, one, person, plainTimeline, project, team } from "./projects.ts";

const timeline = plainTimeline();
const scheduler = (each: Parameters<typeof listSchedule>[0]) => listSchedule(each);

/**
 * Bob does d, which has the file, and e after it: days 0 and 1. Ann does b on day 0, a on day 1, when the file is free, c on day 2.
 */
const made = project({
  activities: {
    a: { minutes: DAY, crew: one("js"), uses: [{ resource: "file", amount: 1 }] },
    b: { minutes: DAY, crew: one("js") },
    c: { minutes: DAY, crew: one("js") },
    d: { minutes: DAY, crew: one("sql"), uses: [{ resource: "file", amount: 1 }] },
    e: { minutes: DAY, crew: one("sql") },
  },
  links: ["d e"],
  resources: [{ id: "file", capacity: 1 }],
  teams: [team("t", [person("ann", ["js"]), person("bob", ["sql"])])],
});
const base = { project: made, schedule: listSchedule(made), timeline };
const saved = (...changes: Change[]) => {
  const answer = whatIf(base, changes, scheduler);
  if (!answer.ok) throw new Error(answer.error);
  return answer.value;
};

/** A search with bad luck. */
const worse = (each: typeof made) => {
  const schedule = scheduler(each);
  return {
    ...schedule,
    makespan: schedule.makespan + 5 * DAY,
    end: timeline.endAt(schedule.makespan + 5 * DAY).instant,
  };
};

describe("what if", () => {
  test("changes are made, and the difference is what scheduling anew says", () => {
    expect(base.schedule.makespan).toBe(3 * DAY);
    expect(saved({ kind: "set-work", activity: "b", minutes: 3 * DAY })).toMatchObject({
      saved: -2 * DAY,
      days: -2,
      noise: 0,
    });
    const both = saved(
      { kind: "add-person", team: "t", person: person("cy", ["js"]) },
      { kind: "set-capacity", resource: "file", capacity: 2 },
    );
    expect(both).toMatchObject({ saved: DAY, days: 1, noise: 0 });
    expect(both.project.teams[0]?.people).toHaveLength(3);
  });

  test("what moved is told", () => {
    const { moved } = saved({ kind: "drop-activity", activity: "d" });
    expect(moved.find(({ activity }) => activity === "d")).toMatchObject({ kind: "dropped" });
    expect(moved.find(({ activity }) => activity === "e")).toMatchObject({
      kind: "moved",
      by: -DAY,
    });
    const added = project({ activities: { a: DAY, z: DAY } });
    expect(
      whatIf(
        { ...base, project: added, schedule: listSchedule(project({ activities: { a: DAY } })) },
        [],
        scheduler,
      ),
    ).toMatchObject({
      value: { moved: [{ activity: "z", kind: "added" }] },
    });
  });

  test("where the search finds an easier problem longer, the old schedule holds, and the noise is told", () => {
    const answer = whatIf(base, [{ kind: "set-capacity", resource: "file", capacity: 2 }], worse);
    expect(answer).toMatchObject({ value: { saved: 0, noise: 5 * DAY, moved: [] } });
    // c is last on day 2: without it and nothing else moved it ends a day sooner.
    expect(whatIf(base, [{ kind: "drop-activity", activity: "c" }], worse)).toMatchObject({
      value: {
        saved: DAY,
        noise: 5 * DAY,
        schedule: { makespan: 2 * DAY },
        moved: [{ activity: "c", kind: "dropped" }],
      },
    });
    // Work that grows may take longer.
    expect(
      whatIf(base, [{ kind: "set-work", activity: "a", minutes: 2 * DAY }], worse),
    ).toMatchObject({ value: { saved: -6 * DAY, noise: 0 } });
  });

  test("an old schedule that does not hold is never the answer, however long the search took", () => {
    const broken = {
      ...base,
      schedule: {
        ...base.schedule,
        bookings: base.schedule.bookings.map((each) => ({ ...each, people: ["nobody known"] })),
      },
    };
    const drop: Change = { kind: "drop-activity", activity: "c" };
    // Faults that were there before are no new ones.
    expect(whatIf(broken, [drop], worse)).toMatchObject({ value: { noise: 5 * DAY } });
    expect(scheduleFaults(base.project, base.schedule)).toEqual([]);
    expect(scheduleFaults(broken.project, broken.schedule)).toContain(
      "nobody known of a is not there",
    );
    const [first, second] = base.schedule.bookings;
    if (!first || !second) throw new Error("two are booked");
    const together = [first, { ...second, from: first.from, to: first.to, people: first.people }];
    const faults = scheduleFaults(base.project, {
      ...base.schedule,
      bookings: [...together, ...base.schedule.bookings.slice(2)],
    });
    expect(faults.join("; ")).toMatch(/^(?:.+; )?person \w+ has a, b at once/);
    expect(scheduleFaults(base.project, { ...base.schedule, bookings: [] })).toHaveLength(1);
  });

  test("a link and a sync point that are not kept are faults; what has begun is a fact", () => {
    const linked = project({
      activities: { a: DAY, b: DAY },
      links: ["a b"],
      syncs: [{ id: "s", after: ["a"], before: ["b"] }],
    });
    const schedule = listSchedule(linked);
    expect(scheduleFaults(linked, schedule)).toEqual([]);
    const [a, b] = schedule.bookings;
    if (!a || !b) throw new Error("two are booked");
    const early = { ...b, from: 0, to: DAY, start: a.start, end: a.end };
    expect(scheduleFaults(linked, { ...schedule, bookings: [a, early] })).toEqual([
      "b does not wait for a (FS)",
      "sync point s is not waited for",
    ]);
    const begun = { ...schedule, bookings: [a, { ...early, fixed: true }] };
    expect(scheduleFaults(linked, begun)).toEqual([]);
    expect(scheduleFaults(linked, { ...schedule, syncs: [] })).toEqual([
      "sync point s is not held",
    ]);
  });

  test.each<readonly [Change, string]>([
    [{ kind: "drop-activity", activity: "z" }, 'there is no activity "z"'],
    [
      { kind: "set-work", activity: "a", minutes: Number.NaN },
      "work is a number of minutes, at least 0",
    ],
    [{ kind: "set-work", activity: "a", minutes: -1 }, "work is a number of minutes, at least 0"],
    [
      { kind: "set-capacity", resource: "file", capacity: 0.5 },
      "a capacity is a whole number, at least 1",
    ],
    [{ kind: "set-capacity", resource: "db", capacity: 2 }, 'there is no shared resource "db"'],
    [{ kind: "drop-links", links: [{ from: "e", to: "d" }] }, 'there is no link from "e" to "d"'],
    [{ kind: "drop-sync", sync: "s" }, 'there is no sync point "s"'],
    [{ kind: "add-person", team: "u", person: person("cy") }, 'there is no team "u"'],
    [
      { kind: "add-person", team: "t", person: person("ann") },
      'there is somebody called "ann" already',
    ],
    [
      { kind: "add-person", team: "t", person: person("cy", [], { calendar: "moon" }) },
      'there is no calendar "moon"',
    ],
    [{ kind: "add-team", team: team("t", []) }, 'there is a team "t" already'],
    [{ kind: "set-buffer", buffer: 1 }, "a buffer is at least 0 % and less than 100 %"],
  ])("%j can't be", (change, message) => {
    expect(applyChanges(made, [change])).toEqual({ ok: false, error: message });
  });

  test("who waited for a dropped activity waits for what that one waited for", () => {
    const chain = project({ activities: { a: 10, b: 20, c: 30 }, links: ["a b FS 5", "b c SS 7"] });
    const changed = applyChanges(chain, [{ kind: "drop-activity", activity: "b" }]);
    expect(changed).toMatchObject({
      value: {
        activities: [{ id: "a" }, { id: "c" }],
        links: [{ from: "a", to: "c", kind: "FS", lag: 12, origin: "through b" }],
      },
    });
  });

  test("capacity, people and fewer duties never cost", () => {
    expect.hasAssertions();
    const changes: Change[] = [
      { kind: "add-person", team: "t", person: person("zoe", ["js", "sql"]) },
      { kind: "add-team", team: team("v", [person("zed", ["sql"])]) },
      { kind: "set-capacity", resource: "r", capacity: 4 },
      { kind: "set-work", activity: "a0", minutes: 0 },
    ];
    fc.assert(
      fc.property(anyProject, fc.constantFrom(...changes), (any, change) => {
        const schedule = listSchedule(any);
        const answer = whatIf({ project: any, schedule, timeline }, [change], scheduler);
        if (!answer.ok) throw new Error(answer.error);
        const { saved: minutes, noise, schedule: kept } = answer.value;
        const mayCost =
          change.kind === "add-person" && any.syncPoints.some((sync) => sync.minutes > 0);
        if (!mayCost) expect(minutes).toBeGreaterThanOrEqual(0);
        if (noise > 0) expect(kept.bookings).toEqual(schedule.bookings);
      }),
      { numRuns: 60 },
    );
  });
});

describe("what shortens it most", () => {
  const told = strategyOn(made, base.schedule, timeline, { scheduler, runs: 100 });

  test("each candidate is tried, the best first", () => {
    const tried = told.shortenings?.tried ?? [];
    // Only less work of Ann's chain helps by itself: a second Ann waits for the file.
    expect(tried.map(({ title, days }) => [title, days])).toEqual(
      tried.toSorted((x, y) => y.days - x.days).map(({ title, days }) => [title, days]),
    );
    expect(tried.find(({ title }) => title === "One more person with js in t")).toBeDefined();
    for (const { changes, saved: minutes } of tried) expect(saved(...changes).saved).toBe(minutes);
    expect(tried[0]?.saved).toBeGreaterThan(0);
  });

  test("barriers of phases and soft links of the chain are dropped, too", () => {
    const phases = project({
      activities: {
        a: { minutes: DAY, group: "1" },
        z: { minutes: 3 * DAY, group: "1" },
        done: { minutes: 0, group: "1" },
        b: { minutes: 2 * DAY, group: "2" },
        c: { minutes: DAY, group: "2" },
      },
      groups: { "1": ["x"], "2": ["x"] },
      links: ["a done", "z done", "done b", "done c", "a b"],
    });
    const links = phases.links.map((link) =>
      link.from === "done" ? { ...link, origin: "barrier" } : link,
    );
    const barred = { ...phases, links };
    const { shortenings } = strategyOn(barred, listSchedule(barred), timeline, {
      scheduler,
      runs: 10,
    });
    // z takes three days, a and b as long beside it: five become three.
    expect(shortenings?.tried[0]).toMatchObject({
      title: 'Let "2" begin before all of "1" is done',
      because: "a barrier of 2 links is between them",
      days: 2,
    });
    const soft = {
      ...phases,
      links: phases.links.map((link) =>
        link.to === "b" ? { ...link, strength: "soft" as const } : link,
      ),
    };
    const tried =
      strategyOn(soft, listSchedule(soft), timeline, { scheduler, runs: 10 }).shortenings?.tried ??
      [];
    expect(tried.find(({ title }) => title === 'Do "b" without waiting for "done"')).toMatchObject({
      days: 1,
    });
  });

  test("tries are limited, and what is left is counted", () => {
    const few = strategyOn(made, base.schedule, timeline, { scheduler, runs: 10, tries: 1 });
    expect(few.shortenings?.tried).toHaveLength(1);
    expect((few.shortenings?.left ?? 0) + 1).toBe(told.shortenings?.tried.length);
  });

  test("what is waited for is a bottleneck, with how long and how much it is used", () => {
    // Ann is busy all three days. c waits two of them for her, and for js; a waits as long for the file as for her, so for neither.
    expect(
      told.bottlenecks.find(({ kind, id }) => kind === "person" && id === "ann"),
    ).toMatchObject({ waited: 2 * DAY, used: 1, waiting: ["c"] });
    expect(told.bottlenecks.find(({ kind, id }) => kind === "skill" && id === "js")).toMatchObject({
      waited: 2 * DAY,
      used: 1,
    });
  });
});

describe("replan", () => {
  const actuals = [
    { activity: "a", state: "done", start: "2024-01-01T09:00", end: "2024-01-02T12:00" },
    { activity: "d", state: "started", start: "2024-01-02T12:00", done: 0.25 },
    { activity: "x", state: "open" },
  ] as const;
  const { project: now, unknown } = replan(made, base.schedule, {
    actuals,
    now: "2024-01-02T13:00",
  });

  test("what happened is fixed, the rest is open, the unknown is told", () => {
    expect(unknown).toEqual(["x"]);
    expect(now.now).toBe("2024-01-02T13:00");
    expect(now.activities.map(({ progress }) => progress)).toEqual([
      { state: "done", start: "2024-01-01T09:00", end: "2024-01-02T12:00", people: ["ann"] },
      { state: "open" },
      { state: "open" },
      { state: "started", start: "2024-01-02T12:00", left: DAY * 0.75, people: ["bob"] },
      { state: "open" },
    ]);
    const begun = replan(made, base.schedule, {
      actuals: [{ activity: "d", state: "started", start: "2024-01-03", left: 0, people: ["ann"] }],
      now: "2024-01-02T13:00",
    });
    // Begun and nothing left is not done; a start in the future is now.
    expect(begun.project.activities[3]?.progress).toEqual({
      state: "started",
      start: "2024-01-02T13:00",
      left: DAY * 0.05,
      people: ["ann"],
    });
  });

  test("what moved, by how much, and what it began with", () => {
    const plan = project({
      activities: {
        a: { minutes: DAY, crew: one("js") },
        b: { minutes: DAY, crew: one("js") },
        c: DAY,
      },
      links: ["a b", "b c"],
      teams: [team("t", [person("ann", ["js"])])],
    });
    const before = listSchedule(plan);
    const actual = {
      activity: "a",
      state: "done",
      start: "2024-01-01T09:00",
      end: "2024-01-02T12:00",
    } as const;
    const late = replan(plan, before, { actuals: [actual], now: "2024-01-02T12:00" }).project;
    const after = listSchedule(late);
    const order = partialOrder(late, after, timeline);
    // a ends on Tuesday at 12:00, minute 660, instead of 480; b and c follow.
    const compared = comparePlans({ before, after }, order, timeline);
    expect(compared).toMatchObject({
      later: 180,
      days: 0.375,
      changes: [
        { activity: "a", by: 180, cause: "took-longer", root: "a", why: { kind: "fixed" } },
        {
          activity: "b",
          by: 180,
          cause: "took-longer",
          root: "a",
          why: { kind: "link", after: "a" },
        },
        {
          activity: "c",
          by: 180,
          cause: "took-longer",
          root: "a",
          why: { kind: "link", after: "b" },
        },
      ],
    });
    expect(comparePlans({ before: after, after }, order, timeline)).toEqual({
      later: 0,
      days: 0,
      changes: [],
    });
  });
});
