import { at } from "../../core/graph/digraph.ts";
import { isWork } from "../../plan/graph/model.ts";
import type { UsesByTask } from "../../plan/resources/plan-uses.ts";
import { usersByResource } from "../../plan/resources/users-by-resource.ts";
import { runPattern } from "../../schedule/run-pattern.ts";
import { prepareWork } from "../../schedule/work.ts";
import type { Executable } from "../executable.ts";
import { stateOfTask, type RunState } from "../run-state.ts";
import { isFinished } from "../task-state.ts";

/** When everything would begin and end, by number of node. */
export interface FastTimes {
  readonly starts: Float64Array;
  readonly ends: Float64Array;
  readonly makespan: number;
  /** Minutes that workers are at work. */
  readonly busy: number;
}

/**
 * Runs what is left by the pattern `dag` as `simulate-execution.ts` does (a test holds the two against each other), without states, so that
 * it takes milliseconds for thousands of tasks. Limits on plans and phases, and groups that run one at a time, are not kept; what is done with its parts is so at once.
 *
 * @param left expected minutes of each node, 0 for what is done
 */
export function fastRun(
  { graph, tail }: Executable,
  {
    left,
    uses,
    before,
    workers,
  }: {
    readonly left: Float64Array;
    readonly uses: UsesByTask;
    readonly before: RunState;
    readonly workers: number;
  },
): (durations: Float64Array) => FastTimes {
  const done = graph.nodes.map((node) => isWork(node) && isFinished(stateOfTask(before, node.key)));
  const resources = graph.nodes.map((): number[] => []);
  usersByResource(uses).resources.forEach(({ users }, resource) => {
    for (const { task, use } of users) {
      const node = graph.indexOf.get(task);
      if (node !== undefined && use.access === "write" && at(left, node) > 0)
        resources[node]?.push(resource);
    }
  });
  const prepared = prepareWork({
    minutes: Array.from(left),
    // what is done waits for nothing any more
    edges: graph.edges.flatMap(({ from, to, cut }) =>
      cut || done[to] === true ? [] : [[from, to] as const],
    ),
    phaseOf: graph.nodes.map(() => -1),
    resources,
  });
  // what goes first is settled by the whole plan
  const work = { ...prepared, tail };
  return (durations) => {
    const { starts, ends, makespan } = runPattern(work, {
      pattern: "dag",
      workers,
      batch: workers,
      durations,
    });
    const busy = left.reduce(
      (sum, minutes, node) => (minutes > 0 ? sum + at(ends, node) - at(starts, node) : sum),
      0,
    );
    return { starts, ends, makespan, busy };
  };
}
