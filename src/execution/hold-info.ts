import { shellWord } from "../core/shell-word.ts";
import { oneLine } from "../core/text.ts";
import { isWork } from "../plan/graph/model.ts";
import type { Executable } from "./executable.ts";
import type { Frontier } from "./frontier.ts";
import type { PlanHoldInfo } from "./plan-message.ts";
import type { RunRules, RunState } from "./run-state.ts";
import { isFinished, type TaskState } from "./task-state.ts";

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
  const left: string[] = [];
  for (const node of work.graph.nodes) {
    const { key } = node;
    const own = state.tasks.get(key);
    if (isWork(node) && !(own && isFinished(own))) left.push(key);
    if (own?.status === "blocked") questions.push({ task: key, ...own.question });
    if (own?.status === "failed" && own.final) failed.push({ task: key, ...own.reason });
  }
  return {
    ...wordsOf({ questions, failed, points, left }, state, cause),
    questions,
    failed,
    points,
  };
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
  {
    questions,
    failed,
    points,
    left,
  }: Pick<PlanHoldInfo, "questions" | "failed" | "points"> & {
    /** Keys of work that is not finished. */
    readonly left: readonly string[];
  },
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
      reason: `${oneLine(question.task, 80)}: ${sentence(question.message)}${others(questions.length, ["task asks", "tasks ask"])}`,
      hint: `Answer with: wavegate task ${runId} ${shellWord(question.task)} --allow (or --refuse, --retry, --skip)`,
    };
  const [point] = points;
  if (point !== undefined)
    return {
      code: "PLAN_TASK_ASKS",
      reason: `Sync point ${oneLine(point, 80)} is reached, and waits for a person${more(points.length)}.`,
      hint: `Let it be passed with: wavegate task ${runId} ${shellWord(point)} --allow`,
    };
  const [first] = failed;
  const settle = (task = "TASK") =>
    `settle one task with: wavegate task ${runId} ${shellWord(task)} --retry (or --skip, --done)`;
  return first
    ? {
        code: "PLAN_TASK_FAILED",
        reason: `${oneLine(first.task, 80)} failed: ${sentence(first.message)}${others(failed.length, ["task failed", "tasks failed"])}`,
        hint: `Try again what failed with: wavegate resume ${runId}; or ${settle(first.task)}`,
      }
    : {
        code: "PLAN_TASK_FAILED",
        reason: `Nothing leads to what is left: ${oneLine(left.join(", "), 200)}.`,
        hint: `See what each waits for with: wavegate why ${runId}; then ${settle(left[0])}`,
      };
}

/** Others wrote it, mostly without a stop; a hint comes behind. */
const sentence = (text: string): string => (/[.!?…]$/.test(text) ? text : `${text}.`);

const others = (count: number, [one, many]: readonly [string, string]): string =>
  count > 1 ? ` ${count - 1} more ${count === 2 ? one : many}.` : "";

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
