import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { axisOf } from "../../../../src/schedule/project/axis.ts";
import type { Project } from "../../../../src/schedule/project/project.ts";
import { strategyOf, strategyOn } from "../../../../src/schedule/strategy/make-strategy.ts";
import type { Strategy } from "../../../../src/schedule/strategy/strategy.ts";
import { timelineOf } from "../../../../src/schedule/strategy/timeline.ts";
import { anyProject } from "./any-project.ts";
import { solve } from "../project/solve.ts";
import { listSchedule } from "./list-schedule.ts";
import { DAY, one, person, plainTimeline, project, team } from "./projects.ts";
import { S3_FIELDS } from "./s3-fields.ts";

const timeline = plainTimeline();
const scheduler = (each: Project) => listSchedule(each);
const strategy = (made: Project, runs = 200): Strategy =>
  strategyOn(made, listSchedule(made), timeline, { scheduler, runs });

const WEEK = 5 * DAY;
const staff = (id: string, size: number, skills: readonly string[], availability: number) =>
  team(
    id,
    Array.from({ length: size }, (_, index) =>
      person(`${id}/${index + 1}`, skills, { availability }),
    ),
  );
const whole = (only: string) => ({
  kind: "team" as const,
  skills: [],
  only: { teams: [only], people: [] },
});

/** S3's own example as far as it goes: three of its six phases, two teams, one contract review. */
const s3 = project({
  activities: {
    "phase-1": {
      minutes: 3 * WEEK,
      group: "phase-1",
      crew: whole("backend_team_1"),
      uses: [{ resource: "db", amount: 1 }],
    },
    "phase-2": {
      minutes: 4 * WEEK,
      group: "phase-2",
      crew: whole("backend_team_1"),
      uses: [{ resource: "db", amount: 1 }],
    },
    "phase-3": { minutes: 4 * WEEK, group: "phase-3", crew: whole("frontend_team_1") },
  },
  groups: {
    "phase-1": ["Auth system", "User database", "API framework"],
    "phase-2": ["User profiles", "Profile API", "Profile management"],
    "phase-3": ["React components", "Auth UI", "Profile UI"],
  },
  links: ["phase-1 phase-2", "phase-1 phase-3"],
  teams: [
    staff("backend_team_1", 3, ["Node.js", "PostgreSQL", "Docker"], 1),
    staff("frontend_team_1", 2, ["React", "TypeScript", "CSS"], 0.8),
  ],
  syncs: [
    {
      id: "api_contract_review",
      title: "API Contract Review and Validation",
      after: ["phase-1"],
      before: ["phase-2", "phase-3"],
      minutes: 240,
      participants: ["backend_team_1", "frontend_team_1"],
      triggers: ["API design tasks complete"],
      preparation: ["API specifications documented"],
      criteria: ["All API contracts approved"],
      onFailure: ["Design iteration"],
      deliverables: ["Approved API contracts"],
    },
  ],
  resources: [{ id: "db", title: "Development database", kind: "database" }],
});

describe("S3's example", () => {
  const told = strategy(s3);

  test("one after another it is eleven weeks, in parallel seven and four hours: (11 − 7.1) / 11", () => {
    // 11 weeks are 55 days; 35.5 days.
    expect(told.efficiency).toMatchObject({ sequential: 55 * DAY, parallel: 35.5 * DAY });
    expect(told.efficiency.percent).toBeCloseTo(((55 - 35.5) / 55) * 100);
    expect(told.waves.map(({ name, minutes }) => [name, minutes / WEEK])).toEqual([
      ["Foundation", 3],
      ["Parallel work", 4],
    ]);
    expect(told.waves[0]?.blockingFactors).toEqual(["phase-1 blocks 2 dependent phases"]);
    expect(told.waves[1]?.maxConcurrent).toBe(2);
    expect(told.critical.chain.steps.map(({ id }) => id)).toEqual([
      "phase-1",
      "api_contract_review",
      "phase-2",
    ]);
    expect(told.coordination.syncs[0]?.costs).toEqual({ minutes: 240, days: 0.5, noise: 0 });
  });

  test("its registers say all that S3 asks for", () => {
    expect(told.risks.risks.length).toBeGreaterThan(0);
    expect(told.risks.coverage.percent).toBe(100);
    expect(told.planQuality.completeness).toMatchObject({ value: 100, level: "ok" });
    expect(told.planQuality.coordinationDesign).toMatchObject({ value: 100, level: "ok" });
  });

  test("each field of S3's format has a source", () => {
    const missing = [...S3_FIELDS].flatMap(([field, read]) => {
      const value = read(told);
      const all: readonly unknown[] = Array.isArray(value) ? value : [value];
      return all.length === 0 || all.includes(undefined) ? [field] : [];
    });
    expect(missing).toEqual([]);
  });

  const seed = path.resolve(import.meta.dirname, "../../../../../shared/seeds");
  test.skipIf(!existsSync(seed))("and these are all of S3's fields", () => {
    const name = readdirSync(seed).find((each) => each.startsWith("003")) ?? "";
    const json =
      /```json\n([\s\S]*?)\n```/.exec(readFileSync(path.join(seed, name), "utf8"))?.[1] ?? "";
    const fields = fieldsOf(JSON.parse(json));
    expect(fields.length).toBeGreaterThan(100);
    expect(fields.filter((field) => !S3_FIELDS.has(field))).toEqual([]);
  });
});

/** Paths of what is no object, elements of lists as one. */
function fieldsOf(value: unknown, at = ""): readonly string[] {
  if (Array.isArray(value)) return [...new Set(value.flatMap((each) => fieldsOf(each, `${at}[]`)))];
  if (value === null || typeof value !== "object") return [at.replace(/\[\]$/, "")];
  return [
    ...new Set(
      Object.entries(value).flatMap(([key, each]) =>
        fieldsOf(each, at === "" ? key : `${at}.${key}`),
      ),
    ),
  ];
}

describe("any project", () => {
  test("the same twice, and what JSON can hold: no NaN, nothing infinite", () => {
    fc.assert(
      fc.property(anyProject, (made) => {
        const told = strategy(made, 20);
        expect(strategy(made, 20)).toEqual(told);
        const odd: string[] = [];
        JSON.stringify(told, (key, value: unknown) => {
          if (typeof value === "number" && !Number.isFinite(value)) odd.push(key);
          return value;
        });
        expect(odd).toEqual([]);
        // Every activity is in one unit of one wave; every activity that somebody does in one session.
        const inWaves = told.waves.flatMap(({ units }) =>
          units.flatMap(({ activities }) => activities),
        );
        expect(inWaves.toSorted()).toEqual(made.activities.map(({ id }) => id).toSorted());
        const inSessions = told.coordination.sessions.flatMap(({ activities }) => activities);
        expect(inSessions).toHaveLength(
          told.schedule.bookings.filter((each) => each.team !== undefined).length,
        );
        // No wave waits for a later one.
        const waveOf = new Map(
          told.waves.flatMap(({ number, units }) => units.map(({ id }) => [id, number] as const)),
        );
        for (const { number, units } of told.waves)
          for (const { dependencies } of units)
            for (const id of dependencies) expect(waveOf.get(id)).toBeLessThanOrEqual(number);
        expect(told.risks.coverage.percent).toBe(100);
        const riskIds = told.risks.risks.map(({ id }) => id);
        expect(new Set(riskIds).size).toBe(riskIds.length);
      }),
      { numRuns: 15 },
    );
  });

  test.each([
    ["nothing", {}],
    ["one activity", { a: DAY }],
    ["only milestones", { a: 0, b: 0 }],
    [
      "one that is done",
      {
        a: {
          minutes: DAY,
          progress: { state: "done" as const, start: "2024-01-01", end: "2024-01-01", people: [] },
        },
      },
    ],
  ])("%s", (_, activities) => {
    const told = strategy(project({ activities }), 10);
    expect(told.waves.length).toBe(Object.keys(activities).length === 0 ? 0 : 1);
    expect(told.planQuality.feasibility.level).not.toBe("critical");
    expect(
      told.monitoring.performance.every(
        ({ value }) => value === undefined || Number.isFinite(value),
      ),
    ).toBe(true);
    expect(told.milestones.at(-1)).toMatchObject({ kind: "end" });
  });

  test("names that mean something to JavaScript are names", () => {
    const told = strategy(
      project({
        activities: {
          ["__proto__"]: DAY,
          constructor: { minutes: DAY, crew: one("toString") },
          "a b": DAY,
        },
        links: ["__proto__ constructor"],
        teams: [team("__proto__x", [person("hasOwnProperty", ["toString"])])],
      }),
      10,
    );
    expect(told.critical.activities.map(({ activity }) => activity)).toContain("constructor");
  });
});

describe("on the real axis", () => {
  const made = project({
    activities: {
      a: { minutes: DAY, crew: one("x") },
      b: { minutes: DAY, crew: one("x") },
      c: { minutes: 6 * DAY, crew: one("y") },
    },
    links: ["a b"],
    teams: [
      team("t", [
        person("ann", ["x"], { away: [{ from: "2024-01-02", to: "2024-01-03" }] }),
        person("bob", ["y"]),
      ]),
    ],
    deadline: "2024-01-09",
  });
  const axis = axisOf(made);
  const real = timelineOf(made, axis, 6 * DAY);

  test("days are working days, ends are where work ended", () => {
    expect(real.dayMinutes).toBe(DAY);
    // Monday's last minute is over at 17:00, Tuesday's first begins at 9:00.
    expect(real.endAt(DAY).instant).toBe(axis.instantOf("2024-01-01T17:00"));
    expect(real.startAt(DAY).instant).toBe(axis.instantOf("2024-01-02T09:00"));
    expect(real.minuteOf(axis.instantOf("2024-01-06T12:00"))).toBe(5 * DAY);
    expect(real.absencesOf("ann")).toMatchObject([{ from: DAY, to: 3 * DAY }]);
    expect(real.absencesOf("bob")).toEqual([]);
    // Far beyond what was asked for it goes on.
    expect(real.endAt(1e6).instant).toBeGreaterThan(real.endAt(1e5).instant);
  });

  test("who is away is waited for, and its forecast knows of it", () => {
    const placed = { a: [0, DAY], b: [3 * DAY, 4 * DAY], c: [0, 6 * DAY] } as const;
    const plain = listSchedule(made);
    const bookings = plain.bookings.map((each) => {
      const [from, to] = placed[each.activity as keyof typeof placed];
      return { ...each, from, to, start: axis.startAt(from), end: axis.endAt(to) };
    });
    const schedule = {
      ...plain,
      bookings,
      makespan: 6 * DAY,
      start: axis.startAt(0),
      end: axis.endAt(6 * DAY),
    };
    const told = strategyOf(made, schedule, axis, { runs: 500 });
    expect(told.critical.activities[1]).toMatchObject({
      why: { kind: "calendar", after: "a" },
      totalSlack: 2 * DAY,
    });
    // b has to begin on the axis' day 5 at the latest, and a, which Ann can do on days 3 and 4, on day 4.
    expect(told.critical.activities[0]?.totalSlack).toBe(4 * DAY);
    expect(told.workload.people[0]).toMatchObject({ booked: 2 * DAY, available: 4 * DAY });
    // The end of Tuesday the 9th is the seventh working day.
    expect(told.milestones.at(-1)).toMatchObject({ margin: DAY });
    expect(told.forecast.p95.instant).toBeGreaterThan(schedule.end);
  });
});

describe("one after another", () => {
  test("who is away is waited for as in the schedule: what can't be parallel is not told as slower", () => {
    const made = project({
      activities: { a: { minutes: DAY, crew: one("Go") }, b: { minutes: DAY, crew: one("Go") } },
      links: ["a b"],
      teams: [
        team("core", [
          person("ann", ["Go"], { away: [{ from: "2024-01-02", to: "2024-01-04" }] }),
          person("bob"),
        ]),
      ],
    });
    const axis = axisOf(made);
    const schedule = solve(made).schedule;
    expect(schedule.makespan).toBeGreaterThan(4 * DAY);
    const told = strategyOf(made, schedule, axis, { runs: 20 });
    expect(told.efficiency).toMatchObject({
      sequential: schedule.makespan,
      percent: 0,
      speedUp: 1,
    });
  });
});

describe("milestones", () => {
  test("the end of a group is told once where the plan has a milestone for it", () => {
    const told = strategy(
      project({
        activities: {
          a: { minutes: DAY, group: "g" },
          end: { minutes: 0, group: "g", title: "g done" },
          b: { minutes: DAY, group: "h" },
        },
        groups: { g: [], h: [] },
        links: ["a end", "end b"],
      }),
      20,
    );
    expect(told.milestones.map(({ title }) => title)).toEqual(["g done", "h", "test"]);
  });
});
