import { DEFAULT_MINUTES } from "../estimates.ts";
import type { GraphNode } from "./model.ts";

/**
 * Expected minutes of each node: as written, else the default of its kind. The estimate of a task with sub-tasks includes
 * theirs: the rest of it is its own, and nothing where it has none.
 */
export function minutesOf(nodes: readonly GraphNode[]): Float64Array {
  const indexOf = new Map(nodes.map(({ key }, index) => [key, index]));
  const minutes = new Float64Array(nodes.length);
  /** What the sub-tasks of a task take together; a sub-task comes after its parent. */
  const parts = new Map<number, number>();
  for (let index = nodes.length - 1; index >= 0; index--) {
    const node = nodes[index];
    if (!node) continue;
    const inside = parts.get(index);
    const written = node.kind === "task" ? node.task.estimate?.minutes : undefined;
    const whole = written ?? inside ?? defaultMinutes(node);
    minutes[index] = Math.max(0, whole - (inside ?? 0));
    const parent = node.kind === "task" ? indexOf.get(node.task.parent ?? "") : undefined;
    if (parent !== undefined && parent < index)
      parts.set(parent, (parts.get(parent) ?? 0) + Math.max(whole, inside ?? 0));
  }
  return minutes;
}

function defaultMinutes(node: GraphNode): number {
  if (node.kind === "verification") return DEFAULT_MINUTES.verification;
  if (node.kind !== "task") return 0;
  return node.task.verifies ? DEFAULT_MINUTES.check : DEFAULT_MINUTES.task;
}
