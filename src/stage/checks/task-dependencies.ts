import { outcome, type CheckResult, type CheckSubject } from "./check-result.ts";
import { findCycle } from "../../core/graph/find-cycle.ts";

/** Task ids are unique, dependencies name tasks of the plan, and nothing waits for itself. */
export function checkTaskDependencies({ plan, main }: CheckSubject): CheckResult {
  const ids = plan.tasks.map(({ id }) => id);
  const known = new Set<string>();
  const twice = new Set<string>();
  for (const id of ids) (known.has(id) ? twice : known).add(id);
  const cycle = findCycle(new Map(plan.tasks.map(({ id, dependsOn }) => [id, dependsOn])));
  return outcome(
    {
      id: "task-dependencies",
      title: "Task dependencies refer to tasks of the plan and form no cycle",
      blocking: true,
    },
    [
      ...[...twice].map((id) => `${main.name} has more than one task ${id}.`),
      ...plan.tasks.flatMap(({ id, dependsOn }) =>
        dependsOn
          .filter((other) => !known.has(other))
          .map((other) => `Task ${id} depends on ${other}, which is not a task of ${main.name}.`),
      ),
      ...(cycle ? [`Tasks wait for each other: ${cycle.join(" → ")}.`] : []),
    ],
  );
}
