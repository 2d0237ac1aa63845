import { EXECUTION_PATTERNS, type ExecutionPattern } from "../../execution/patterns.ts";
import type { FailureMode } from "../../execution/failure-mode.ts";
import { whyNotStarted } from "../../execution/next-tasks.ts";
import type { RunRules, RunState } from "../../execution/run-state.ts";
import type { TaskState } from "../../execution/task-state.ts";
import type { WhyNot } from "../../execution/why-not.ts";
import type { ExecutionHistory, TaskHistory } from "../../history/execution/execution-history.ts";
import { isWork } from "../../plan/graph/model.ts";
import type { PlanPorts } from "../plans/plan-ports.ts";
import { openWork, type OpenWork } from "./open-work.ts";

/**
 * Why tasks of a run that could begin do not, by the decisions of runs themselves over the plans as they are on disk. Events don't say
 * which resources tasks share; plans do. Null where plans can't be read, or are not as the run has them.
 */
export async function whyApart(
  ports: PlanPorts,
  history: ExecutionHistory,
): Promise<ReadonlyMap<string, WhyNot> | null> {
  const rules = rulesOf(history);
  if (!rules) return null;
  const opened = await openWork(
    ports,
    history.plans.map(({ file }) => file),
  ).catch(() => null);
  if (!opened || !isSame(opened, history)) return null;
  const tasks = new Map([...history.tasks].map(([key, task]) => [key, stateOf(task)]));
  const state: RunState = { tasks, batch: [], released: new Set() };
  return whyNotStarted(opened.work, state, rules);
}

/** Which batch is at work is not in the events, so that nothing can be said of runs in batches. */
function rulesOf({ pattern, failures, workers }: ExecutionHistory): RunRules | null {
  if (!isPattern(pattern) || EXECUTION_PATTERNS[pattern].batched) return null;
  return { pattern, failures: failureMode(failures), limits: { workers } };
}

const isPattern = (name: string): name is ExecutionPattern =>
  Object.hasOwn(EXECUTION_PATTERNS, name);
const failureMode = (name: string): FailureMode =>
  name === "continue" || name === "kill" ? name : "no-new";

/** The same tasks, waiting for the same. */
function isSame({ work: { graph } }: OpenWork, { tasks }: ExecutionHistory): boolean {
  const keys = graph.nodes.filter(isWork).map(({ key }) => key);
  return keys.length === tasks.size && keys.every((key) => tasks.has(key));
}

/** As far as decisions look at it: what happened in attempts is not known here, and nothing depends on it. */
function stateOf({ status, attempts, retryAt, planned }: TaskHistory): TaskState {
  const tries = { attempt: attempts.length, used: attempts.length, granted: 0 };
  const evidence = { kind: "plan" } as const;
  const last = attempts.at(-1);
  switch (status) {
    case "open":
    case "running":
      return { status, tries };
    case "verifying":
      return { status, tries, result: "", shown: [] };
    case "landing":
      return { status, tries, result: "", evidence };
    case "done":
      return { status, evidence };
    case "skipped":
      return { status, tries, by: "", why: "" };
    case "failed": {
      const reason = last?.reason ?? { kind: "crashed", message: planned.key, details: [] };
      return { status, tries, reason, final: retryAt === undefined };
    }
    case "blocked": {
      const question = { kind: "agent-asked", message: planned.key, paths: [] } as const;
      return { status, tries, question, from: { status: "running" } };
    }
  }
}
