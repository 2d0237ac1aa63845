/** What keeps a project from being scheduled (S3 WV-02, and the hostile inputs that users have). */
import { expect, test } from "vitest";
import type { Activity, Project } from "../../../../src/schedule/project/project.ts";
import type { Person } from "../../../../src/schedule/project/team.ts";
import { activity, link, office, person, project, team } from "./samples.ts";
import { codesOf, problemsOf } from "./solve.ts";

const withOne = (more: Partial<Activity>, rest: Partial<Project> = {}) =>
  project({ activities: [activity("a", 60, more)], ...rest });
const withPerson = (more: Partial<Person>) =>
  project({ activities: [activity("a", 60)], teams: [team("core", [person("ann", more)])] });
const work = (likely: number, more = {}) => ({ work: { likely, basis: "", ...more } });
const people = (count: number, ...skills: readonly string[]) => ({
  crew: {
    kind: "people" as const,
    needs: [{ count, skills: skills.map((skill) => ({ skill, level: 3 })) }],
  },
});

test("a good project has no problems", () => {
  expect(problemsOf(withOne({}))).toStrictEqual([]);
});

test.each<[string, Project, string]>([
  ["negative work", withOne(work(-5)), "SCHEDULE_DURATION_INVALID"],
  ["work that is no number", withOne(work(Number.NaN)), "SCHEDULE_DURATION_INVALID"],
  ["infinite work", withOne(work(Infinity)), "SCHEDULE_DURATION_ENORMOUS"],
  ["thousands of years", withOne(work(1e12)), "SCHEDULE_DURATION_ENORMOUS"],
  ["people, but no time", withOne(work(0)), "SCHEDULE_DURATION_ZERO"],
  ["best above likely", withOne(work(60, { optimistic: 90 })), "SCHEDULE_NUMBER_INVALID"],
  [
    "worst that is none",
    withOne(work(60, { pessimistic: Number.NaN })),
    "SCHEDULE_DURATION_INVALID",
  ],
  ["nobody has the skill", withOne(people(1, "COBOL")), "SCHEDULE_SKILL_MISSING"],
  ["more people than there are", withOne(people(3)), "SCHEDULE_TEAM_TOO_SMALL"],
  ["a thousand million people", withOne(people(1e9)), "SCHEDULE_TEAM_TOO_SMALL"],
  ["half a person", withOne(people(0.5)), "SCHEDULE_NUMBER_INVALID"],
  [
    "one person for two needs",
    withOne(
      {
        crew: {
          kind: "people",
          needs: [
            { count: 1, skills: [{ skill: "SQL", level: 3 }] },
            { count: 1, skills: [{ skill: "sql", level: 3 }] },
          ],
        },
      },
      {
        teams: [
          team("core", [person("ann", { skills: [{ skill: "SQL", level: 3 }] }), person("bob")]),
        ],
      },
    ),
    "SCHEDULE_TEAM_TOO_SMALL",
  ],
  [
    "level 7",
    withOne({ crew: { kind: "team", skills: [{ skill: "x", level: 7 }] } }),
    "SCHEDULE_LEVEL_INVALID",
  ],
  ["no team at all", withOne({}, { teams: [] }), "SCHEDULE_NO_TEAM"],
  [
    "a team that is not there",
    withOne({ crew: { kind: "team", skills: [], only: { teams: ["ops"], people: [] } } }),
    "SCHEDULE_TEAM_UNKNOWN",
  ],
  [
    "demand above capacity",
    withOne(
      {
        uses: [
          { resource: "db", amount: 1 },
          { resource: "db", amount: 2 },
        ],
      },
      { resources: [{ id: "db", title: "db", kind: "database", capacity: 2 }] },
    ),
    "SCHEDULE_CAPACITY_EXCEEDED",
  ],
  [
    "an unknown resource",
    withOne({ uses: [{ resource: "db", amount: 1 }] }),
    "SCHEDULE_RESOURCE_UNKNOWN",
  ],
  ["a deadline before the start", withOne({ deadline: "2023-12-31" }), "SCHEDULE_DATES_CONTRADICT"],
  [
    "not before, but done by",
    withOne({ notBefore: "2024-02-02", deadline: "2024-02-01" }),
    "SCHEDULE_DATES_CONTRADICT",
  ],
  [
    "a whole project due before it starts",
    withOne({}, { deadline: "2023-01-01" }),
    "SCHEDULE_DATES_CONTRADICT",
  ],
  [
    "ended before it started",
    withOne({
      progress: { state: "done", start: "2024-01-03", end: "2024-01-02", people: [] },
    }),
    "SCHEDULE_DATES_CONTRADICT",
  ],
  [
    "started tomorrow",
    withOne({ progress: { state: "started", start: "2024-01-03", left: 5, people: [] } }),
    "SCHEDULE_DATES_CONTRADICT",
  ],
  ["30 February", withOne({ notBefore: "2024-02-30" }), "SCHEDULE_TIME_INVALID"],
  ["no date", withOne({}, { start: "soon" }), "SCHEDULE_TIME_INVALID"],
  ["no zone", withOne({}, { zone: "Mars/Base" }), "SCHEDULE_ZONE_UNKNOWN"],
  [
    "a deadline that nobody can meet",
    withOne({ ...work(960), deadline: "2024-01-01" }),
    "SCHEDULE_DEADLINE_IMPOSSIBLE",
  ],
  [
    "a calendar without working time",
    withOne(
      {},
      { calendars: [{ ...office("Europe/Berlin"), week: [[], [], [], [], [], [], []] }] },
    ),
    "SCHEDULE_CALENDAR_EMPTY",
  ],
  [
    "hours that overlap",
    withOne(
      {},
      {
        calendars: [
          {
            ...office("Europe/Berlin"),
            week: [
              [
                { from: 0, to: 60 },
                { from: 30, to: 90 },
              ],
              [],
              [],
              [],
              [],
              [],
              [],
            ],
          },
        ],
      },
    ),
    "SCHEDULE_NUMBER_INVALID",
  ],
  [
    "a holiday that is none",
    withOne({}, { calendars: [{ ...office("Europe/Berlin"), holidays: ["easter"] }] }),
    "SCHEDULE_TIME_INVALID",
  ],
  [
    "nobody there for ever",
    withPerson({ away: [{ from: "2023-01-01", to: "9999-12-31" }] }),
    "SCHEDULE_NOBODY_WORKS",
  ],
  ["availability of nothing", withPerson({ availability: 0 }), "SCHEDULE_NUMBER_INVALID"],
  ["availability above all", withPerson({ availability: 80 }), "SCHEDULE_NUMBER_INVALID"],
  ["a calendar that is not there", withPerson({ calendar: "night" }), "SCHEDULE_CALENDAR_UNKNOWN"],
  [
    "away the wrong way round",
    withPerson({ away: [{ from: "2024-02-02", to: "2024-02-01" }] }),
    "SCHEDULE_TIME_INVALID",
  ],
  ["a buffer of all", withOne({}, { buffer: 1 }), "SCHEDULE_NUMBER_INVALID"],
  [
    "an id twice",
    project({ activities: [activity("a", 1), activity("a", 1)] }),
    "SCHEDULE_ID_TWICE",
  ],
  ["a link to nothing", withOne({}, { links: [link("a", "b")] }), "SCHEDULE_ACTIVITY_UNKNOWN"],
  ["a link to itself", withOne({}, { links: [link("a", "a")] }), "SCHEDULE_CIRCLE"],
  [
    "an enormous lag",
    project({
      activities: [activity("a", 1), activity("b", 1)],
      links: [link("a", "b", { lag: 1e15 })],
    }),
    "SCHEDULE_DURATION_ENORMOUS",
  ],
  [
    "a week of four days",
    withOne(work(2_400), { calendars: [office("Europe/Berlin", "Europe/Berlin", 4)] }),
    "SCHEDULE_WEEK_DIFFERS",
  ],
])("%s", (_, some, code) => {
  expect(codesOf(some)).toContain(code);
});

test("all problems at once, with their places and hints", () => {
  const place = { file: "plan.md", line: 7, column: 3 };
  const told = problemsOf(
    project({
      start: "soon",
      activities: [activity("a", -1, { place }), activity("b", 60, people(9))],
      links: [link("a", "c")],
    }),
  );
  expect(told.map(({ code }) => code).toSorted()).toStrictEqual([
    "SCHEDULE_ACTIVITY_UNKNOWN",
    "SCHEDULE_DURATION_INVALID",
    "SCHEDULE_TEAM_TOO_SMALL",
    "SCHEDULE_TIME_INVALID",
  ]);
  expect(told.find(({ code }) => code === "SCHEDULE_DURATION_INVALID")?.place).toStrictEqual(place);
  expect(told.filter(({ hint }) => hint.length < 10)).toStrictEqual([]);
});

test("one colleague who is away for years is told, and the others plan on", () => {
  const away = [{ from: "2023-01-01", to: "9999-12-31" }];
  expect(
    codesOf(
      project({
        activities: [activity("a", 60)],
        teams: [team("core", [person("ann", { away }), person("bob")])],
      }),
    ),
  ).toStrictEqual(["SCHEDULE_PERSON_NEVER_WORKS"]);
});

test("text of the user comes out inert", () => {
  const [told] = problemsOf(withOne({ ...people(1, "CO\u001B[31mBOL\u202E"), id: "a\nb" }));
  expect(told?.message).toBe('"a b" needs "COBOL", which nobody has that may do it');
});
