import { oneLine } from "../core/text.ts";
import type { Executable } from "./executable.ts";
import type { Frontier } from "./frontier.ts";
import type { PlanHoldInfo } from "./plan-message.ts";
import type { RunRules, RunState } from "./run-state.ts";
import type { TaskState } from "./task-state.ts";

/** Why a run can't go on by itself. */
export interface HoldCause {
  readonly runId: string;
  /** What only a person can mend, if that is why. */
  readonly stop?: { readonly code: string; readonly message: string; readonly hint: string };
}

/** What a person is shown whose word a run waits for: what is asked, what failed, which points wait. */
export function holdInfo(
  work: Executable,
  state: RunState,
  {
    points,
    cause,
  }: {
    /** Keys of sync points that are reached (`gatesDue`). */
    readonly points: readonly string[];
    readonly cause: HoldCause;
  },
): PlanHoldInfo {
  const questions: PlanHoldInfo["questions"][number][] = [];
  const failed: PlanHoldInfo["failed"][number][] = [];
  for (const { key } of work.graph.nodes) {
    const own = state.tasks.get(key);
    if (own?.status === "blocked") questions.push({ task: key, ...own.question });
    if (own?.status === "failed" && own.final) failed.push({ task: key, ...own.reason });
  }
  return { ...wordsOf({ questions, failed, points }, state, cause), questions, failed, points };
}

/** Keys of sync points at which everything is there but a person's word. */
export function gatesDue(
  { graph: { indexOf } }: Executable,
  { passed, isHeld }: Pick<Frontier, "passed" | "isHeld">,
  { gates = new Set() }: RunRules,
): readonly string[] {
  const due = [...gates].flatMap((key) => {
    const node = indexOf.get(key);
    return node !== undefined && passed[node] === 0 && !isHeld(node) ? [{ key, node }] : [];
  });
  return due.toSorted((a, b) => a.node - b.node).map(({ key }) => key);
}

type Words = Pick<PlanHoldInfo, "code" | "reason" | "hint">;

function wordsOf(
  { questions, failed, points }: Pick<PlanHoldInfo, "questions" | "failed" | "points">,
  { stopped }: RunState,
  { runId, stop }: HoldCause,
): Words {
  const resume = `Then run: wavegate resume ${runId}`;
  if (stop) return { code: stop.code, reason: stop.message, hint: `${stop.hint} ${resume}` };
  if (stopped !== undefined)
    return { code: "PLAN_RUN_STOPPED", reason: `Stopped by ${stopped}`, hint: resume };
  const [question] = questions;
  if (question)
    return {
      code: "PLAN_TASK_ASKS",
      reason: `${oneLine(question.task, 80)}: ${question.message}${more(questions.length)}`,
      hint: `Answer with: wavegate task ${runId} ${oneLine(question.task, 80)} --allow (or --refuse, --retry, --skip)`,
    };
  const [point] = points;
  if (point !== undefined)
    return {
      code: "PLAN_TASK_ASKS",
      reason: `Sync point ${oneLine(point, 80)} is reached, and waits for a person${more(points.length)}.`,
      hint: `Let it be passed with: wavegate task ${runId} ${JSON.stringify(oneLine(point, 80))} --allow`,
    };
  const [first] = failed;
  return {
    code: "PLAN_TASK_FAILED",
    reason: first
      ? `${oneLine(first.task, 80)} failed: ${first.message}${more(failed.length)}`
      : "Nothing leads on.",
    hint: `Try again what failed with: wavegate resume ${runId}; or settle one task with: wavegate task ${runId} ${oneLine(first?.task ?? "TASK", 80)} --retry (or --skip, --done)`,
  };
}

const more = (count: number): string => (count > 1 ? ` (and ${count - 1} more)` : "");

/** Whether the run waits for an answer, rather than for something to be mended. */
export const isQuestion = ({ code }: Pick<PlanHoldInfo, "code">): boolean =>
  code === "PLAN_TASK_ASKS";

export type FinishedCounts = Readonly<
  Record<"done" | "failed" | "skipped" | "blocked" | "open", number>
>;

/** How many tasks and verifications stand how at the end. */
export function countStates(
  { graph }: Executable,
  stateOf: (key: string) => TaskState,
): FinishedCounts {
  const counts = { done: 0, failed: 0, skipped: 0, blocked: 0, open: 0 };
  for (const node of graph.nodes) {
    if (node.kind !== "task" && node.kind !== "verification") continue;
    const { status } = stateOf(node.key);
    if (status === "done" || status === "failed" || status === "skipped" || status === "blocked")
      counts[status]++;
    else counts.open++;
  }
  return counts;
}
