import { isWork, type PlanGraph } from "../plan/graph/model.ts";
import type { Progress } from "../plan/progress/progress.ts";
import { begunBehind } from "../plan/progress/standing.ts";
import { NOT_TRIED, type TaskState } from "./task-state.ts";

/**
 * How everything stands when a run begins: what boxes and records say is finished is not done again. A verification behind which
 * work was begun was taken for passed by whoever began it, and is skipped. What was in progress or failed before is open: this run
 * has tried it never.
 */
export function initialStates(
  graph: PlanGraph,
  progress: Progress,
): ReadonlyMap<string, TaskState> {
  const stateOf = (node: number) => progress.get(node)?.state ?? "open";
  const begun = begunBehind(graph, stateOf);
  const states = new Map<string, TaskState>();
  graph.nodes.forEach((node, index) => {
    if (!isWork(node)) return;
    const state = stateOf(index);
    if (state === "done") states.set(node.key, { status: "done", evidence: { kind: "plan" } });
    else if (state === "skipped") states.set(node.key, skipped("the plan says so"));
    else if (node.kind === "verification" && begun[index] === 1)
      states.set(node.key, skipped("work that waits for it was begun before the run"));
  });
  return states;
}

const skipped = (why: string): TaskState => ({
  status: "skipped",
  tries: NOT_TRIED,
  by: "plan",
  why,
});
