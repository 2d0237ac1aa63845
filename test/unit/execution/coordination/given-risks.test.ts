/** Risks that a plan of S3's form names itself, as a run watches them (WV-09). */
import { expect, test } from "vitest";
import { declaringPlans } from "../../../../src/execution/declaring-plans.ts";
import { executable } from "../../../../src/execution/executable.ts";
import { frontierOf } from "../../../../src/execution/frontier.ts";
import { givenRisks } from "../../../../src/execution/risks/given-risks.ts";
import { measureRisk } from "../../../../src/execution/risks/measure-risks.ts";
import { NOTHING_DONE, type RunState } from "../../../../src/execution/run-state.ts";
import type { TaskState } from "../../../../src/execution/task-state.ts";
import { buildGraph } from "../../../../src/plan/graph/build-graph.ts";
import { readPlan } from "../../../../src/plan/read-plan.ts";
import { RULES, writes } from "../any-run.ts";

const risk = (id: string, more: Readonly<Record<string, unknown>>) => ({
  risk_id: id,
  risk_name: `Risk ${id}`,
  category: "coordination_risk",
  probability: "medium",
  impact: "high",
  response_procedures: ["Meet at once"],
  contingency_plan: "One after the other",
  ...more,
});
const TEXT = JSON.stringify({
  wave_execution_plan: {
    waves: [
      {
        wave_number: 1,
        phases: ["1", "2"].map((id) => ({
          phase_id: `phase-${id}`,
          session_id: `session_00${id}`,
          estimated_duration: "1 day",
        })),
      },
    ],
  },
  coordination_protocols: {
    decision_making: { decision_types: { coordination_decisions: "orchestrator" } },
  },
  risk_management: {
    risk_assessment: [
      risk("contract", {
        affected_sessions: ["session_002"],
        detection_method: "automated_contract_testing",
        early_warning_signs: ["Bad mood", "Test failures"],
      }),
      risk("late", { trigger: "more than 10% behind schedule" }),
      risk("stuck", { affected_phases: ["phase-1"], trigger: "blocked for 2 hours" }),
      risk("files", { early_warning_signs: ["Merge conflicts"] }),
      risk("ill", { trigger: "Somebody is ill" }),
    ],
  },
});

const file = "docs/plan.json";
const graph = buildGraph(readPlan([{ file, text: TEXT }]), { barriers: "phases", inferred: true });
const plans = declaringPlans(graph, [{ name: "plan", texts: [{ file, text: TEXT }] }]);
const uses = new Map([["phase-1", [writes("src/a.ts")]]]);
const work = executable(graph, { uses });
const watched = givenRisks(work, plans, { uses, plannedEnd: 1_000 });

test("what a run can measure of them is watched, with the plan's own response; the rest is for people", () => {
  expect(
    watched.map(({ id, trigger }) => [id, trigger.metric, trigger.subjects, trigger.threshold]),
  ).toEqual([
    ["contract", "failed-tries", ["phase-2"], 0],
    ["late", "finish-late-minutes", [], 100],
    ["stuck", "waiting-minutes", ["phase-1"], 120],
    ["files", "same-file-changes", ["src/a.ts"], 0],
  ]);
  expect(watched[0]).toMatchObject({
    level: "high",
    owner: "orchestrator",
    response: ["Meet at once"],
    contingency: "One after the other",
  });
});

const tries = (used: number) => ({ attempt: used, used, granted: 0 });

test("tries that failed count until their task is done", () => {
  const reason = { kind: "tests-failed", message: "They fail.", details: [] };
  const states: readonly (readonly [TaskState, number])[] = [
    [{ status: "running", tries: tries(1) }, 0],
    [{ status: "failed", tries: tries(1), reason, final: false }, 1],
    [{ status: "running", tries: tries(3) }, 2],
    [{ status: "done", evidence: { kind: "plan" } }, 0],
  ];
  for (const [state, value] of states) {
    const at: RunState = { ...NOTHING_DONE, tasks: new Map([["phase-2", state]]) };
    const [first] = watched;
    if (!first) throw new Error("nothing is watched");
    const run = {
      work,
      frontier: frontierOf(work, at, RULES),
      now: 0,
      measured: new Map(),
      starts: new Map(),
      readySince: new Map(),
      drift: () => ({ planned: 0, expected: 0 }),
      changes: new Map(),
      writers: new Map(),
    };
    expect(measureRisk(first.trigger, run)).toBe(value);
  }
});
