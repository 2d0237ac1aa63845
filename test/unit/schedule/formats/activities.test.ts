import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { agentTeams } from "../../../../src/app/schedule/default-teams.ts";
import { columnNamed, COLUMNS } from "../../../../src/schedule/formats/activities/columns.ts";
import { projectOfActivities } from "../../../../src/schedule/formats/activities/project-of-activities.ts";
import { readActivities } from "../../../../src/schedule/formats/activities/read-activities.ts";
import { readTeamFile } from "../../../../src/schedule/formats/team-file/read-team-file.ts";
import { codesOf, solve } from "../project/solve.ts";

const read = (text: string, file = "plan.csv", teams = agentTeams(4)) =>
  projectOfActivities(readActivities(text, file), teams, { start: "2024-01-01" });
const told = (text: string, file = "plan.csv") =>
  read(text, file).problems.map(
    ({ code, place, message }) => `${code} ${place.line}:${place.column} ${message}`,
  );

const CSV = `ID,Task Name,Duration,Predecessors,Skills,Resource Names,Phase,Not before,Deadline
1,Design,3 days?,,UX: 4,,Start,2024-01-02,
2,Build,2 wks,1FS+1d,"React, CSS",database[2],Main,,2024-03-01
3,Review,4 h,"2SS+50%;1FF-2h",,database,Main,,
4,Shipped,0 days,"2,3",,,Main,,
`;

test("a table as MS Project and ProjectLibre export it", () => {
  const { project, problems } = read(CSV);
  expect(problems).toStrictEqual([]);
  expect(project.activities.map(({ id, title, work }) => [id, title, work.likely])).toStrictEqual([
    ["1", "Design", 1_440],
    ["2", "Build", 4_800],
    ["3", "Review", 240],
    ["4", "Shipped", 0],
  ]);
  expect(project.links.map(({ from, to, kind, lag }) => [from, to, kind, lag])).toStrictEqual([
    ["1", "2", "FS", 480],
    ["2", "3", "SS", 2_400],
    ["1", "3", "FF", -120],
    ["2", "4", "FS", 0],
    ["3", "4", "FS", 0],
  ]);
  const [design, build, , shipped] = project.activities;
  expect(design).toMatchObject({
    group: "Start",
    notBefore: "2024-01-02",
    crew: { kind: "people", needs: [{ skills: [{ skill: "UX", level: 4 }], count: 1 }] },
    place: { line: 2, column: 1 },
  });
  expect(build).toMatchObject({
    deadline: "2024-03-01",
    uses: [{ resource: "database", amount: 2 }],
  });
  expect(shipped?.crew).toStrictEqual({ kind: "nobody" });
  expect(project.resources).toMatchObject([{ id: "database", capacity: 2 }]);
  expect(project.groups.map(({ id }) => id)).toStrictEqual(["Start", "Main"]);
});

test("JSON says the same in lists and groups", () => {
  const { project, problems } = read(
    JSON.stringify([
      { id: "a", title: "A", duration: "1-3 d", skills: ["Go"], done: true },
      {
        id: "b",
        duration: "4h",
        predecessors: [{ id: "a", kind: "SS", lag: "2h" }],
        dueDate: "2024-02-01",
      },
      { id: "c", duration_days: 2, predecessors: ["a", "b"], optimistic: "1d", pessimistic: "5d" },
    ]),
    "plan.json",
  );
  expect(problems).toStrictEqual([]);
  expect(project.activities[0]).toMatchObject({
    work: { likely: 960, optimistic: 480, pessimistic: 1_440 },
    progress: { state: "done" },
  });
  expect(project.activities[1]).toMatchObject({ deadline: "2024-02-01" });
  expect(project.activities[2]?.work).toMatchObject({
    likely: 960,
    optimistic: 480,
    pessimistic: 2_400,
  });
  expect(project.links).toMatchObject([
    { from: "a", to: "b", kind: "SS", lag: 120 },
    { from: "a", to: "c", kind: "FS" },
    { from: "b", to: "c", kind: "FS" },
  ]);
});

test("names of resources are people, teams and things of the team file", () => {
  const { teamFile } = readTeamFile(
    "teams: { core: { people: { ann: { title: Ann Lee }, bob: {} } }, ops: { size: 1 } }\nresources: { db: {} }\n",
    "teams.yaml",
  );
  const { project } = read(
    "id,duration,resources,team\n1,1d,Ann Lee[50%];db,\n2,1d,,ops\n3,1d,ann;bob,\n",
    "plan.csv",
    teamFile,
  );
  expect(project.activities.map(({ crew }) => crew)).toMatchObject([
    { needs: [{ count: 1 }], only: { people: ["ann"], teams: [] } },
    { only: { teams: ["ops"] } },
    { needs: [{ count: 2 }], only: { people: ["ann", "bob"] } },
  ]);
  expect(solve(project).schedule.bookings.map(({ people }) => people)).toStrictEqual([
    ["ann"],
    ["ops/1"],
    ["ann", "bob"],
  ]);
});

test("what is wrong, each at its place", () => {
  expect(
    told(`id,name,duration,predecessors,people,colour
1,A,soon,,,red
2,B,-3 days,1XX,,
3,C,1e9 days,9FS+2d; 1FS+2ed,many,
`),
  ).toStrictEqual([
    'SCHEDULE_COLUMN_UNKNOWN 1:38 "colour" is not known and is left out',
    'SCHEDULE_DURATION_INVALID 2:5 "soon" is no duration',
    'SCHEDULE_DURATION_INVALID 3:5 "-3 days" is no duration',
    'SCHEDULE_DURATION_INVALID 4:5 "1e9 days" is no duration',
    'SCHEDULE_NUMBER_INVALID 4:30 "many" is no number of people',
    'SCHEDULE_ACTIVITY_UNKNOWN 3:13 "1XX" names no activity',
    'SCHEDULE_ACTIVITY_UNKNOWN 4:14 "9FS+2d" names no activity',
    'SCHEDULE_ACTIVITY_UNKNOWN 4:14 "1FS+2ed" has a lag in ed, which is no unit of working time',
  ]);
});

test.each([
  ["", "plan.csv", "SCHEDULE_FIELD_MISSING"],
  ["colour,shape\n1,2\n", "plan.csv", "SCHEDULE_FIELD_MISSING"],
  ['id,name\n1,"open\n', "plan.csv", "SCHEDULE_FILE_SYNTAX"],
  ["{}", "plan.json", "SCHEDULE_FIELD_MISSING"],
  ['{"activities": 3}', "plan.json", "SCHEDULE_FIELD_MISSING"],
  ["[1, 2]", "plan.json", "SCHEDULE_FIELD_INVALID"],
  ['[{"id": "a"', "plan.json", "SCHEDULE_FILE_SYNTAX"],
])("%j is told", (text, file, code) => {
  expect(read(text, file).problems.map((one) => one.code)).toContain(code);
});

test("ids twice and circles are told by the check of the project", () => {
  expect(codesOf(read("id,duration\n1,1d\n1,2d\n").project)).toContain("SCHEDULE_ID_TWICE");
  expect(codesOf(read("id,duration,predecessors\n1,1d,2\n2,1d,1\n").project)).toContain(
    "SCHEDULE_CIRCLE",
  );
});

test("ids are as they are written, whatever they look like", () => {
  const { project, problems } = read(
    'id,duration,predecessors\n__proto__,1d,\nA-1d,1d,__proto__\nB FS,2d,"A-1dFS+1d"\nC,1h,B FS\n',
  );
  expect(problems).toStrictEqual([]);
  expect(project.links.map(({ from, to, lag }) => [from, to, lag])).toStrictEqual([
    ["__proto__", "A-1d", 0],
    ["A-1d", "B FS", 480],
    ["B FS", "C", 0],
  ]);
});

test("twenty thousand lines take a moment", () => {
  const lines = Array.from({ length: 20_000 }, (_, at) => `${at},1h,${at === 0 ? "" : at - 1}`);
  const { project, problems } = read(`id,duration,predecessors\n${lines.join("\n")}\n`);
  expect(problems).toStrictEqual([]);
  expect(project.links).toHaveLength(19_999);
});

const page = readFileSync(
  path.resolve(import.meta.dirname, "../../../../docs/schedule-activities.md"),
  "utf8",
);

test("the examples of the page are read without problems", () => {
  const examples = [...page.matchAll(/```(csv|json)\n([^`]+)```/g)];
  expect(examples).toHaveLength(2);
  for (const [, kind = "", text = ""] of examples) {
    const { project, problems } = read(text, `plan.${kind}`);
    expect(problems).toStrictEqual([]);
    expect(project.activities.length).toBeGreaterThan(1);
  }
});

test("every column is on the page", () => {
  const rows = [...page.matchAll(/^\| (`.*?`) \|/gm)].flatMap(([, cell = ""]) => cell.split(", "));
  const named = new Set(rows.map((name) => columnNamed(name.replaceAll("`", ""))?.name));
  expect(named).toStrictEqual(new Set(Object.keys(COLUMNS)));
});
