import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { readDependencyJson } from "../../../../src/plan/dependency-json/read-dependency-json.ts";
import type { Plan } from "../../../../src/plan/model.ts";

const FIXTURES = path.resolve(import.meta.dirname, "../../../fixtures/plans");
const SEEDS = path.resolve(import.meta.dirname, "../../../../../shared/seeds");
const seed = existsSync(SEEDS)
  ? readdirSync(SEEDS).find((name) => name.startsWith("003"))
  : undefined;

const told = (plan: Plan): readonly string[] =>
  plan.diagnostics.map(
    ({ code, place, message }) => `${code} ${place.line}:${place.column} ${message}`,
  );
const readFixture = (name: string): Plan =>
  readDependencyJson([{ file: name, text: readFileSync(path.join(FIXTURES, name), "utf8") }]);
const read = (value: unknown): readonly string[] =>
  readDependencyJson([{ file: "x.json", text: JSON.stringify(value) }]).diagnostics.map(
    ({ code, message }) => `${code} ${message}`,
  );

test.skipIf(seed === undefined)("every inconsistency of S3's own example is named", () => {
  const text = readFileSync(path.join(SEEDS, seed ?? ""), "utf8");
  expect(told(readDependencyJson([{ file: "s3.md", text }]))).toEqual([
    "PLAN_CLAIM_COUNT 143:21 total_phases says 6, but 3 phases are there",
    "PLAN_CLAIM_DURATION 144:33 All phases one after the other are said to take 12 weeks, but theirs add up to 11 weeks",
    "PLAN_CLAIM_DURATION 145:36 The plan is said to take 8 weeks, but its waves add up to 7 weeks",
    "PLAN_CLAIM_COUNT 181:20 total_waves says 3, but 2 waves are listed",
    "PLAN_CLAIM_EFFICIENCY 182:28 parallel_efficiency says 65%, but 12 weeks in 8 weeks is 33%",
    "PLAN_CLAIM_COUNT 207:30 The wave is said to block 4 phases, but 2 wait for its phases",
    "PLAN_CLAIM_THRESHOLD 419:31 The plan itself saves 33%, less than its own critical threshold of 40%",
  ]);
});

test("an execution plan: totals, waves, dates, durations, teams, sessions, capacities", () => {
  expect(told(readFixture("ledger-execution.json"))).toMatchInlineSnapshot(`
    [
      "PLAN_CLAIM_COUNT 6:21 total_phases says 5, but 4 phases are there",
      "PLAN_CLAIM_DURATION 7:33 All phases one after the other are said to take 10 weeks, but theirs add up to 8 weeks",
      "PLAN_CLAIM_DURATION 8:36 The plan is said to take 7 weeks, but its waves add up to 6 weeks",
      "PLAN_WAVE_CAPACITY 16:62 development_environments is 1, but a wave has 2 phases at once",
      "PLAN_CLAIM_COUNT 19:20 total_waves says 4, but 3 waves are listed",
      "PLAN_CLAIM_EFFICIENCY 20:28 parallel_efficiency says 55%, but 10 weeks in 7 weeks is 30%",
      "PLAN_CLAIM_COUNT 39:30 The wave is said to block 3 phases, but 2 wait for its phases",
      "PLAN_CLAIM_DURATION 43:21 Wave 2 takes 2 weeks, but its phase "phase-2" takes 3 weeks",
      "PLAN_CLAIM_DATES 44:23 Wave 2 begins before wave 1 ends, for which phase "phase-2" waits",
      "PLAN_CLAIM_DATES 44:23 Wave 2 begins before wave 1 ends, for which phase "phase-3" waits",
      "PLAN_CLAIM_DATES 45:21 Wave 2 takes 2 weeks, but its dates are 28 days apart",
      "PLAN_WAVE_CAPACITY 46:36 Wave 2 has 2 phases, but 1 at once",
      "PLAN_SKILL_MISSING 51:32 Phase "phase-2" needs React, which team "books" does not have",
      "PLAN_WAVE_ORDER 56:11 Phase "3" of wave 2 waits for phase "4", which is in the later wave 3",
      "PLAN_TEAM_BOOKED_TWICE 59:32 Team "books" has "phase-2" and "phase-3" in wave 2",
      "PLAN_SESSION_UNKNOWN 64:90 No phase has the session "session_009"",
      "PLAN_TEAM_UNKNOWN 72:32 Phase "phase-4" is given to "painters", which is no team of the plan",
      "PLAN_WAVE_TWICE 76:11 Phase "2" is in wave 2 already",
      "PLAN_CLAIM_THRESHOLD 87:30 The plan itself saves 30%, less than its own warning threshold of 35%",
    ]
  `);
});

test("a graph: matrix, direction of edges, critical path, width", () => {
  expect(told(readFixture("ledger-graph.json"))).toMatchInlineSnapshot(`
    [
      "PLAN_CLAIM_COUNT 4:82 total_dependencies says 7, but 8 dependencies are there",
      "PLAN_CLAIM_MATRIX 22:8 The matrix has a dependency between "phase-4" and "phase-1", the edges have none",
      "PLAN_EDGE_REVERSED 35:7 This edge lets "task-2-1" wait for "task-4-1", but "task-4-1" itself says that it waits for "task-2-1"",
      "PLAN_CLAIM_PATH 39:22 The critical path takes 5 weeks, but another takes 7 weeks: 1, 2, 4",
      "PLAN_CLAIM_DURATION 40:31 The critical path is said to take 9 weeks, but the longest one takes 7 weeks",
      "PLAN_CLAIM_PARALLEL 43:28 3 phases are said to run at once, but no level of the dependencies has more than 2",
    ]
  `);
});

test("what is true is not told", () => {
  expect(
    read({
      graph_metadata: { total_phases: 3, total_dependencies: 2, acyclic_validation: true },
      phase_dependency_graph: {
        nodes: [
          { node_id: "phase-1", duration: "1 week" },
          { node_id: "phase-2", duration: "2 weeks" },
          { node_id: "phase-3", duration: "1 week" },
        ],
        edges: [
          { source: "phase-1", target: "phase-2" },
          { source: "phase-1", target: "phase-3" },
        ],
        adjacency_matrix: [
          [0, 0, 0],
          [1, 0, 0],
          [1, 0, 0],
        ],
      },
      critical_path: ["phase-1", "phase-2"],
      critical_path_duration: "3 weeks",
      max_parallel_phases: 2,
      parallel_efficiency: "25%",
      wave_analysis: [
        { wave_number: 1, phases: ["phase-1"], duration: "1 week" },
        { wave_number: 2, phases: ["phase-2", "phase-3"], duration: "2 weeks" },
      ],
    }),
  ).toEqual([]);
});

test.each([
  ["passed", [1], "The graph is said to have no circles, but phases wait for each other in one"],
  ["failed", [], "The graph is said to have a circle, but there is none"],
])("acyclic_validation %s", (acyclic_validation, dependencies, message) => {
  const phases = [
    { id: 1, dependencies: [2] },
    { id: 2, dependencies },
  ];
  expect(read({ acyclic_validation, phases })).toEqual([`PLAN_CLAIM_ACYCLIC ${message}`]);
});

test.each([
  [[[0, 1]], "Row 1 of the matrix has 2 numbers, but there are 1 rows"],
  [[[0]], "The matrix is 1 × 1 for 2 phases"],
  [
    [
      [0, 0],
      [0, 0],
    ],
    "The matrix has 0 dependencies, the edges have 1",
  ],
])("a matrix that is none of this graph: %j", (adjacency_matrix, message) => {
  const phase_dependency_graph = {
    nodes: [{ node_id: "a" }, { node_id: "b" }],
    edges: [{ source: "a", target: "b" }],
    adjacency_matrix,
  };
  expect(read({ phase_dependency_graph })).toEqual([`PLAN_CLAIM_MATRIX ${message}`]);
});

test.each([
  ["2024-02-30", "2024-03-08", `PLAN_CLAIM_DATES "2024-02-30" is no date`],
  ["2024-03-08", "2024-03-01", "PLAN_CLAIM_DATES Wave 1 ends before it begins"],
  [
    "2024-03-01",
    "2024-05-01",
    "PLAN_CLAIM_DATES Wave 1 takes 1 week, but its dates are 61 days apart",
  ],
])("dates %s to %s", (start_date, end_date, message) => {
  expect(
    read({
      waves: [
        { phases: [{ phase_id: "a", dependencies: [] }], duration: "1 week", start_date, end_date },
      ],
    }),
  ).toEqual([message]);
});
