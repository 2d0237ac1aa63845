import type { EdgeCause } from "./model.ts";
import { knownIndex, waitFor, type TaskGates } from "./task-gates.ts";

/** What the text says of single tasks and verifications. */
export function addDependencies(gates: TaskGates): void {
  const { plan, options } = gates.draft;
  for (const dependency of plan.dependencies) {
    if (dependency.origin === "inferred" && !options.inferred) continue;
    const from = knownIndex(gates.draft, dependency.dependency, dependency.place);
    const to = knownIndex(gates.draft, dependency.dependent, dependency.place);
    if (from !== undefined && to !== undefined) waitFor(gates, from, to, dependency);
  }
}

/** Groups that run one at a time become chains. */
export function addSequences(gates: TaskGates): void {
  for (const { tasks, place, reason } of gates.draft.plan.sequences) {
    const cause: EdgeCause = { origin: "sequential", strength: "hard", place, reason };
    const chain = [...new Set(tasks)].map((key) => knownIndex(gates.draft, key, place));
    const known = chain.filter((index) => index !== undefined);
    known.slice(1).forEach((to, index) => waitFor(gates, known[index] ?? to, to, cause));
  }
}

/** A task waits for its sub-tasks. */
export function addParts(gates: TaskGates): void {
  const { draft, subTasks } = gates;
  for (const [parent, children] of subTasks)
    for (const child of children) {
      const node = draft.nodes[child];
      if (node?.kind === "task")
        waitFor(gates, child, parent, { origin: "part", strength: "hard", place: node.task.place });
    }
}
