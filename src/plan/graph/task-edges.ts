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

/**
 * The order of the document, where a plan marks what is parallel: a task that is not runs after what stands before it in its
 * phase (or under its parent), and what comes after runs after it; neighbours that are marked run together. A task that only
 * checks waits for what stands before it.
 */
export function addOrder(gates: TaskGates): void {
  const { draft, subTasks } = gates;
  const isTop = (index: number) => {
    const node = draft.nodes[index];
    return node?.kind === "task" && !draft.indexOf.has(node.task.parent ?? "");
  };
  for (const { tasks } of [...draft.phases.values(), draft.outside])
    addOrderAmong(gates, tasks.filter(isTop));
  for (const children of subTasks.values()) addOrderAmong(gates, children);
}

function addOrderAmong(gates: TaskGates, siblings: readonly number[]): void {
  let boundary: { readonly index: number; readonly cause: EdgeCause } | undefined;
  let together: number[] = [];
  let unchecked: number[] = [];
  for (const index of siblings) {
    const node = gates.draft.nodes[index];
    if (node?.kind !== "task") continue;
    const { place, parallel, verifies } = node.task;
    if (verifies) {
      const cause: EdgeCause = { origin: "verification", strength: "hard", place };
      for (const before of unchecked) waitFor(gates, before, index, cause);
      unchecked = [];
    }
    unchecked.push(index);
    if (parallel === false) {
      const cause: EdgeCause = {
        origin: "order",
        strength: "soft",
        place,
        reason: "not marked parallel",
      };
      for (const before of together) waitFor(gates, before, index, cause);
      if (boundary && together.length === 0) waitFor(gates, boundary.index, index, cause);
      boundary = { index, cause };
      together = [];
    } else {
      if (boundary) waitFor(gates, boundary.index, index, boundary.cause);
      together.push(index);
    }
  }
}
