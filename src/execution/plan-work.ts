import { joinGraphs } from "../plan/graph/join-graphs.ts";
import type { PlanGraph } from "../plan/graph/model.ts";
import type { Progress } from "../plan/progress/progress.ts";
import type { UsesByTask } from "../plan/resources/plan-uses.ts";
import { qualifiedUses } from "../plan/resources/qualified-uses.ts";
import { executable, type Executable } from "./executable.ts";
import { initialStates } from "./initial-states.ts";
import { NOTHING_DONE, type RunState } from "./run-state.ts";

/** A plan that is to be carried out. */
export interface WorkPart {
  /** Unique among those that are carried out together. */
  readonly name: string;
  readonly graph: PlanGraph;
  /** What its tasks use, and how it stands, by its own keys and nodes. */
  readonly uses: UsesByTask;
  readonly progress: Progress;
}

/** All that decisions are made of: one graph of all plans, one model of resources, and how everything stands before a run. */
export interface PlanWork {
  readonly work: Executable;
  readonly uses: UsesByTask;
  readonly before: RunState;
}

/**
 * Plans as the work of one run: with keys like `core:1.1` where there are several, one pool of workers and one model of resources.
 *
 * @throws Error where two have one name
 */
export function planWork(
  parts: readonly WorkPart[],
  starts?: ReadonlyMap<string, number>,
): PlanWork {
  const several = parts.length > 1;
  const uses = qualifiedUses(parts);
  const tasks = parts.flatMap(({ name, graph, progress }) =>
    [...initialStates(graph, progress)].map(
      ([key, state]) => [several ? `${name}:${key}` : key, state] as const,
    ),
  );
  return {
    work: executable(joinGraphs(parts), { uses, ...(starts && { starts }) }),
    uses,
    before: { ...NOTHING_DONE, tasks: new Map(tasks) },
  };
}
