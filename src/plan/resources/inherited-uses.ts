import type { Task } from "../model.ts";
import type { ResourceUse } from "./model.ts";
import type { UsesByTask } from "./plan-uses.ts";

/**
 * What sub-tasks use: a sub-task that names no file to change is taken to change what the task that it is a part of names
 * (`1.3 Add a server in orchestrator.py` with `1.3.1 Add a writer`), as a guess. The task itself is no work beside its sub-tasks
 * and uses nothing. Takes as long as there are tasks and uses.
 *
 * @param tasks of one plan, a sub-task behind its parent
 */
export function inheritedUses(
  tasks: readonly (readonly [key: string, task: Task])[],
  uses: UsesByTask,
): UsesByTask {
  if (tasks.every(([, task]) => task.parent === undefined)) return uses;
  const keyOf = new Map(tasks.map(([key, task]) => [task.key, key]));
  const whole = new Map(uses);
  const handedOn = new Map<string, readonly ResourceUse[]>();
  const parents = new Set<string>();
  for (const [key, task] of tasks) {
    const parent = task.parent === undefined ? undefined : keyOf.get(task.parent);
    if (parent === undefined || parent === key) continue;
    parents.add(parent);
    const own = whole.get(key) ?? [];
    if (own.some(({ access, kind }) => access === "write" && kind !== "other")) continue;
    const guessed = handedOn.get(parent) ?? handOn(whole.get(parent) ?? []);
    handedOn.set(parent, guessed);
    if (guessed.length === 0) continue;
    const named = new Set(own.map(({ resource }) => resource));
    whole.set(key, [...own, ...guessed.filter(({ resource }) => !named.has(resource))]);
  }
  for (const parent of parents) whole.set(parent, []);
  return whole;
}

/** Files that are declared or named. What was concluded from the words of the parent stays with it. */
const handOn = (uses: readonly ResourceUse[]): readonly ResourceUse[] =>
  uses.flatMap((use) =>
    use.kind !== "other" && (use.source === "declared" || use.source === "mention")
      ? [use.sure ? { ...use, sure: false } : use]
      : [],
  );
