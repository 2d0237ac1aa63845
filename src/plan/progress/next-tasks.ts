import { criticalPath } from "../graph/critical-path.ts";
import type { PlanGraph } from "../graph/model.ts";
import { finished } from "./finished.ts";
import type { Progress } from "./progress.ts";
import { sequencesOf, sharedSequence } from "./sequences-of.ts";
import { standingOf, type StandingOptions } from "./standing.ts";

export interface NextOptions extends StandingOptions {
  /** How many tasks are wanted. */
  readonly count: number;
  /** What keeps two tasks, by their keys, from running at the same time, if anything. Need not know of their order. */
  readonly clash?: (one: string, other: string) => string | undefined;
}

/** How often a task is tried again after it failed (S4's MAX_RETRIES). */
export const MAX_RETRIES = 2;

export interface NextTasks {
  /** What can begin now, all of it at the same time, the most urgent first. */
  readonly tasks: readonly NextTask[];
  /** Ready, but not together with what is running or chosen. */
  readonly passedOver: readonly PassedOver[];
  /** Verifications that can be made now; only where they are awaited. */
  readonly verifications: readonly number[];
  readonly running: readonly number[];
  /** Open tasks that wait for others. */
  readonly waiting: readonly number[];
  /** Failed as often as they are tried. */
  readonly exhausted: readonly number[];
}

export interface NextTask {
  readonly node: number;
  /** Failed before, and tried again. */
  readonly retry: boolean;
  /** Expected minutes from its beginning to the end of all that waits for it, without what is done. */
  readonly remaining: number;
}

export interface PassedOver extends NextTask {
  readonly because: "conflict" | "sequence";
  /** The task that it can't run beside. */
  readonly beside?: number;
  /** The resource, or the range of the sequence. */
  readonly over?: string;
}

/**
 * The tasks to begin next: ready, no two of them and none with a running one in conflict or in one sequence. By the length of
 * what hangs on them, then the order of the document; those that failed come last, so that they hold up nothing but what
 * waits for them. A function of its arguments alone: whoever asks twice hears the same.
 */
export function nextTasks(graph: PlanGraph, progress: Progress, options: NextOptions): NextTasks {
  const { nodes } = graph;
  const standing = standingOf(graph, progress, options);
  const left = graph.minutes.map((minutes, node) =>
    finished(standing.stateOf(node)) ? 0 : minutes,
  );
  const { tail } = criticalPath(graph, left);
  const ready: NextTask[] = [];
  const found: Found = { verifications: [], running: [], waiting: [], exhausted: [] };
  nodes.forEach(({ kind }, node) => {
    const state = standing.stateOf(node);
    const retry = state === "failed";
    if (kind === "verification") {
      const due = !standing.passed(node) && standing.holding(node).length === 0;
      if (due) found.verifications.push(node);
    }
    if (kind !== "task" || finished(state)) return;
    if (state === "in-progress") found.running.push(node);
    else if (standing.holding(node).length > 0) found.waiting.push(node);
    else if (retry && (progress.get(node)?.retries ?? 0) >= MAX_RETRIES) found.exhausted.push(node);
    else ready.push({ node, retry, remaining: tail[node] ?? 0 });
  });
  const inOrder = ready.toSorted(
    (a, b) => Number(a.retry) - Number(b.retry) || b.remaining - a.remaining || a.node - b.node,
  );
  return { ...found, ...chosen(graph, inOrder, found.running, options) };
}

interface Found {
  readonly verifications: number[];
  readonly running: number[];
  readonly waiting: number[];
  readonly exhausted: number[];
}

function chosen(
  graph: PlanGraph,
  ready: readonly NextTask[],
  running: readonly number[],
  { count, clash }: NextOptions,
): Pick<NextTasks, "tasks" | "passedOver"> {
  const { nodes } = graph;
  const sequences = sequencesOf(graph);
  const tasks: NextTask[] = [];
  const passedOver: PassedOver[] = [];
  const active = [...running];
  const beside = (node: number): Omit<PassedOver, keyof NextTask> | undefined => {
    for (const other of active) {
      const shared = sharedSequence(sequences.get(node), sequences.get(other));
      if (shared) return { because: "sequence", beside: other, over: shared.range };
      const over = clash?.(nodes[node]?.key ?? "", nodes[other]?.key ?? "");
      if (over !== undefined) return { because: "conflict", beside: other, over };
    }
    return undefined;
  };
  for (const task of ready) {
    if (tasks.length >= count) break;
    const reason = beside(task.node);
    if (reason) passedOver.push({ ...task, ...reason });
    else {
      tasks.push(task);
      active.push(task.node);
    }
  }
  return { tasks, passedOver };
}
