import { outcome, type CheckResult, type CheckSubject } from "./check-result.ts";
import { coverageOf } from "./coverage.ts";
import { normalId } from "./ids.ts";

/** Every requirement that the plan covers has a task that names it. Not blocking: prose may carry one. */
export function checkRequirementTasks({ spec, plan, main }: CheckSubject): CheckResult {
  const withTask = new Set(plan.tasks.flatMap(({ ids }) => ids));
  const covered = new Set(coverageOf(spec, main.text).covered);
  const ids = [...new Set(spec.requirements.map(({ id }) => normalId(id)))];
  return outcome(
    { id: "requirement-tasks", title: "Every covered requirement has a task", blocking: false },
    ids
      .filter((id) => covered.has(id) && !withTask.has(id))
      .map((id) => `${id} is mentioned in ${main.name}, but no task names it.`),
  );
}
