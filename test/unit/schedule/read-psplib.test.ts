import { expect, test } from "vitest";
import { readPsplib } from "../../../src/schedule/formats/read-psplib.ts";

const STARS = "*".repeat(72);

/** A project of four jobs: 2 and 3 between the dummies 1 and 4, both on the first resource. */
const FILE = `${STARS}
file with basedata            : small.bas
RESOURCES
  - renewable                 :  2   R
${STARS}
PRECEDENCE RELATIONS:
jobnr.    #modes  #successors   successors
   1        1          2           2   3
   2        1          1           4
   3        1          1           4
   4        1          0
${STARS}
REQUESTS/DURATIONS:
jobnr. mode duration  R 1  R 2
------------------------------------------------------------------------
  1      1     0       0    0
  2      1     3       2    0
  3      1     5       1    1
  4      1     0       0    0
${STARS}
RESOURCEAVAILABILITIES:
  R 1  R 2
    2    1
${STARS}
`;

const said = (text: string) =>
  readPsplib("small.sm", text).diagnostics.map(({ place, message }) => `${place.line}: ${message}`);

test("a project is read: durations, successors, demands, capacities", () => {
  for (const text of [FILE, FILE.replaceAll("\n", "\r\n")])
    expect(readPsplib("small.sm", text)).toStrictEqual({
      parts: {
        durations: [0, 3, 5, 0],
        arcs: [
          { from: 0, to: 1 },
          { from: 0, to: 2 },
          { from: 1, to: 3 },
          { from: 2, to: 3 },
        ],
        capacities: [2, 1],
        demands: [
          [0, 0],
          [2, 0],
          [1, 1],
          [0, 0],
        ],
      },
      diagnostics: [],
    });
});

test.each([
  ["no project at all", "nothing", "1: There is no section PRECEDENCE RELATIONS."],
  [
    "a successor that is not there",
    FILE.replace("2   3\n", "2   9\n"),
    "8: Row 1 1 2 2 9 names a job that is not there.",
  ],
  [
    "a count that is wrong",
    FILE.replace("2           2   3", "3           2   3"),
    "8: Job 1 has 2 successors and says 3.",
  ],
  [
    "a cycle",
    FILE.replace("4        1          0", "4        1          1   1"),
    "6: Jobs wait for each other: 1 → 2 → 4 → 1.",
  ],
  [
    "a job that waits for itself",
    FILE.replace("4        1          0", "4        1          1   4"),
    "6: Jobs wait for each other: 4 → 4.",
  ],
  [
    "too little of a resource",
    FILE.replace("    2    1\n", "    1    1\n"),
    "17: Job 2 takes 2 of resource 1, which has 1.",
  ],
  [
    "a demand missing",
    FILE.replace("5       1    1", "5       1"),
    "18: Job 3 names 1 demands for 2 resources.",
  ],
  [
    "several modes",
    FILE.replace("  3      1     5", "  2      2     5"),
    "18: Job 2 in mode 2 stands where job 3 in mode 1 should be.",
  ],
  [
    "an enormous duration",
    FILE.replace("  3      1     5", "  3      1     99999999999999999999"),
    "18: A number is larger than 1000000.",
  ],
])("%s is said, with its line", (_, text, expected) => {
  expect(said(text)).toContain(expected);
});
