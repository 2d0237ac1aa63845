import fc from "fast-check";
import { expect, test } from "vitest";
import { carryOver } from "../../../src/execution/carry-over.ts";
import { NOTHING_DONE, type RunState } from "../../../src/execution/run-state.ts";
import type { TaskState } from "../../../src/execution/task-state.ts";
import { anyPlan } from "../plan/any-plan.ts";
import { planOf, task } from "../plan/plans.ts";
import { graphOf } from "./any-run.ts";

const tries = { attempt: 1, used: 1, granted: 0 };
const running: TaskState = { status: "running", tries };
const worked: TaskState = {
  status: "done",
  evidence: {
    kind: "work",
    attempt: 1,
    changed: ["a"],
    shown: [],
    declared: true,
    outputs: [],
    checks: [],
  },
};
const ticked: TaskState = { status: "done", evidence: { kind: "plan" } };
const stateOf = (tasks: Readonly<Record<string, TaskState>>, batch: readonly string[] = []) =>
  ({ ...NOTHING_DONE, tasks: new Map(Object.entries(tasks)), batch }) satisfies RunState;
const planWith = (tasks: Readonly<Record<string, string>>) =>
  graphOf(planOf({ tasks: Object.entries(tasks).map(([key, text]) => task(key, { text })) }));

test("a task put in between renames those behind it, and nothing is done twice", () => {
  const before = planWith({ "1.1": "Read", "1.2": "Sort", "1.3": "Draw" });
  const after = planWith({ "1.1": "Read", "1.2": "Check", "1.3": "Sort", "1.4": "Draw" });
  const state = stateOf({ "1.1": worked, "1.2": worked, "1.3": running }, ["1.2", "1.3"]);
  const carried = carryOver(before, after, state, new Map());
  expect([...carried.state.tasks]).toEqual([
    ["1.1", worked],
    ["1.3", worked],
    ["1.4", running],
  ]);
  expect(carried.edits).toEqual([
    { key: "1.2", what: "added", status: "open" },
    { key: "1.3", what: "renamed", status: "done", from: "1.2" },
    { key: "1.4", what: "renamed", status: "running", from: "1.3" },
  ]);
  expect([carried.state.batch, carried.orphaned]).toEqual([["1.3", "1.4"], []]);
});

const box = (state: "open" | "done") => ({ state, mark: state === "done" ? "x" : " ", offset: 3 });

test("a record says nothing of a task that was put in under the key of another, nor takes back what its box says", () => {
  const before = planWith({ "1.1": "Read", "1.2": "Sort" });
  const after = graphOf(
    planOf({
      tasks: [
        task("1.1", { text: "Check", box: box("open") }),
        task("1.2", { text: "Read", box: box("done") }),
        task("1.3", { text: "Sort", box: box("open") }),
      ],
    }),
  );
  // The status file has records of 1.1 and 1.2 as they were: the one done, the other not.
  const carried = carryOver(before, after, stateOf({ "1.1": ticked }), new Map([["1.1", ticked]]));
  expect([...carried.state.tasks]).toEqual([["1.2", ticked]]);
  expect(carried.edits.map(({ key, what }) => `${key} ${what}`)).toEqual([
    "1.1 added",
    "1.2 renamed",
    "1.3 renamed",
  ]);
});

test("removed while at work, reworded when done, ticked and unticked by hand", () => {
  const before = planWith({ "1": "Read", "2": "Sort", "3": "Draw", "4": "Print", "5": "Send" });
  const after = planWith({ "2": "Sort by day", "3": "Draw", "4": "Print", "5": "Send" });
  const state = stateOf({ "1": running, "2": worked, "4": ticked, "5": running });
  const initial = new Map([
    ["3", ticked],
    ["5", ticked],
  ]);
  const carried = carryOver(before, after, state, initial);
  expect([...carried.state.tasks]).toEqual([
    ["2", worked],
    ["3", ticked],
    ["5", running],
  ]);
  expect(carried.edits).toEqual([
    { key: "2", what: "reworded", status: "done" },
    { key: "3", what: "ticked", status: "done" },
    { key: "4", what: "unticked", status: "open" },
    { key: "1", what: "removed", status: "running" },
  ]);
  expect(carried.orphaned).toEqual(["1"]);
});

test("other words under the key of what was begun are another task; the same in other words are the same", () => {
  const others = "Paint the house (depends on 1)";
  const before = planWith({
    "1": "Write a (depends on 1)",
    "2": "Write b",
    "3": "Write c",
    "4": "Wirte d",
    "5": "Write e",
    "6": "Write f",
  });
  const after = planWith({
    "1": others,
    "2": others,
    "3": others,
    "4": "Write d",
    "5": "Write e with tests",
    "6": others,
  });
  const blocked: TaskState = {
    status: "blocked",
    tries,
    question: { kind: "agent-asked", message: "?", paths: [] },
    from: { status: "running" },
  };
  const state = stateOf({ "1": running, "2": worked, "3": blocked, "4": worked, "5": running });
  // A record of the one before says nothing of the one in its place.
  const carried = carryOver(before, after, state, new Map([["2", ticked]]));
  const open = { status: "open", tries: { attempt: 1, used: 0, granted: 0 } };
  expect([...carried.state.tasks]).toEqual([
    ["1", open],
    ["2", open],
    ["3", open],
    ["4", worked],
    ["5", running],
  ]);
  expect(carried.edits.map(({ key, what, status }) => `${key} ${what} ${status}`)).toEqual([
    "1 replaced open",
    "2 replaced open",
    "3 replaced open",
    "4 reworded done",
    "5 reworded running",
    "6 reworded open",
  ]);
  expect(carried.orphaned).toEqual(["1"]);
});

test("a plan that is as it was changes nothing", () => {
  fc.assert(
    fc.property(anyPlan("any"), fc.infiniteStream(fc.boolean()), (plan, dice) => {
      const tasks = new Map(
        plan.tasks.flatMap(({ key }) =>
          dice.next().value === true ? [[key, worked] as const] : [],
        ),
      );
      const state = { ...NOTHING_DONE, tasks };
      const carried = carryOver(graphOf(plan), graphOf(plan), state, new Map());
      expect(carried).toEqual({ state, edits: [], orphaned: [] });
    }),
  );
});
