import fc from "fast-check";
import { expect, test } from "vitest";
import { at } from "../../../src/core/graph/digraph.ts";
import { seededRandom } from "../../../src/core/random.ts";
import { executable, type Executable } from "../../../src/execution/executable.ts";
import { nextTasks } from "../../../src/execution/next-tasks.ts";
import { EXECUTION_PATTERNS, type ExecutionPattern } from "../../../src/execution/patterns.ts";
import { stateOfTask, type RunRules, type RunState } from "../../../src/execution/run-state.ts";
import { frontierOf } from "../../../src/execution/frontier.ts";
import { soonReady } from "../../../src/execution/soon-ready.ts";
import { simulateExecution } from "../../../src/execution/simulate-execution.ts";
import { isActive, isFinished, type TaskState } from "../../../src/execution/task-state.ts";
import { buildGraph } from "../../../src/plan/graph/build-graph.ts";
import { joinGraphs } from "../../../src/plan/graph/join-graphs.ts";
import { isWork } from "../../../src/plan/graph/model.ts";
import { drawnDurations } from "../../../src/schedule/drawn-durations.ts";
import { runPattern } from "../../../src/schedule/run-pattern.ts";
import { prepareWork } from "../../../src/schedule/work.ts";
import { workOf } from "../../../src/analysis/measure/plan-work.ts";
import { anyPlan } from "../plan/any-plan.ts";
import { explicit, planOf, task } from "../plan/plans.ts";
import { graphOf, RULES, runOf, writesByDigit } from "./any-run.ts";

const PATTERNS = Object.keys(EXECUTION_PATTERNS) as readonly ExecutionPattern[];
const anyRules = fc
  .record({
    pattern: fc.constantFrom(...PATTERNS),
    workers: fc.integer({ min: 1, max: 5 }),
    batch: fc.integer({ min: 1, max: 4 }),
    plans: fc.option(fc.constant(1), { nil: undefined }),
    phases: fc.option(fc.constant(1), { nil: undefined }),
  })
  .map(({ pattern, workers, batch, plans, phases }): RunRules => ({
    pattern,
    failures: "continue",
    limits: { workers, batch, ...(plans && { plans }), ...(phases && { phases }) },
  }));

/** Two plans with files in common. */
const twoPlans = fc.tuple(anyPlan("any"), anyPlan("any")).map((plans) => {
  const graph = joinGraphs(
    plans.map((plan, index) => ({ name: `p${index}`, graph: graphOf(plan) })),
  );
  return executable(graph, { uses: writesByDigit(graph.indexOf.keys()) });
});

test("without failures every run ends with all done, no more at once than there are workers, the same each time", () => {
  fc.assert(
    fc.property(twoPlans, anyRules, fc.nat(1000), (work, rules, seed) => {
      const durations = Float64Array.from(work.graph.minutes, () => 0).map(seededRandomOf(seed));
      let most = 0;
      const run = simulateExecution(work, {
        rules,
        durations,
        onDecision: (decision, state) => {
          const active = [...state.tasks.values()].filter(isActive).length;
          most = Math.max(most, active + decision.start.length);
        },
      });
      expect(run.standing).toBe("completed");
      expect(most).toBeLessThanOrEqual(rules.limits.workers);
      expect(simulateExecution(work, { rules, durations })).toEqual(run);
    }),
  );
});

const seededRandomOf = (seed: number) => {
  const random = seededRandom(seed);
  return () => random() * 60;
};

test("one failure starves nobody: in mode continue all is done that does not wait for it", () => {
  fc.assert(
    fc.property(twoPlans, anyRules, fc.nat(40), (work, rules, chosen) => {
      const { nodes, edges, minutes, order, indexOf } = work.graph;
      const units = nodes.filter(isWork).filter(({ key }) => !isParent(work, key));
      const broken = units[chosen % units.length]?.key ?? "";
      const run = simulateExecution(work, {
        rules,
        durations: minutes,
        fails: (key) => key === broken,
      });
      // a pipeline begins a phase before the one before it has ended
      const loose = rules.pattern === "pipeline";
      const behind = (counts: (edge: number) => boolean) => {
        const found = new Set([indexOf.get(broken) ?? -1]);
        for (const node of order)
          edges.forEach(({ from, to, cut }, edge) => {
            if (to === node && !cut && counts(edge) && found.has(from)) found.add(to);
          });
        return found;
      };
      const all = behind(() => true);
      const surely = loose ? behind((edge) => at(work.edges.order, edge) === 0) : all;
      nodes.forEach((node, index) => {
        if (!isWork(node)) return;
        const state = run.state.tasks.get(node.key);
        const isDone = state !== undefined && isFinished(state);
        if (surely.has(index)) expect(isDone).toBe(false);
        else if (!all.has(index)) expect(isDone).toBe(true);
      });
      expect(run.state.tasks.get(broken)).toMatchObject({
        status: "failed",
        final: true,
        tries: { attempt: 3, used: 3 },
      });
    }),
  );
});

const isParent = (work: ReturnType<typeof runOf>, key: string) =>
  work.parts.has(work.graph.indexOf.get(key) ?? -1);

test("a retry takes a worker again and lets the rest go first; kill ends what runs", () => {
  const plan = planOf({ tasks: [task("1"), task("2"), task("3")] });
  const work = runOf(plan);
  const limits = { workers: 1 };
  const once = simulateExecution(work, {
    rules: { ...RULES, limits },
    durations: work.graph.minutes,
    overhead: 1,
    fails: (key, attempt) => key === "1" && attempt === 1,
  });
  expect([once.makespan, once.attempts, once.times.get("1")]).toEqual([
    124,
    4,
    { start: 93, end: 124 },
  ]);
  const killed = simulateExecution(work, {
    rules: { ...RULES, failures: "kill" },
    durations: [10, 30, 30],
    fails: (key) => key === "1",
    attempts: { retries: 0 },
  });
  expect([killed.makespan, killed.busy, killed.standing]).toEqual([10, 30, "stuck"]);
  const stopped = new Map<string, TaskState["status"]>(
    [...killed.state.tasks].map(([key, { status }]) => [key, status]),
  );
  expect(stopped).toEqual(
    new Map([
      ["1", "failed"],
      ["2", "open"],
      ["3", "open"],
    ]),
  );
});

test("the fast simulation makes the same runs as the decisions of the executor", () => {
  fc.assert(
    fc.property(
      anyPlan("along").filter(({ tasks }) => tasks.every(({ parent }) => parent === undefined)),
      fc.integer({ min: 1, max: 5 }),
      fc.nat(1000),
      (plan, workers, seed) => {
        const graph = buildGraph(
          { ...plan, sequences: [] },
          { barriers: "phases", inferred: true },
        );
        const uses = writesByDigit(graph.indexOf.keys());
        const durations = drawnDurations(
          graph.minutes,
          { kind: "lognormal", sigma: 0.5 },
          seededRandom(seed),
        );
        const fast = runPattern(prepareWork(workOf(graph, uses)), {
          pattern: "dag",
          workers,
          batch: workers,
          durations,
        });
        const real = simulateExecution(executable(graph, { uses }), {
          rules: { ...RULES, limits: { workers } },
          durations,
        });
        expect(real.makespan).toBeCloseTo(fast.makespan, 6);
        graph.nodes.forEach((node, index) => {
          if (isWork(node))
            expect(real.times.get(node.key)?.start).toBeCloseTo(at(fast.starts, index), 6);
        });
      },
    ),
  );
});

test("ten thousand tasks: one decision for each end of work, from what was done before", () => {
  const keys = Array.from({ length: 10_000 }, (_, index) => `${index}`);
  const plan = planOf({
    tasks: keys.map((key) => task(key)),
    dependencies: keys.slice(100).map((key, index) => explicit(`${index}`, key)),
  });
  const work = runOf(plan);
  let decisions = 0;
  const run = simulateExecution(work, {
    rules: { ...RULES, limits: { workers: 100 } },
    durations: work.graph.minutes,
    onDecision: () => decisions++,
    from: {
      tasks: new Map(
        keys.slice(0, 9_900).map((key) => [key, { status: "done", evidence: { kind: "plan" } }]),
      ),
      batch: [],
      released: new Set(),
    },
  });
  expect([run.standing, decisions, run.makespan]).toEqual(["completed", 101, 30]);
});

test("whatever is kept for what is ready soon, every run ends, and nobody waits but for what lands", () => {
  fc.assert(
    fc.property(twoPlans, anyRules, fc.nat(1000), (work, rules, seed) => {
      const durations = Float64Array.from(work.graph.minutes, () => 0).map(seededRandomOf(seed));
      const run = simulateExecution(work, {
        rules,
        durations,
        landing: 0.1,
        landsSoon: true,
        onDecision: (decision, state) => {
          const { landsSoon: _, ...usual } = state;
          const without = nextTasks(work, usual, rules);
          const landing = [...state.tasks.values()].some(({ status }) => status === "landing");
          if (!landing) expect(decision).toEqual(without);
          expect(decision.start.length).toBeLessThanOrEqual(without.start.length);
          const active = work.graph.nodes.flatMap(({ key }, node) =>
            isActive(stateOfTask(state, key)) ? [node] : [],
          );
          const frontier = frontierOf(work, state, rules);
          const soon = soonReady(work, { frontier, state, rules, active });
          const ready = new Set(frontierOf(work, allLanded(work, state, rules), rules).ready());
          expect(soon.filter((node) => !ready.has(node))).toEqual([]);
        },
      });
      expect(run.standing).toBe("completed");
    }),
  );
});

/** As it is when all that is being landed has landed, and what is done with its parts is done. */
function allLanded(work: Executable, state: RunState, rules: RunRules): RunState {
  const done = { status: "done", evidence: { kind: "plan" } } as const;
  const tasks = new Map(state.tasks);
  for (const [key, { status }] of tasks) if (status === "landing") tasks.set(key, done);
  for (;;) {
    const landed = { ...state, tasks };
    const { settle } = nextTasks(work, landed, rules);
    if (settle.length === 0) return landed;
    for (const key of settle) tasks.set(key, done);
  }
}

test("a worker is kept for what is more urgent and waits only for a landing", () => {
  const minutes = [10, 60, 40, 40];
  const plan = planOf({
    tasks: minutes.map((each, index) =>
      task(`${index + 1}`, { estimate: { minutes: each, source: "text" } }),
    ),
    dependencies: [explicit("1", "2")],
  });
  const work = runOf(plan);
  const rules = { ...RULES, limits: { workers: 2 } };
  const given = { rules, durations: work.graph.minutes, landing: 0.5 };
  const kept = simulateExecution(work, { ...given, landsSoon: true });
  const notKept = simulateExecution(work, given);
  expect([kept.times.get("2")?.start, kept.makespan]).toEqual([10.5, 80.5]);
  expect([notKept.times.get("2")?.start, notKept.makespan]).toEqual([40, 100.5]);
});
