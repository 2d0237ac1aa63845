import { expect, test } from "vitest";
import { buildGraph } from "../../../../src/plan/graph/build-graph.ts";
import { coChanges, withHistory } from "../../../../src/plan/resources/co-change.ts";
import { findConflicts } from "../../../../src/plan/resources/find-conflicts.ts";
import { usesOfTasks } from "../../../../src/plan/resources/plan-uses.ts";
import { planOf } from "../plans.ts";
import { taskOf } from "./tasks.ts";

const times = (count: number, ...files: string[]) => Array.from({ length: count }, () => files);
const bulk = Array.from({ length: 40 }, (_, at) =>
  at === 0 ? "a.ts" : at === 1 ? "z.ts" : `f${at}.ts`,
);

test("what changes together often enough, in each direction; bulk commits say nothing", () => {
  const commits = [
    ...times(5, "a.ts", "b.ts"),
    ...times(5, "b.ts"),
    ...times(3, "c.ts", "d.ts"),
    ...times(9, ...bulk),
  ];
  expect(coChanges(commits)).toEqual([
    { from: "a.ts", to: "b.ts", together: 5, changes: 5, confidence: 1 },
  ]);
  expect(
    coChanges(commits, { support: 3, confidence: 0.5, files: 30 }).map(
      ({ from, to, confidence }) => [from, to, confidence],
    ),
  ).toEqual([
    ["a.ts", "b.ts", 1],
    ["c.ts", "d.ts", 1],
    ["d.ts", "c.ts", 1],
    ["b.ts", "a.ts", 0.5],
  ]);
  expect(coChanges([...times(4, "__proto__", "constructor")])).toHaveLength(2);
});

test("a task may touch what changes with its files: a conflict from history with who writes it, never between two guesses of history", () => {
  const tasks = [
    taskOf("T1", { text: "Update src/api.ts" }),
    taskOf("T2", { text: "Update src/client.ts" }),
    taskOf("T3", { text: "Update src/other.ts" }),
  ];
  const plan = planOf({ tasks });
  const graph = buildGraph(plan, { barriers: "phases", inferred: true });
  const uses = usesOfTasks(tasks.map((task) => [task.key, task] as const));
  const rules = coChanges(
    [
      ...times(6, "src/api.ts", "src/client.ts", "README.md", "package-lock.json"),
      ...times(6, "src/other.ts", "src/shared.ts"),
      ...times(6, "src/api.ts", "src/shared.ts"),
    ],
    { support: 4, confidence: 0.5, files: 30 },
  );
  expect(findConflicts(graph, uses).contentions).toEqual([]);
  const found = findConflicts(graph, withHistory(uses, rules)).contentions.flatMap(
    ({ listed }) => listed,
  );
  expect(found.map(({ a, b, resource, exclusive }) => [a, b, resource, exclusive])).toEqual([
    ["T1", "T2", "src/api.ts", false],
    ["T1", "T2", "src/client.ts", false],
  ]);
  expect(found[0]?.sources).toEqual(["mention", "history"]);
  expect(found[1]?.sources).toEqual(["history", "mention"]);
});
