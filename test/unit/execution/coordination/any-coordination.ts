import {
  PLAIN_COORDINATION,
  type CoordinationRules,
} from "../../../../src/execution/sessions/coordinate-run.ts";
import { planSessions } from "../../../../src/execution/sessions/plan-sessions.ts";
import type { TaskNews } from "../../../../src/execution/task-news.ts";
import type { TaskEvent } from "../../../../src/execution/task-event.ts";
import type { TaskState } from "../../../../src/execution/task-state.ts";
import type { WorkEvidence } from "../../../../src/execution/evidence.ts";
import { advance } from "../../../../src/execution/advance.ts";
import { stateOfTask, type RunState } from "../../../../src/execution/run-state.ts";
import type { Plan } from "../../../../src/plan/model.ts";
import { phase, planOf, task, verification } from "../../plan/plans.ts";
import { RULES, runOf } from "../any-run.ts";

/** Three phases, one after the other; the first ends with a verification. */
export const THREE: Plan = planOf({
  phases: [phase("1", []), phase("2", ["1"]), phase("3", ["2"])],
  tasks: [task("1.1"), task("1.2"), task("2.1"), task("2.2"), task("3.1")],
  verifications: [verification("VERIFY 1", { phase: "1" })],
});

export function coordination(plan: Plan, more: Partial<CoordinationRules> = {}): CoordinationRules {
  const work = more.work ?? runOf(plan);
  return {
    ...PLAIN_COORDINATION,
    work,
    rules: RULES,
    sessions: planSessions(work),
    starts: new Map(),
    plannedEnd: 0,
    writers: new Map(),
    ...more,
  };
}

export const work = (more: Partial<WorkEvidence> = {}): WorkEvidence => ({
  kind: "work",
  attempt: 1,
  changed: [],
  shown: [],
  declared: true,
  outputs: [],
  checks: [],
  ...more,
});

export const DONE: readonly TaskEvent[] = [
  { kind: "started" },
  { kind: "worked", result: "ref" },
  { kind: "accepted", evidence: work({ changed: ["src/a.ts"] }) },
  { kind: "landed", commit: "c".repeat(40) },
];

export const CONFLICT: TaskEvent = {
  kind: "conflicted",
  question: { kind: "conflict", message: "Both changed src/a.ts.", paths: ["src/a.ts"] },
};

/** What happened to a task, with the state of the run after it. Throws for what can't happen. */
export function told(
  run: RunState,
  key: string,
  events: readonly TaskEvent[],
): { readonly run: RunState; readonly news: readonly TaskNews[] } {
  let state: TaskState = stateOfTask(run, key);
  const news = events.map((event): TaskNews => {
    const next = advance(state, event);
    if (!next.ok) throw new Error(`${key} is ${state.status}: ${event.kind}`);
    state = next.value;
    const attempt = "tries" in state ? state.tries.attempt : 1;
    return { task: key, attempt, event };
  });
  return { run: { ...run, tasks: new Map(run.tasks).set(key, state) }, news };
}
