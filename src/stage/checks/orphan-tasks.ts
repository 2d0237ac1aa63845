import { outcome, type CheckResult, type CheckSubject } from "./check-result.ts";
import type { PlanText } from "./read-plan.ts";

/** Tasks of the plan that are tied to no requirement, criterion, story or risk (PL-05). */
export const orphanTasks = (plan: PlanText): readonly string[] =>
  plan.tasks.filter(({ ids }) => ids.length === 0).map(({ id }) => id);

/** Every task says what it is for. Not blocking: groundwork can be justified, and the gate shows the number. */
export function checkOrphanTasks({ plan }: CheckSubject): CheckResult {
  return outcome(
    {
      id: "orphan-tasks",
      title: "Every task is tied to a requirement, criterion, story or risk",
      blocking: false,
    },
    plan.tasks
      .filter(({ ids }) => ids.length === 0)
      .map(({ id, text }) => `Task ${id} (${text.slice(0, 60)}) is tied to nothing in the spec.`),
  );
}
