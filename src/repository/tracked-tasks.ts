import type { TaskFact } from "./model.ts";

/** Documents with tasks, the most detailed list first. */
const BY_DETAIL = ["tasks.md", "implementation_plan.md", "plan.md"];

/**
 * The tasks whose boxes say what is done. A feature often has the same work in several documents (a plan, its preparation, a
 * list of tasks) and people tick one of them: that is each document with a ticked box; where nothing is ticked, the most
 * detailed one.
 */
export function trackedTasks<T extends Pick<TaskFact, "document" | "done">>(
  tasks: readonly T[],
): readonly T[] {
  const ticked = new Set(tasks.filter(({ done }) => done).map(({ document }) => document));
  if (ticked.size > 0) return tasks.filter(({ document }) => ticked.has(document));
  const kept = BY_DETAIL.find((name) => tasks.some(({ document }) => document === name));
  return kept === undefined ? tasks : tasks.filter(({ document }) => document === kept);
}
