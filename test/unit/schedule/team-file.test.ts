import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { readTeamFile } from "../../../src/schedule/formats/team-file/read-team-file.ts";
import { teamFileSchema } from "../../../src/schedule/formats/team-file/team-file-schema.ts";

const read = (text: string, file = "teams.yaml") => readTeamFile(text, file);
const good = (text: string, file = "teams.yaml") => {
  const { teamFile, problems } = read(text, file);
  expect(problems).toStrictEqual([]);
  if (!teamFile) throw new Error("not read");
  return teamFile;
};
const told = (text: string, file = "teams.yaml") =>
  read(text, file).problems.map(
    ({ code, place, message }) => `${code} ${place.line}:${place.column} ${message}`,
  );

const WHOLE = `zone: Europe/Berlin
start: 2024-01-08
buffer: 10%
calendars:
  office:
    week: { mon-thu: 09:00-12:00 13:00-18:00, fri: 6h }
    holidays: [2024-05-01, 2024-12-24..2024-12-26]
  new-york: { zone: America/New_York }
teams:
  backend:
    title: Backend and data
    skills: [PostgreSQL, Node.js]
    availability: 80%
    people:
      ann: { skills: { PostgreSQL: 5 }, away: [2024-02-05..2024-02-09] }
      bob: { calendar: new-york, availability: 0.5 }
  bots: { kind: agents, size: 3, concurrent: 2 }
resources:
  database: { kind: database, used-by: [migration] }
history:
  - { people: [ann, bob], worked: 0.5 }
`;

test("the whole form", () => {
  const file = good(WHOLE);
  expect(file).toMatchObject({ zone: "Europe/Berlin", start: "2024-01-08", buffer: 0.1 });
  const [backend, bots] = file.teams;
  const [ann, bob] = backend?.people ?? [];
  expect(ann).toMatchObject({
    id: "ann",
    availability: 0.8,
    calendar: "office",
    skills: [
      { skill: "PostgreSQL", level: 5 },
      { skill: "Node.js", level: 3 },
    ],
    away: [{ from: "2024-02-05", to: "2024-02-09" }],
    place: { line: 15, column: 7 },
  });
  expect([...(ann?.history ?? [])]).toStrictEqual([["bob", 0.5]]);
  expect([...(bob?.history ?? [])]).toStrictEqual([["ann", 0.5]]);
  expect(bob).toMatchObject({ availability: 0.5, calendar: "new-york" });
  expect(bots).toMatchObject({ kind: "agents", concurrent: 2 });
  expect(bots?.people.map(({ id, calendar }) => [id, calendar])).toStrictEqual([
    ["bots/1", "all hours"],
    ["bots/2", "all hours"],
    ["bots/3", "all hours"],
  ]);
  const [office, newYork] = file.calendars;
  expect(office?.week[0]).toStrictEqual([
    { from: 540, to: 720 },
    { from: 780, to: 1_080 },
  ]);
  expect(office?.week[4]).toStrictEqual([{ from: 540, to: 900 }]);
  expect(office?.holidays).toStrictEqual(["2024-05-01", "2024-12-24", "2024-12-25", "2024-12-26"]);
  expect(newYork?.zone).toBe("America/New_York");
  expect(file.resources).toMatchObject([
    { resource: { id: "database", capacity: 1, kind: "database" }, usedBy: ["migration"] },
  ]);
});

test("JSON says the same", () => {
  expect(good('{"teams": {"core": {"size": 2}}}', "teams.json").teams[0]?.people).toHaveLength(2);
});

test("everything wrong at once, each at its place", () => {
  expect(
    told(`zone: Mars
start: 2024-02-30
buffer: 120%
calendars:
  never: { week: { mon: off } }
  odd: { week: { monday: 17:00-09:00, someday: 8h }, holidays: [easter] }
teams:
  core:
    availability: 0%
    calendar: offices
    people: { ann: { away: [2024-02-09..2024-02-05] } }
  empty: {}
history:
  - { people: [ann, eve], worked: 1 }
`),
  ).toStrictEqual([
    'SCHEDULE_ZONE_UNKNOWN 1:7 "Mars" is no time zone',
    'SCHEDULE_TIME_INVALID 2:8 start: "2024-02-30" is no day',
    'SCHEDULE_FIELD_INVALID 3:9 buffer must be a part of the time, like 20%, not "120%"',
    'SCHEDULE_CALENDAR_EMPTY 5:10 Calendar "never" has no working time',
    'SCHEDULE_FIELD_INVALID 6:26 calendars.odd.week.monday must be hours in order, like 09:00-12:00 13:00-17:00, or 8h, not "17:00-09:00"',
    'SCHEDULE_FIELD_INVALID 6:48 calendars.odd.week.someday must be at a day or days, like mon or mon-fri, not "someday"',
    'SCHEDULE_FIELD_INVALID 6:65 calendars.odd.holidays[1] must be a day, like 2024-05-01, or days, like 2024-12-24..2024-12-31, not "easter"',
    "SCHEDULE_NUMBER_INVALID 9:19 teams.core is not available at all; leave it out",
    'SCHEDULE_CALENDAR_UNKNOWN 10:15 "offices" is no calendar of this file',
    'SCHEDULE_FIELD_INVALID 11:29 teams.core.people.ann.away[1] must be a day, like 2024-02-05, or days, like 2024-02-05..2024-02-09, not "2024-02-09..2024-02-05"',
    'SCHEDULE_FIELD_MISSING 12:10 Team "empty" has nobody: give its size, or its people',
    'SCHEDULE_TEAM_UNKNOWN 14:21 "eve" is nobody of this file',
  ]);
});

test("wrong fields and types, with what is meant", () => {
  const { problems } = read(`teams:
  core:
    sizes: 3
    skills: { React: 9 }
    people: [ann]
`);
  expect(
    problems.map(({ place, message, hint }) => `${place.line}:${place.column} ${message}. ${hint}`),
  ).toStrictEqual([
    '3:5 "sizes" is no field of teams.core. Did you mean size?',
    "4:22 teams.core.skills.React must be a level from 1 to 5, not 9. Correct the value, or remove the field to use the default.",
    "5:13 teams.core.people must be people by name, each with what is special about them, not a list. Correct the value, or remove the field to use the default.",
  ]);
});

test.each([
  ["", "holds no fields"],
  ["[1, 2]", "holds no fields"],
  ["teams: {core: [", "not a usable file"],
  ["a: &x 1\nteams: *x", "not a usable file"],
  ["teams:\n  __proto__: { size: 1 }", "not a usable file"],
  [`{"teams": ${"[".repeat(1_000)}`, "not a usable file"],
  ["zone: UTC", "teams is missing"],
  ["teams: { a: { size: 1000000000 } }", "must be at most 1000"],
  ["teams: { a: { size: -1 } }", "must be a whole number from 1"],
  ["teams: {}", "The file has no team"],
  [
    `teams:\n${Array.from({ length: 11 }, (_, at) => `  t${at}: { size: 1000 }`).join("\n")}`,
    "The teams have 11000 people, more than 10000",
  ],
])("%j is told", (text, words) => {
  const { teamFile, problems } = read(text);
  expect(teamFile).toBeUndefined();
  expect(problems.map(({ message }) => message).join("\n")).toContain(words);
});

const S3 = (team: string, rest = "") =>
  `{"resource_analysis": {"available_teams": [{"team_id": "front", ${team}}]${rest}}}`;

test("S3's resource_analysis: availability and capacity are one statement", () => {
  const both = S3(
    '"team_size": 2, "key_skills": ["React", "CSS"], "availability": "80%", "capacity": "32 hours/week per person"',
    ', "infrastructure_capacity": {"development_environments": 5, "ci_cd_capacity": "20 concurrent builds"}, "resource_constraints": [{"constraint_type": "shared_database", "description": "Single database"}]',
  );
  const file = good(both, "plan.json");
  const [front] = file.teams;
  expect(front?.people.map(({ id, availability }) => [id, availability])).toStrictEqual([
    ["front/1", 0.8],
    ["front/2", 0.8],
  ]);
  expect(front?.people[0]?.skills).toStrictEqual([
    { skill: "React", level: 3 },
    { skill: "CSS", level: 3 },
  ]);
  expect(
    file.resources.map(({ resource: { id, capacity, kind } }) => [id, capacity, kind]),
  ).toStrictEqual([
    ["development_environments", 5, "environment"],
    ["ci_cd_capacity", 20, "build"],
    ["shared_database", 1, "database"],
  ]);
  expect(file.buffer).toBe(0.2);
  expect(
    good(S3('"capacity": "20 hours/week"'), "plan.json").teams[0]?.people[0]?.availability,
  ).toBe(0.5);
});

test("S3's resource_analysis: what contradicts itself, and what can't be", () => {
  const contradicting = S3('"availability": "100%", "capacity": "32 hours/week per person"');
  expect(read(contradicting, "plan.json").teamFile?.teams[0]?.people[0]?.availability).toBe(0.8);
  expect(told(contradicting, "plan.json")).toStrictEqual([
    'SCHEDULE_AVAILABILITY_CONTRADICTS 1:101 Team "front" is available for 100 % of the time, but has a capacity of "32 hours/week per person", which is 80 % of 40 hours; 80 % is taken',
  ]);
  const codes = (team: string) => read(S3(team), "plan.json").problems.map(({ code }) => code);
  expect(codes('"team_size": 0')).toStrictEqual(["SCHEDULE_NUMBER_INVALID"]);
  expect(codes('"team_size": 1e9')).toStrictEqual(["SCHEDULE_NUMBER_INVALID"]);
  expect(codes('"availability": "0%"')).toStrictEqual(["SCHEDULE_NUMBER_INVALID"]);
  expect(codes('"availability": "lots"')).toStrictEqual(["SCHEDULE_NUMBER_INVALID"]);
  expect(codes('"capacity": "much"')).toStrictEqual(["SCHEDULE_FIELD_INVALID"]);
});

/** Made from the schema that reads the file. To make it anew: `npx vitest run --project unit test/unit/schedule/team-file -u`. */
test("schemas/teams.schema.json is current", async () => {
  const { $schema, ...schema } = z.toJSONSchema(teamFileSchema, { io: "input" });
  const text = JSON.stringify({ $schema, title: "Teams of Wavegate", ...schema }, null, 2);
  await expect(`${text}\n`).toMatchFileSnapshot("../../../schemas/teams.schema.json");
});

const page = readFileSync(
  path.resolve(import.meta.dirname, "../../../docs/schedule-teams.md"),
  "utf8",
);
const examples = [...page.matchAll(/```(yaml|json)(?: teams)?\n([^`]+)```/g)].map(
  ([, kind = "", text = ""]) => [kind, text] as const,
);

test("the page has examples", () => {
  expect(examples.length).toBeGreaterThanOrEqual(3);
});

test.each(examples)("an example of the page is read without problems: %s %s", (kind, text) => {
  expect(read(text, `teams.${kind}`).problems).toStrictEqual([]);
});
