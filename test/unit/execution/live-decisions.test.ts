/** Decisions of what changed are those of going over everything, whatever happens in whatever order. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { executable } from "../../../src/execution/executable.ts";
import { openCircuits, withAttempt } from "../../../src/execution/circuit-breaker.ts";
import { frontierOf } from "../../../src/execution/frontier.ts";
import { LiveDecisions } from "../../../src/execution/live/live-decisions.ts";
import { nextTasks } from "../../../src/execution/next-tasks.ts";
import { EXECUTION_PATTERNS, type ExecutionPattern } from "../../../src/execution/patterns.ts";
import type { RunRules, RunState } from "../../../src/execution/run-state.ts";
import { simulateExecution } from "../../../src/execution/simulate-execution.ts";
import { OPEN, type TaskState } from "../../../src/execution/task-state.ts";
import { joinGraphs } from "../../../src/plan/graph/join-graphs.ts";
import { isWork } from "../../../src/plan/graph/model.ts";
import { qualifiedUses } from "../../../src/plan/resources/qualified-uses.ts";
import { anyPlan } from "../plan/any-plan.ts";
import { graphOf, writesByDigit } from "./any-run.ts";

const tries = { attempt: 1, used: 1, granted: 0 };
const reason = { kind: "crashed", message: "It crashed.", details: [] };
const question = { kind: "agent-asked", message: "Which one?", paths: [] } as const;
const evidence = { kind: "plan" } as const;
const ANY_STATE: readonly TaskState[] = [
  OPEN,
  { status: "done", evidence },
  { status: "done", evidence },
  { status: "running", tries },
  { status: "landing", tries, result: "ref", evidence },
  { status: "failed", tries, reason, final: false },
  { status: "failed", tries, reason, final: true },
  { status: "blocked", tries, question, from: { status: "running" } },
  { status: "skipped", tries, by: "ann", why: "no need" },
  { status: "open", tries },
];

const PATTERNS = Object.keys(EXECUTION_PATTERNS) as readonly ExecutionPattern[];
const few = fc.option(fc.integer({ min: 1, max: 2 }), { nil: undefined });

const keys = (tasks: readonly { readonly key: string }[]) => tasks.map(({ key }) => key);

/** Two plans on the same files, some of whose junctions are gates. */
const anyWork = fc
  .record({
    plans: fc.tuple(anyPlan("any"), anyPlan("any")),
    pattern: fc.constantFrom(...PATTERNS),
    failures: fc.constantFrom("no-new", "continue", "kill"),
    workers: fc.integer({ min: 1, max: 5 }),
    batch: fc.integer({ min: 1, max: 4 }),
    most: fc.record({ plans: few, phases: few }),
    gated: fc.array(fc.nat(), { maxLength: 3 }),
  })
  .map(({ plans: [one, other], pattern, failures, workers, batch, most, gated }) => {
    const work = executable(
      joinGraphs([
        { name: "a", graph: graphOf(one) },
        { name: "b", graph: graphOf(other) },
      ]),
      {
        uses: qualifiedUses([
          { name: "a", uses: writesByDigit(keys(one.tasks)) },
          { name: "b", uses: writesByDigit(keys(other.tasks)) },
        ]),
      },
    );
    const junctions = work.graph.nodes.filter((node) => !isWork(node));
    const gates = gated.flatMap((each) => junctions[each % junctions.length]?.key ?? []);
    const rules: RunRules = {
      pattern,
      failures,
      limits: {
        workers,
        batch,
        ...(most.plans && { plans: most.plans }),
        ...(most.phases && { phases: most.phases }),
      },
      ...(gates.length > 0 && { gates: new Set(gates) }),
    };
    return { work, rules, gates };
  });

const happenings = fc.array(
  fc.record({ node: fc.nat(), state: fc.nat(ANY_STATE.length - 1), release: fc.nat(9) }),
  { minLength: 1, maxLength: 40 },
);

test("whatever happens, in whatever order: the same decision, and the same of all that is known of nodes", () => {
  fc.assert(
    fc.property(anyWork, happenings, fc.boolean(), ({ work, rules, gates }, all, landsSoon) => {
      const { nodes } = work.graph;
      const works = nodes.flatMap((node) => (isWork(node) ? [node.key] : []));
      const tasks = new Map<string, TaskState>();
      let state: RunState = { tasks, batch: [], released: new Set(), landsSoon };
      const half = Math.floor(all.length / 2);
      const told = ({ node, state: which }: (typeof all)[number]) => {
        const key = works[node % works.length] ?? "";
        const next = ANY_STATE[which] ?? OPEN;
        tasks.set(key, next);
        return { key, next };
      };
      // Whoever goes on with a run begins with what is known by then.
      for (const each of all.slice(0, half)) told(each);
      const live = new LiveDecisions(work, state, rules);
      for (const each of [undefined, ...all.slice(half)]) {
        if (each) {
          const { key, next } = told(each);
          live.told(key, next);
          const gate = gates[each.release];
          if (gate !== undefined) {
            state = { ...state, released: new Set([...state.released, gate]) };
            live.released(gate);
          }
        }
        const decision = nextTasks(work, state, rules);
        expect(live.next(state)).toEqual(decision);
        expect(live.next({ ...state, stopped: "ann" })).toEqual(
          nextTasks(work, { ...state, stopped: "ann" }, rules),
        );
        const whole = frontierOf(work, state, rules);
        const { frontier } = live;
        expect(frontier.passed).toEqual(whole.passed);
        expect(frontier.stuckOn).toEqual(whole.stuckOn);
        expect(frontier.troubled()).toEqual(whole.troubled());
        expect([...frontier.ready()].toSorted((a, b) => a - b)).toEqual([...whole.ready()]);
        nodes.forEach((_, node) => {
          expect(frontier.heldBy(node)).toBe(whole.heldBy(node));
          expect(frontier.holding(node)).toEqual(whole.holding(node));
          expect(frontier.heldUp(node, 2)).toEqual(whole.heldUp(node, 2));
        });
        state = { ...state, batch: decision.batch };
      }
    }),
    { numRuns: 200 },
  );
});

test("a whole run decides as if everything were gone over each time", () => {
  fc.assert(
    fc.property(anyWork, fc.nat(3), fc.boolean(), ({ work, rules }, luck, landsSoon) => {
      simulateExecution(work, {
        rules,
        landing: 3,
        landsSoon,
        durations: work.graph.minutes,
        fails: (key, attempt) => (key.length + attempt) % 4 === luck,
        onDecision: (decision, state) => expect(decision).toEqual(nextTasks(work, state, rules)),
      });
    }),
  );
});

test("the attempts that decide whether an agent is asked any more are enough to know", () => {
  const attempt = fc.record({
    sequence: fc.nat(30),
    agent: fc.constantFrom("one", "other"),
    outputBytes: fc.nat(1),
    changedFiles: fc.nat(1),
  });
  const attempts = fc.uniqueArray(attempt, { selector: ({ sequence }) => sequence });
  fc.assert(
    fc.property(attempts, fc.nat(30), (all, from) => {
      const kept = all.reduce<Parameters<typeof withAttempt>[0]>(withAttempt, []);
      const since = new Map([["one", from]]);
      expect(openCircuits(kept, since)).toEqual(openCircuits(all, since));
      expect(kept.length).toBeLessThanOrEqual(6);
    }),
  );
});
