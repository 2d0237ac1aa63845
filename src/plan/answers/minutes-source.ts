import type { GraphNode } from "../graph/model.ts";
import type { Estimate, Plan, Task } from "../model.ts";

/** What the minutes of work come from: what its text says, a score, its phase, a default; `parts`: it takes what its sub-tasks take. */
export type MinutesSource = Estimate["source"] | "parts";

/** How many tasks have their minutes from what. */
export type EstimateCounts = Readonly<Record<MinutesSource, number>>;

/** What the minutes of a node come from (`graph/node-minutes.ts`); null for junctions. */
export function minutesSources({ tasks }: Plan): (node: GraphNode) => MinutesSource | null {
  const ofTask = sourcesOfTasks(tasks);
  return (node) => {
    if (node.kind === "task") return ofTask(node.task);
    return node.kind === "verification" ? "default" : null;
  };
}

export function estimateCounts({ tasks }: Plan): EstimateCounts {
  const ofTask = sourcesOfTasks(tasks);
  const counts = { text: 0, complexity: 0, phase: 0, default: 0, parts: 0 };
  for (const task of tasks) counts[ofTask(task)]++;
  return counts;
}

function sourcesOfTasks(tasks: readonly Task[]): (task: Task) => MinutesSource {
  const parents = new Set(tasks.map(({ parent }) => parent));
  return ({ key, estimate }) => estimate?.source ?? (parents.has(key) ? "parts" : "default");
}
