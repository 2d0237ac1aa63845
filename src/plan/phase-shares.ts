import { DEFAULT_MINUTES } from "./estimates.ts";
import type { Plan, Task } from "./model.ts";

/**
 * A plan in which tasks that say nothing of how long they take have a share of what their phase is said to take, marked as such
 * (`source: "phase"`, at the place of the phase's estimate). The time of a phase is taken for the work of all its tasks, not for
 * the days until it ends. What tasks say themselves comes off it first; the rest is spread in proportion to the defaults
 * (`DEFAULT_MINUTES`): equally, checks a third of a task. Nothing is spread where nothing is left, and to no task that is done by
 * its sub-tasks or is a part of one that says its time. A phase's complexity score is no time. O(tasks).
 */
export function withPhaseShares(plan: Plan): Plan {
  const said = plan.phases.filter(({ estimate }) => estimate?.source === "text");
  if (said.length === 0) return plan;
  const { sharers, known } = spreadOver(plan.tasks);
  const weights = new Map<string, number>();
  for (const task of sharers)
    if (task.phase !== undefined)
      weights.set(task.phase, (weights.get(task.phase) ?? 0) + weightOf(task));
  const rates = new Map(
    said.flatMap(({ key, estimate }) => {
      const weight = weights.get(key) ?? 0;
      const left = (estimate?.minutes ?? 0) - (known.get(key) ?? 0);
      return weight > 0 && left > 0 ? [[key, { perWeight: left / weight, estimate }] as const] : [];
    }),
  );
  return {
    ...plan,
    tasks: plan.tasks.map((task) => {
      const rate = sharers.has(task) ? rates.get(task.phase ?? "") : undefined;
      if (!rate) return task;
      const place = rate.estimate?.place;
      const minutes = rate.perWeight * weightOf(task);
      return { ...task, estimate: { minutes, source: "phase", ...(place && { place }) } };
    }),
  };
}

const weightOf = ({ verifies }: Task): number =>
  verifies ? DEFAULT_MINUTES.check : DEFAULT_MINUTES.task;

interface Spread {
  /** Tasks of which nothing is known. */
  readonly sharers: ReadonlySet<Task>;
  /** Minutes of work that the tasks of each phase say, those of sub-tasks within those of their parent. */
  readonly known: ReadonlyMap<string, number>;
}

function spreadOver(tasks: readonly Task[]): Spread {
  const byKey = new Map(tasks.map((task) => [task.key, task]));
  const parentOf = ({ key, parent }: Task) =>
    parent === undefined || parent === key ? undefined : byKey.get(parent);
  const parents = new Set(tasks.map(parentOf));
  /** Tasks within one that says its time; a sub-task comes after its parent. */
  const inside = new Set<Task>();
  for (const task of tasks) {
    const parent = parentOf(task);
    if (parent && (parent.estimate || inside.has(parent))) inside.add(task);
  }
  const sharers = new Set(
    tasks.filter((task) => !task.estimate && !parents.has(task) && !inside.has(task)),
  );
  const known = new Map<string, number>();
  const parts = new Map<Task, number>();
  for (const task of tasks.toReversed()) {
    const ofParts = parts.get(task) ?? 0;
    const own =
      task.estimate?.minutes ?? (inside.has(task) && !parents.has(task) ? weightOf(task) : 0);
    const whole = Math.max(own, ofParts);
    if (task.phase !== undefined)
      known.set(task.phase, (known.get(task.phase) ?? 0) + whole - ofParts);
    const parent = parentOf(task);
    if (parent) parts.set(parent, (parts.get(parent) ?? 0) + whole);
  }
  return { sharers, known };
}
