import fc from "fast-check";
import { expect, test } from "vitest";
import type { Project } from "../../../../src/schedule/project/project.ts";
import { activity, allHours, link, office, person, project, team } from "./samples.ts";
import { compiledOf, problemsOf, solve } from "./solve.ts";

const shown = (instant: number) => new Date(instant * 60_000).toISOString().slice(0, 16);
const anybody = { kind: "people", needs: [{ skills: [], count: 1 }] } as const;
const needing = (...skills: readonly [string, number][]) => ({
  kind: "people" as const,
  needs: [{ skills: skills.map(([skill, level]) => ({ skill, level })), count: 1 }],
});

test("a chain over a weekend: working time, in order", () => {
  const { schedule } = solve(
    project({
      start: "2024-01-04",
      activities: [activity("a", 480), activity("b", 480), activity("c", 60)],
      links: [link("a", "b"), link("b", "c", { lag: 60 })],
    }),
  );
  expect(schedule.bookings.map(({ start, end }) => [shown(start), shown(end)])).toStrictEqual([
    ["2024-01-04T08:00", "2024-01-04T17:00"],
    ["2024-01-05T08:00", "2024-01-05T17:00"],
    ["2024-01-08T09:00", "2024-01-08T10:00"],
  ]);
  expect(schedule.makespan).toBe(1_080);
  expect(schedule.bound).toBe(1_080);
  expect(schedule.effort.proved).toBe(true);
});

test("all four kinds of links, with lags and leads", () => {
  const { schedule } = solve(
    project({
      teams: [
        team(
          "core",
          ["ann", "bob", "cy", "dan", "eve"].map((id) => person(id)),
        ),
      ],
      activities: [
        activity("a", 480),
        activity("ss", 120),
        activity("ff", 60),
        activity("sf", 30),
        activity("lead", 60),
      ],
      links: [
        link("a", "ss", { kind: "SS", lag: 60 }),
        link("a", "ff", { kind: "FF", lag: -30 }),
        link("a", "sf", { kind: "SF", lag: 90 }),
        link("a", "lead", { kind: "FS", lag: -60 }),
      ],
    }),
  );
  const [a, ss, ff, sf, lead] = schedule.bookings;
  expect(ss?.from).toBe((a?.from ?? 0) + 60);
  expect(ff?.to).toBeGreaterThanOrEqual((a?.to ?? 0) - 30);
  expect(sf?.to).toBeGreaterThanOrEqual((a?.from ?? 0) + 90);
  expect(lead?.from).toBe((a?.to ?? 0) - 60);
});

const makespanAt = (availability: number, buffer: number) =>
  solve(
    project({
      buffer,
      teams: [team("core", [person("ann", { availability })])],
      activities: [activity("a", 480)],
    }),
  ).schedule.makespan;

test("availability of 80 % and a buffer of a fifth each take a quarter more time", () => {
  expect([
    makespanAt(1, 0),
    makespanAt(0.8, 0),
    makespanAt(1, 0.2),
    makespanAt(0.8, 0.2),
  ]).toStrictEqual([480, 600, 600, 750]);
});

test("agents keep no buffer and work at night", () => {
  const { schedule } = solve(
    project({
      buffer: 0.2,
      calendars: [allHours],
      teams: [team("agents", [person("a/1", { calendar: "all hours" })], { kind: "agents" })],
      activities: [activity("a", 1_440)],
    }),
  );
  expect(schedule.end - schedule.start).toBe(1_440);
});

test("who is better is quicker, who is new to it slower; who has not the skill does not do it", () => {
  const people = [
    person("ann", { skills: [{ skill: "React", level: 5 }] }),
    person("bob", { skills: [{ skill: "react", level: 2 }] }),
    person("cy", { skills: [{ skill: "Rust", level: 5 }] }),
  ];
  const make = (who: readonly (typeof people)[number][]) =>
    solve(
      project({
        teams: [team("core", who)],
        activities: [activity("a", 1_000, { crew: needing(["React", 3]) })],
      }),
    ).schedule;
  expect(make(people).bookings[0]).toMatchObject({ people: ["ann"], to: 840, team: "core" });
  expect(make(people.slice(1)).bookings[0]).toMatchObject({ people: ["bob"], to: 1_090 });
  expect(make(people.slice(1)).bookings[0]?.reasons).toStrictEqual([
    "bob has React at 2 (3 wanted, takes 9 % longer)",
  ]);
});

test("what makespan leaves open is settled by how well people fit and know each other", () => {
  const pair = { kind: "people" as const, needs: [{ skills: [], count: 2 }] };
  const people = [
    person("ann", {
      history: new Map([
        ["bob", -0.5],
        ["cy", 0.8],
      ]),
    }),
    person("bob", { history: new Map([["ann", -0.5]]) }),
    person("cy", { history: new Map([["ann", 0.8]]) }),
  ];
  const { schedule } = solve(
    project({ teams: [team("core", people)], activities: [activity("a", 60, { crew: pair })] }),
  );
  expect(schedule.bookings[0]?.people).toStrictEqual(["ann", "cy"]);
  expect(schedule.bookings[0]?.reasons).toContain("ann and cy worked well together before");
});

test("people of one activity are of one team, all of whom share what it can do at once", () => {
  const { schedule, compiled } = solve(
    project({
      teams: [
        team("one", [person("ann"), person("bob")], { concurrent: 1 }),
        team("two", [person("cy")]),
      ],
      activities: [
        activity("pair", 60, { crew: { kind: "people", needs: [{ skills: [], count: 2 }] } }),
        activity("a", 60, { crew: { ...anybody, only: { teams: ["one"], people: [] } } }),
        activity("b", 60, { crew: { ...anybody, only: { teams: ["one"], people: [] } } }),
        activity("c", 60, { crew: { ...anybody, only: { teams: [], people: ["cy"] } } }),
      ],
    }),
  );
  expect(schedule.bookings.map((booking) => booking.team)).toStrictEqual([
    "one",
    "one",
    "one",
    "two",
  ]);
  expect(schedule.bookings[3]?.people).toStrictEqual(["cy"]);
  expect(schedule.makespan).toBe(180);
  expect(compiled.parts.capacities).toStrictEqual([1]);
});

const sql = (level: number) => [{ skill: "SQL", level }];

test("a whole team does one thing at a time, as quick as its best in each skill", () => {
  const { schedule } = solve(
    project({
      teams: [team("core", [person("ann", { skills: sql(1) }), person("bob", { skills: sql(5) })])],
      activities: ["a", "b"].map((id) =>
        activity(id, 1_000, { crew: { kind: "team", skills: [{ skill: "sql", level: 3 }] } }),
      ),
    }),
  );
  expect(schedule.bookings.map(({ people }) => people)).toStrictEqual([
    ["ann", "bob"],
    ["ann", "bob"],
  ]);
  expect(schedule.makespan).toBe(1_680);
});

test("exclusive resources, days before which nothing starts, milestones", () => {
  const { schedule } = solve(
    project({
      resources: [{ id: "db", title: "database", kind: "database", capacity: 1 }],
      activities: [
        activity("a", 60, { uses: [{ resource: "db", amount: 1 }] }),
        activity("b", 60, { uses: [{ resource: "db", amount: 1 }] }),
        activity("late", 60, { notBefore: "2024-01-03" }),
        activity("done", 0, { crew: { kind: "nobody" } }),
      ],
      links: [link("late", "done")],
    }),
  );
  const [a, b, late, done] = schedule.bookings;
  expect(Math.abs((a?.from ?? 0) - (b?.from ?? 0))).toBeGreaterThanOrEqual(60);
  expect(shown(late?.start ?? 0)).toBe("2024-01-03T08:00");
  expect([done?.start, done?.end]).toStrictEqual([late?.end, late?.end]);
  expect(done).not.toHaveProperty("team");
});

test("sync points keep everybody of their teams, after what they wait for and before what waits for them", () => {
  const sync = {
    id: "contract review",
    title: "Contract review",
    after: ["a"],
    before: ["b"],
    minutes: 60,
    participants: ["core"],
    triggers: [],
    preparation: [],
    criteria: [],
    onFailure: [],
    deliverables: [],
  };
  const { schedule } = solve(
    project({
      activities: [activity("a", 120), activity("b", 60), activity("c", 600)],
      syncPoints: [sync],
    }),
  );
  expect(schedule.syncs).toHaveLength(1);
  expect(schedule.makespan).toBe(720);
});

test("what has started goes on with its people, what is done stays; nothing open starts before now", () => {
  const { schedule } = solve(
    project({
      now: "2024-01-02T09:00",
      activities: [
        activity("done", 480, {
          progress: {
            state: "done",
            start: "2024-01-01T09:00",
            end: "2024-01-01T14:00",
            people: ["ann"],
          },
        }),
        activity("started", 480, {
          progress: { state: "started", start: "2024-01-01T15:00", left: 120, people: ["bob"] },
        }),
        activity("open", 60),
        activity("next", 60),
      ],
      links: [link("started", "next"), link("next", "done")],
    }),
  );
  const [done, started, open, next] = schedule.bookings;
  expect([shown(done?.start ?? 0), shown(done?.end ?? 0)]).toStrictEqual([
    "2024-01-01T08:00",
    "2024-01-01T13:00",
  ]);
  expect(started).toMatchObject({ people: ["bob"], team: "core", fixed: true, from: 300 });
  expect(shown(started?.end ?? 0)).toBe("2024-01-02T10:00");
  expect(shown(open?.start ?? 0)).toBe("2024-01-02T08:00");
  expect(shown(next?.start ?? 0)).toBe("2024-01-02T10:00");
});

const place = (line: number) => ({ place: { file: "plan.md", line, column: 1 } });

test("soft links of circles are passed over and told; a circle of hard ones is an error with every link", () => {
  const activities = ["a", "b", "c"].map((id) => activity(id, 60));
  const links = [link("a", "b", place(3)), link("b", "c", place(4))];
  const soft = project({
    activities,
    links: [...links, link("c", "a", { strength: "soft", ...place(5) })],
  });
  expect(problemsOf(soft)).toMatchObject([
    { code: "SCHEDULE_CIRCLE_BROKEN", severity: "warning", place: { line: 5 } },
  ]);
  const { schedule } = solve(soft);
  expect(schedule.passedOver).toMatchObject([{ from: "c", to: "a" }]);
  const [problem] = problemsOf(
    project({ activities, links: [...links, link("c", "a", place(5))] }),
  );
  expect(problem).toMatchObject({ code: "SCHEDULE_CIRCLE", severity: "error" });
  expect(problem?.related?.map((one) => one.place.line)).toStrictEqual([5, 3, 4]);
});

const untilGone = (minutes: number) =>
  solve(
    project({
      teams: [team("core", [person("ann", { away: [{ from: "2024-01-15", to: "9999-12-31" }] })])],
      activities: [
        activity("a", minutes, {
          crew: { ...anybody, only: { teams: [], people: ["ann"] } },
        }),
      ],
    }),
  ).schedule.makespan;

test("who leaves for good works until then; what is left over then is told", () => {
  expect(untilGone(4_800)).toBe(4_800);
  expect(() => untilGone(4_801)).toThrow("Nobody works long enough");
});

const anything: fc.Arbitrary<Project> = fc
  .record({
    minutes: fc.array(fc.integer({ min: 0, max: 2_000 }), { minLength: 1, maxLength: 8 }),
    pairs: fc.array(
      fc.tuple(
        fc.nat(7),
        fc.nat(7),
        fc.constantFrom("FS", "SS", "FF", "SF"),
        fc.integer({ min: -200, max: 200 }),
      ),
      { maxLength: 10 },
    ),
    zones: fc.constantFrom(
      ["Europe/Berlin"],
      ["Europe/Berlin", "America/New_York"],
      ["Europe/Berlin", "Asia/Kathmandu"],
    ),
    buffer: fc.constantFrom(0, 0.2),
    availability: fc.constantFrom(1, 0.8, 0.5),
  })
  .map(({ minutes, pairs, zones, buffer, availability }) =>
    project({
      start: "2024-03-28T11:30",
      buffer,
      calendars: zones.map((zone) => office(zone)),
      teams: [
        team(
          "core",
          zones.flatMap((zone, at) => [
            person(`${zone}/1`, { calendar: zone, availability }),
            person(`${zone}/2`, {
              calendar: zone,
              away: at === 0 ? [{ from: "2024-04-02", to: "2024-04-04" }] : [],
            }),
          ]),
        ),
      ],
      activities: minutes.map((each, at) =>
        activity(`t${at}`, each, {
          crew: { kind: "people", needs: [{ skills: [], count: 1 + (at % 2) }] },
        }),
      ),
      links: pairs.flatMap(([one, other, kind, lag]) => {
        const [from, to] = [Math.min(one, other), Math.max(one, other)];
        return to < minutes.length && from < to ? [link(`t${from}`, `t${to}`, { kind, lag })] : [];
      }),
    }),
  );

test("every link is kept, everybody does one thing at a time, and works only when they are there", () => {
  fc.assert(
    fc.property(anything, (some) => {
      const { schedule, compiled } = solve(some, 20);
      const byId = new Map(schedule.bookings.map((booking) => [booking.activity, booking]));
      for (const { from, to, kind, lag } of some.links) {
        const [before, after] = [byId.get(from), byId.get(to)];
        const begun = (kind[0] === "F" ? before?.to : before?.from) ?? Number.NaN;
        const bound = (kind[1] === "F" ? after?.to : after?.from) ?? Number.NaN;
        expect(bound).toBeGreaterThanOrEqual(begun + lag);
      }
      for (const one of some.teams.flatMap(({ people }) => people)) {
        const own = schedule.bookings
          .filter(({ people, from, to }) => people.includes(one.id) && to > from)
          .toSorted((a, b) => a.from - b.from);
        for (const [at, booking] of own.entries()) {
          expect(booking.from).toBeGreaterThanOrEqual(own[at - 1]?.to ?? 0);
          const away = compiled.axis
            .absencesOf(one, compiled.horizon)
            .reduce(
              (sum, { from, to }) =>
                sum + Math.max(0, Math.min(to, booking.to) - Math.max(from, booking.from)),
              0,
            );
          const work = some.activities.find(({ id }) => id === booking.activity)?.work.likely ?? 0;
          const factor = 1 / (one.availability * (1 - some.buffer));
          expect(booking.to - booking.from - away).toBeGreaterThanOrEqual(
            Math.floor(work * factor),
          );
        }
      }
      for (const { start, end, from, to } of schedule.bookings) {
        expect(compiled.axis.positionOf(start)).toBe(from);
        expect(compiled.axis.positionOf(end)).toBe(to);
      }
    }),
    { numRuns: 40 },
  );
});

test("ten thousand activities are compiled in a moment", () => {
  const size = 10_000;
  const ids = Array.from({ length: size }, (_, at) => `t${at}`);
  const compiled = compiledOf(
    project({
      activities: ids.map((id) => activity(id, 30)),
      links: ids.flatMap((id, at) => (at % 100 === 0 ? [] : [link(`t${at - 1}`, id)])),
    }),
  );
  expect(compiled.parts.activities).toHaveLength(size);
  expect(compiled.tick).toBe(30);
});
