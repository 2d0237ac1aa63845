import fc from "fast-check";
import { expect, test } from "vitest";
import { executable, type Executable } from "../../../src/execution/executable.ts";
import { nextTasks, whyNotStarted } from "../../../src/execution/next-tasks.ts";
import { EXECUTION_PATTERNS, type ExecutionPattern } from "../../../src/execution/patterns.ts";
import { NOTHING_DONE, type RunRules, type RunState } from "../../../src/execution/run-state.ts";
import { isActive, isFinished, OPEN, type TaskState } from "../../../src/execution/task-state.ts";
import { addSyncPoints } from "../../../src/plan/graph/add-sync-points.ts";
import { joinGraphs } from "../../../src/plan/graph/join-graphs.ts";
import { isWork } from "../../../src/plan/graph/model.ts";
import type { Plan } from "../../../src/plan/model.ts";
import { sharedSequence } from "../../../src/plan/progress/sequences-of.ts";
import { qualifiedUses } from "../../../src/plan/resources/qualified-uses.ts";
import { anyPlan } from "../plan/any-plan.ts";
import { explicit, phase, place, planOf, sequence, task, verification } from "../plan/plans.ts";
import { graphOf, RULES, runOf, writes, writesByDigit } from "./any-run.ts";

const PATTERNS = Object.keys(EXECUTION_PATTERNS) as readonly ExecutionPattern[];
const tries = { attempt: 1, used: 1, granted: 0 };
const running: TaskState = { status: "running", tries };
const done: TaskState = { status: "done", evidence: { kind: "plan" } };
const reason = { kind: "crashed", message: "It crashed.", details: [] };
const failedFinally: TaskState = { status: "failed", tries, reason, final: true };
const backingOff: TaskState = { status: "failed", tries, reason, final: false };
const asking: TaskState = {
  status: "blocked",
  tries,
  question: { kind: "agent-asked", message: "Which one?", paths: [] },
  from: { status: "running" },
};
const ANY_STATE: readonly TaskState[] = [
  OPEN,
  OPEN,
  done,
  done,
  running,
  backingOff,
  failedFinally,
  asking,
  { status: "open", tries },
];

const stateWith = (tasks: Readonly<Record<string, TaskState>>, more: Partial<RunState> = {}) => ({
  ...NOTHING_DONE,
  ...more,
  tasks: new Map(Object.entries(tasks)),
});
const started = (
  work: Executable,
  tasks: Readonly<Record<string, TaskState>> = {},
  rules: Partial<RunRules> = {},
) => nextTasks(work, stateWith(tasks), { ...RULES, ...rules }).start.map(({ key }) => key);
const whyNot = (
  work: Executable,
  tasks: Readonly<Record<string, TaskState>>,
  rules: Partial<RunRules> = {},
) => Object.fromEntries(whyNotStarted(work, stateWith(tasks), { ...RULES, ...rules }));

const anyRules = fc.record({
  pattern: fc.constantFrom(...PATTERNS),
  failures: fc.constantFrom("no-new", "continue", "kill"),
  workers: fc.integer({ min: 1, max: 5 }),
  batch: fc.integer({ min: 1, max: 4 }),
  plans: fc.option(fc.integer({ min: 1, max: 2 }), { nil: undefined }),
  phases: fc.option(fc.integer({ min: 1, max: 2 }), { nil: undefined }),
});

const rulesOf = ({
  pattern,
  failures,
  workers,
  batch,
  plans,
  phases,
}: {
  pattern: ExecutionPattern;
  failures: RunRules["failures"];
  workers: number;
  batch: number;
  plans: number | undefined;
  phases: number | undefined;
}): RunRules => ({
  pattern,
  failures,
  limits: { workers, batch, ...(plans && { plans }), ...(phases && { phases }) },
});

const keys = ({ tasks }: Plan) => tasks.map(({ key }) => key);

/** Two plans on the same files, and any state of them. */
const anyRun = fc
  .tuple(anyPlan("any"), anyPlan("any"), fc.infiniteStream(fc.nat(ANY_STATE.length - 1)), anyRules)
  .map(([one, other, dice, rules]) => {
    const work = executable(
      joinGraphs([
        { name: "a", graph: graphOf(one) },
        { name: "b", graph: graphOf(other) },
      ]),
      {
        uses: qualifiedUses([
          { name: "a", uses: writesByDigit(keys(one)) },
          { name: "b", uses: writesByDigit(keys(other)) },
        ]),
      },
    );
    const entries = work.graph.nodes.flatMap((node) =>
      isWork(node) ? [[node.key, ANY_STATE[dice.next().value ?? 0] ?? OPEN] as const] : [],
    );
    return { work, entries, rules: rulesOf(rules) };
  });

test("whatever the states: dependencies, resources, groups and limits are kept, and every open task is told why not", () => {
  fc.assert(
    fc.property(anyRun, ({ work, entries, rules }) => {
      const state: RunState = { ...NOTHING_DONE, tasks: new Map(entries) };
      const decision = nextTasks(work, state, rules);
      const { graph } = work;
      const stateOf = (key: string) => state.tasks.get(key) ?? OPEN;
      const begin = decision.start.map(({ key }) => graph.indexOf.get(key) ?? -1);
      const active = entries.flatMap(([key, each]) =>
        isActive(each) ? [graph.indexOf.get(key) ?? -1] : [],
      );
      expect(begin.length).toBeLessThanOrEqual(Math.max(0, rules.limits.workers - active.length));
      for (const node of begin) {
        expect(stateOf(graph.nodes[node]?.key ?? "").status).toBe("open");
        for (const { from, to, cut } of graph.edges)
          if (to === node && !cut && graph.nodes[from]?.kind === "task")
            expect(isFinished(stateOf(graph.nodes[from]?.key ?? ""))).toBe(true);
        for (const other of [...begin, ...active]) {
          if (other === node) continue;
          const [a, b] = [graph.nodes[node]?.key ?? "", graph.nodes[other]?.key ?? ""];
          expect(work.clash(a, b)).toBe(undefined);
          expect(sharedSequence(work.sequences.get(node), work.sequences.get(other))).toBe(
            undefined,
          );
        }
      }
      const told = whyNotStarted(work, state, rules);
      const now = new Set([...decision.start.map(({ key }) => key), ...decision.settle]);
      for (const [key, each] of entries)
        expect(told.has(key)).toBe(!isFinished(each) && !isActive(each) && !now.has(key));
    }),
  );
});

test("the same states in another order: the same decision", () => {
  fc.assert(
    fc.property(anyRun, fc.nat(), ({ work, entries, rules }, turn) => {
      const turned = [...entries.slice(turn % entries.length), ...entries].toReversed();
      expect(nextTasks(work, { ...NOTHING_DONE, tasks: new Map(turned) }, rules)).toEqual(
        nextTasks(work, { ...NOTHING_DONE, tasks: new Map(entries) }, rules),
      );
    }),
  );
});

test("the most urgent first: who has the longest way to the end, or whom a schedule begins first", () => {
  const plan = planOf({
    tasks: [
      task("1"),
      task("2", { estimate: { minutes: 60, source: "text" } }),
      task("3"),
      task("4"),
    ],
    dependencies: [explicit("3", "4")],
  });
  expect(started(runOf(plan))).toEqual(["2", "3", "1"]);
  expect(started(runOf(plan), {}, { pattern: "independent" })).toEqual(["1", "2", "3"]);
  const starts = new Map([
    ["1", 0],
    ["2", 50],
    ["4", 20],
  ]);
  const scheduled = executable(graphOf(plan), { uses: new Map(), starts });
  expect(started(scheduled)).toEqual(["1", "3", "2"]);
});

test("why not: dependency, sync point, failure, backoff, question, limit", () => {
  const plan = planOf({
    phases: [phase("1", []), phase("2", ["1"])],
    tasks: [task("1.1"), task("1.2"), task("1.3"), task("1.4"), task("2.1")],
    verifications: [verification("VERIFY 1", { phase: "1" })],
    dependencies: [explicit("1.1", "1.2")],
  });
  const work = runOf(plan);
  expect(whyNot(work, { "1.1": running, "1.3": running, "1.4": running })).toEqual({
    "1.2": { kind: "dependency", on: ["1.1"] },
    "VERIFY 1": { kind: "dependency", on: ["1.1", "1.2", "1.3", "1.4"] },
    "2.1": { kind: "sync-point", at: "end of 1", on: ["VERIFY 1"] },
  });
  expect(whyNot(work, { "1.1": failedFinally, "1.3": backingOff, "1.4": asking })).toEqual({
    "1.1": { kind: "failed", message: "It crashed." },
    "1.2": { kind: "failure", of: "1.1" },
    "1.3": { kind: "backoff" },
    "1.4": { kind: "question", message: "Which one?" },
    "VERIFY 1": { kind: "failure", of: "1.1" },
    "2.1": { kind: "failure", of: "1.1" },
  });
  expect(whyNot(work, {}, { limits: { workers: 2 } })["1.4"]).toEqual({
    kind: "limit",
    of: "workers",
    most: 2,
  });
});

test("pairs on one file, groups of one at a time and plans share one model, whatever is marked parallel", () => {
  const tasks = [task("1", { parallel: true }), task("2", { parallel: true }), task("3")];
  const uses = new Map([
    ["1", [writes("src/a.ts")]],
    ["2", [writes("src/a.ts")]],
  ]);
  const work = executable(
    joinGraphs([
      { name: "a", graph: graphOf(planOf({ tasks })) },
      { name: "b", graph: graphOf(planOf({ tasks: [task("1")] })) },
    ]),
    {
      uses: qualifiedUses([
        { name: "a", uses },
        { name: "b", uses },
      ]),
    },
  );
  expect(started(work)).toEqual(["a:1", "a:3"]);
  expect(whyNot(work, {})["b:1"]).toEqual({ kind: "conflict", beside: "a:1", over: "src/a.ts" });
  const group = planOf({ tasks: [task("1"), task("2")], sequences: [sequence("2", "1")] });
  expect(started(runOf(group))).toEqual(["2"]);
  expect(nextTasks(work, NOTHING_DONE, RULES).start.map(({ filesKnown }) => filesKnown)).toEqual([
    true,
    false,
  ]);
});

const needs = (name: string) => [{ name, reason: "the schema", place: place(1) }];

test("a plan that needs another waits for all of it; one that is not there is told", () => {
  const first = { name: "004-schema", graph: graphOf(planOf({ tasks: [task("1"), task("2")] })) };
  const second = planOf({ tasks: [task("1")], upstream: needs("Spec 004") });
  const third = planOf({ tasks: [task("1")], upstream: needs("nowhere") });
  const graph = joinGraphs([
    first,
    { name: "b", graph: graphOf(second) },
    { name: "c", graph: graphOf(third) },
  ]);
  const work = executable(graph, { uses: new Map() });
  expect(started(work)).toEqual(["004-schema:1", "004-schema:2", "c:1"]);
  expect(whyNot(work, { "004-schema:1": done })["b:1"]).toEqual({
    kind: "sync-point",
    at: "all of 004-schema for b",
    on: ["004-schema:2"],
  });
  expect(graph.problems.map(({ code }) => code)).toEqual(["PLAN_UPSTREAM_UNKNOWN"]);
});

test("declared sync points hold back, with a gate until they are let pass; what contradicts the plan is cut and told", () => {
  const graph = graphOf(planOf({ tasks: [task("1"), task("2"), task("3")] }));
  const sync = { place: place(9), reason: "end of wave 1" };
  const synced = addSyncPoints(graph, [{ id: "S1", after: ["1", "2"], before: ["3"], ...sync }]);
  const work = executable(synced, { uses: new Map() });
  expect(started(work, { "1": done })).toEqual(["2"]);
  expect(started(work, { "1": done, "2": done })).toEqual(["3"]);
  const gates = new Set(["sync S1"]);
  const both = stateWith({ "1": done, "2": done });
  const held = nextTasks(work, both, { ...RULES, gates });
  expect([held.start, held.standing]).toEqual([[], "waiting"]);
  const released = { ...both, released: gates };
  expect(nextTasks(work, released, { ...RULES, gates }).start.map(({ key }) => key)).toEqual(["3"]);
  const against = addSyncPoints(
    graphOf(planOf({ tasks: [task("1"), task("2")], dependencies: [explicit("1", "2")] })),
    [{ id: "S1", after: ["2"], before: ["1"], ...sync }],
  );
  expect(against.problems.length).toBe(1);
  expect(started(executable(against, { uses: new Map() }))).toEqual(["1"]);
});

test("failure modes: nothing new, all but what waits for it, or an end to what runs", () => {
  const plan = planOf({
    phases: [phase("1", [])],
    tasks: [task("1.1"), task("1.2"), task("1.3")],
    verifications: [verification("VERIFY 1", { phase: "1", blocking: false })],
  });
  const work = runOf(plan);
  const states = { "1.1": failedFinally, "1.2": running };
  const said = (failures: RunRules["failures"], tasks: Record<string, TaskState> = states) => {
    const { start, end } = nextTasks(work, stateWith(tasks), { ...RULES, failures });
    return [start.map(({ key }) => key), end];
  };
  expect(said("no-new")).toEqual([[], []]);
  expect(said("continue")).toEqual([["1.3"], []]);
  expect(said("kill")).toEqual([[], ["1.2"]]);
  expect(whyNot(work, states, { failures: "no-new" })["1.3"]).toEqual({
    kind: "stopped",
    by: "1.1",
  });
  expect(said("kill", { "1.2": running, "VERIFY 1": failedFinally })).toEqual([["1.1", "1.3"], []]);
});

test("a batch is waited for whole; what asks a person is not waited for", () => {
  const work = runOf(planOf({ tasks: [task("1"), task("2"), task("3"), task("4")] }));
  const rules: RunRules = { ...RULES, pattern: "batched", limits: { workers: 2, batch: 3 } };
  const first = nextTasks(work, NOTHING_DONE, rules);
  expect([first.batch, first.start.map(({ key }) => key)]).toEqual([
    ["1", "2", "3"],
    ["1", "2"],
  ]);
  const then = (tasks: Readonly<Record<string, TaskState>>) => {
    const { start, batch } = nextTasks(work, stateWith(tasks, { batch: first.batch }), rules);
    return [start.map(({ key }) => key), batch];
  };
  expect(then({ "1": done, "2": running })).toEqual([["3"], ["2", "3"]]);
  expect(then({ "1": done, "2": done, "3": running })).toEqual([[], ["3"]]);
  expect(then({ "1": done, "2": done, "3": asking })).toEqual([["4"], ["4"]]);
  expect(then({ "1": done, "2": done, "3": backingOff })).toEqual([[], ["3"]]);
});

test("a pipeline lets neighbouring phases overlap, and no others", () => {
  const plan = planOf({
    phases: [phase("1", []), phase("2", ["1"]), phase("3", ["2"])],
    tasks: [task("1.1"), task("1.2"), task("2.1"), task("2.2"), task("3.1")],
    dependencies: [explicit("1.2", "2.2")],
  });
  const work = runOf(plan);
  const pipeline = { pattern: "pipeline", limits: { workers: 9 } } as const;
  expect(started(work, {}, { limits: { workers: 9 } })).toEqual(["1.1", "1.2"]);
  expect(started(work, {}, pipeline)).toEqual(["1.1", "1.2", "2.1"]);
  // phase 2 is done but for its neighbour: phase 3 waits until phase 1 is behind, too
  expect(started(work, { "2.1": done, "2.2": done, "1.1": done }, pipeline)).toEqual(["1.2"]);
  expect(started(work, { "1.1": done, "1.2": done }, pipeline)).toEqual(["2.1", "2.2", "3.1"]);
});

test("independent: what dependencies tie together runs one at a time", () => {
  const plan = planOf({
    phases: [phase("1", [])],
    tasks: [task("1.1"), task("1.2"), task("1.3"), task("1.4")],
    dependencies: [explicit("1.1", "1.3"), explicit("1.2", "1.3")],
  });
  expect(started(runOf(plan), {}, { pattern: "independent" })).toEqual(["1.1", "1.4"]);
  expect(whyNot(runOf(plan), {}, { pattern: "independent" })["1.2"]).toEqual({
    kind: "tied",
    beside: "1.1",
  });
});

const twoPhases = (name: string) => ({
  name,
  graph: graphOf(
    planOf({ phases: [phase("1", []), phase("2", [])], tasks: [task("1.1"), task("2.1")] }),
  ),
});
const limits = (more: object) => ({ limits: { workers: 9, ...more } });

test("plans and phases at once", () => {
  const work = executable(joinGraphs([twoPhases("a"), twoPhases("b")]), { uses: new Map() });
  expect(started(work, {}, limits({ plans: 1 }))).toEqual(["a:1.1", "a:2.1"]);
  expect(started(work, {}, limits({ phases: 1 }))).toEqual(["a:1.1", "b:1.1"]);
  expect(started(work, { "b:2.1": running }, limits({ plans: 1, phases: 1 }))).toEqual([]);
});

test("tasks with parts are done when these are, and no agent gets them; retries come last", () => {
  const plan = planOf({
    tasks: [task("1"), task("1.1", { parent: "1" }), task("2", { parallel: undefined })],
  });
  const work = runOf(plan);
  expect(started(work, { "1.1": { status: "open", tries } })).toEqual(["2", "1.1"]);
  expect(nextTasks(work, stateWith({ "1.1": done }), RULES).settle).toEqual(["1"]);
  expect(nextTasks(work, stateWith({ "1.1": done, "1": done, "2": done }), RULES).standing).toBe(
    "completed",
  );
});
