import { outcome, type CheckResult, type CheckSubject } from "./check-result.ts";
import type { PlanTask, PlanText } from "./read-plan.ts";

/** Tasks of the plan that are tied to no requirement, criterion, story or risk (PL-05). */
export const orphanTasks = (plan: PlanText): readonly string[] =>
  plan.tasks.filter(isOrphan).map(({ id }) => id);

/** Edge cases are part of the spec, though they have no ids. */
const isOrphan = ({ ids, text }: PlanTask): boolean =>
  ids.length === 0 && !/\bedge cases?\b/i.test(text);

/** Every task says what it is for. Not blocking: groundwork can be justified, and the gate shows the number. */
export function checkOrphanTasks({ plan }: CheckSubject): CheckResult {
  return outcome(
    {
      id: "orphan-tasks",
      title: "Every task is tied to a requirement, criterion, story or risk",
      blocking: false,
    },
    plan.tasks
      .filter(isOrphan)
      .map(
        ({ id, text }) => `Task ${id} (${text.split(/ [([]/)[0]}) is tied to nothing in the spec.`,
      ),
  );
}
