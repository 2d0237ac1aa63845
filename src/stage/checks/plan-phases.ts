import { outcome, type CheckResult, type CheckSubject } from "./check-result.ts";

/** The plan can be scheduled: it has phases with tasks in the plan grammar, and every task stands in its phase (PL-03). */
export function checkPlanPhases({ plan, main }: CheckSubject): CheckResult {
  const withTasks = new Set(plan.tasks.map(({ phase }) => phase));
  const findings =
    main.text === ""
      ? []
      : [
          ...(plan.phases.length === 0 ? [`${main.name} has no "## Phase N: Title" heading.`] : []),
          ...(plan.tasks.length === 0
            ? [`${main.name} has no task of the form "- [ ] N.M Title".`]
            : []),
          ...plan.phases
            .filter(({ number }) => !withTasks.has(number))
            .map(({ number, title }) => `Phase ${number} (${title}) has no task.`),
          ...plan.tasks
            .filter(({ id, phase }) => phase !== undefined && Number(id.split(".")[0]) !== phase)
            .map(({ id, phase }) => `Task ${id} stands under phase ${phase}.`),
        ];
  return outcome(
    {
      id: "plan-phases",
      title: `${main.name} has phases with tasks that can be scheduled`,
      blocking: true,
    },
    findings,
  );
}
