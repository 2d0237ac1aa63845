import { longestPaths } from "../../core/graph/longest-paths.ts";
import type { PlanGraph } from "./model.ts";

/**
 * The levels of a graph, over its tasks only: a task is in the wave behind the last one of those it waits for. A view, not an
 * order to run in: a task starts when what it waits for is done, not when a wave is.
 */
export interface Waves {
  /** From 0, for every node; a verification or junction is in the wave of what it waits for. */
  readonly of: Uint32Array;
  /** Numbers of the tasks of each wave, in the order of the document. */
  readonly tasks: readonly (readonly number[])[];
}

export function wavesOf({ nodes, backward, order }: PlanGraph): Waves {
  const counts = Uint8Array.from(nodes, ({ kind }) => (kind === "task" ? 1 : 0));
  const levels = longestPaths(backward, order, counts);
  const of = Uint32Array.from(levels, (level) => Math.max(0, level - 1));
  const tasks: number[][] = [];
  nodes.forEach(({ kind }, index) => {
    if (kind !== "task") return;
    const wave = of[index] ?? 0;
    while (tasks.length <= wave) tasks.push([]);
    tasks[wave]?.push(index);
  });
  return { of, tasks };
}
