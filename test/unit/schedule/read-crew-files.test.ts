import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { readImopse } from "../../../src/schedule/formats/read-imopse.ts";
import { readMspsp } from "../../../src/schedule/formats/read-mspsp.ts";
import { makeCrewProblem } from "../../../src/schedule/solver/crew/crew-problem.ts";
import { createCrewSearch } from "../../../src/schedule/solver/crew/crew-search.ts";

const MSPSP = `% a project of three activities
mint = 4;
nActs = 3;
dur = [0, 3,
       2];
nSkills = 2;
sreq = [| 0,0,
  | 1,1,
  | 0,2, |];
nResources = 3;
mastery = [| true,false,
  | true,true,
  | false,true |];
nPrecs = 2; pred = [1,2]; succ = [2,3];
USEFUL_RES = [{}, {1,2}, {2,3}];
`;

const IMOPSE = `====
General characteristics:
Tasks: 3
====
ResourceID \t Salary \t Skills
1 \t \t 16.4 \t Q2: 1 \t Q4: 2
7 \t \t 9 \t Q2: 0
====
TaskID \t Duration \t Skill \t Predecessor IDs
1 \t 3 \t Q2: 0
4 \t 2 \t Q2: 1 \t 1
9 \t 1 \t Q4: 1 \t 4 1
====
`;

test("an MSPSP file: skills are pools of those who have them, pairs are arcs", () => {
  const { parts, diagnostics } = readMspsp("a.dzn", MSPSP);
  expect(diagnostics).toEqual([]);
  expect(parts.pools).toEqual([
    [{ person: 0 }, { person: 1 }],
    [{ person: 1 }, { person: 2 }],
  ]);
  expect(parts.activities.map(({ options }) => options[0])).toEqual([
    { work: 0, needs: [] },
    {
      work: 3,
      needs: [
        { pool: 0, count: 1 },
        { pool: 1, count: 1 },
      ],
    },
    { work: 2, needs: [{ pool: 1, count: 2 }] },
  ]);
  expect(parts.arcs).toEqual([
    { from: 0, to: 1 },
    { from: 1, to: 2 },
  ]);
});

test.each<[string, readonly [string, string], number, RegExp]>([
  ["no table", ["sreq", "other"], 1, /no value sreq/],
  ["a text", ["[0, 3,", "[0, x,"], 4, /whole numbers/],
  ["too few durations", ["[0, 3,", "[0,"], 4, /2 durations for 3/],
  ["a short row", ["| 1,1,", "| 1,"], 8, /3 rows, this one of 1/],
  ["too many activities said", ["nActs = 3", "nActs = 4"], 4, /3 durations for 4/],
  ["nobody with the skill", ["| 0,2", "| 0,3"], 9, /Activity 3: 3 of pool 1, which has 2/],
  ["an activity that is not there", ["succ = [2,3]", "succ = [2,9]"], 14, /2 and 9; there are 3/],
  ["a circle", ["succ = [2,3]", "succ = [2,1]"], 14, /waits for itself/],
  ["pairs of one", ["pred = [1,2]", "pred = [1]"], 14, /1 predecessors and 2 successors/],
  ["an enormous duration", ["[0, 3,", "[0, 300000000,"], 4, /whole numbers/],
])("an MSPSP file with %s is told where", (_, change, line, message) => {
  const { diagnostics } = readMspsp("a.dzn", MSPSP.replace(...change));
  const found = diagnostics.find((one) => message.test(one.message));
  expect(found?.place).toEqual({ file: "a.dzn", line });
  expect(found?.code).toBe("PLAN_MSPSP_INVALID");
});

test("an iMOPSE file: one person with the skill at this level or a higher one; ids may have gaps", () => {
  const { parts, tasks, resources, diagnostics } = readImopse("a.def", IMOPSE);
  expect(diagnostics).toEqual([]);
  expect([tasks, resources]).toEqual([
    [1, 4, 9],
    [1, 7],
  ]);
  expect(parts.pools).toEqual([[{ person: 0 }, { person: 1 }], [{ person: 0 }], [{ person: 0 }]]);
  expect(parts.arcs).toEqual([
    { from: 0, to: 1 },
    { from: 1, to: 2 },
    { from: 0, to: 2 },
  ]);
  const search = createCrewSearch(makeCrewProblem(parts), { seed: 1, budget: 10 });
  search.advance(10);
  expect(search.best().makespan).toBe(6);
});

test.each<[string, readonly [string, string], number, RegExp]>([
  ["no tasks", ["TaskID", "Tasks"], 1, /no table with TaskID/],
  ["a level nobody has", ["Q4: 1", "Q4: 3"], 12, /Task 9: 1 of pool 2, which has 0/],
  ["a task twice", ["4 \t 2", "1 \t 2"], 11, /Id 1 stands here again/],
  ["a predecessor that is not there", ["\t 4 1", "\t 5"], 12, /comes after 5/],
  ["a circle", ["Q2: 0\n4", "Q2: 0 \t 9\n4"], 10, /Task 1: it waits for itself/],
  ["words for numbers", ["4 \t 2", "4 \t two"], 11, /Row "4 two/],
  ["a skill without a level", ["Q2: 1 \t Q4: 2", "Q2: 1 \t Q4:"], 6, /is none of this table/],
])("an iMOPSE file with %s is told where", (_, change, line, message) => {
  const { diagnostics } = readImopse("a.def", IMOPSE.replace(...change));
  const found = diagnostics.find((one) => message.test(one.message));
  expect(found?.place).toEqual({ file: "a.def", line });
  expect(found?.code).toBe("PLAN_IMOPSE_INVALID");
});

test("anything else is no such file, and takes no time to tell", () => {
  for (const text of [
    "",
    "[|".repeat(50_000),
    "a = ".repeat(50_000),
    "\u0000".repeat(1_000),
    "TaskID\n".repeat(9_999),
  ]) {
    expect(readMspsp("a.dzn", text).diagnostics.length).toBeGreaterThan(0);
    expect(readImopse("a.def", text).diagnostics.length).toBeGreaterThan(0);
  }
});

const DATA = path.resolve(import.meta.dirname, "../../../../shared/data");

const read = (set: string, ending: string): readonly string[] =>
  readdirSync(path.join(DATA, set))
    .filter((name) => name.endsWith(ending))
    .map((name) => path.join(DATA, set, name));

test.skipIf(!existsSync(DATA))("every file of the public sets is read without a fault", () => {
  const faults = [
    ...read("mspsp", ".dzn").flatMap(
      (file) => readMspsp(file, readFileSync(file, "utf8")).diagnostics,
    ),
    ...read("imopse", ".def").flatMap(
      (file) => readImopse(file, readFileSync(file, "utf8")).diagnostics,
    ),
  ];
  expect(faults).toEqual([]);
});
