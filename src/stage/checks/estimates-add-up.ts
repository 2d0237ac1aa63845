import { outcome, type CheckResult, type CheckSubject } from "./check-result.ts";
import type { Estimate } from "../contracts/shared.ts";
import type { PlanText, ThreePoint } from "./read-plan.ts";

/** Printed figures have two decimals at most: each may be half of the last one off. */
const ROUNDING = 0.006;

const asPoints = (effort: Estimate): ThreePoint => [
  effort.optimistic,
  effort.likely,
  effort.pessimistic,
];
const show = (points: ThreePoint): string =>
  points.map((days) => Number(days.toFixed(2))).join("/");
const sum = (all: readonly ThreePoint[]): ThreePoint =>
  all.reduce<ThreePoint>((a, b) => [a[0] + b[0], a[1] + b[1], a[2] + b[2]], [0, 0, 0]);
const differ = (a: ThreePoint, b: ThreePoint, parts: number): boolean =>
  a.some((days, index) => Math.abs(days - (b[index] ?? 0)) > ROUNDING * (parts + 1));

/** Tasks add up to their phase and phases to the total, in the plan and in the estimation; points are in order. */
export function checkEstimatesAddUp({ plan, answers, main }: CheckSubject): CheckResult {
  return outcome(
    { id: "estimates-add-up", title: "Estimates add up: tasks, phases, total", blocking: true },
    [
      ...planFindings(plan, main.name),
      ...answers.estimations.flatMap((estimation) => [
        ...estimation.phases.flatMap(({ name, effort_days, tasks }) =>
          compare(
            `Estimation: phase "${name}"`,
            asPoints(effort_days),
            tasks.map((task) => asPoints(task.effort_days)),
          ),
        ),
        ...compare(
          "Estimation: the total",
          asPoints(estimation.total_effort_days),
          estimation.phases.map((phase) => asPoints(phase.effort_days)),
        ),
      ]),
    ],
  );
}

function planFindings(plan: PlanText, name: string): readonly string[] {
  const estimated = plan.tasks.flatMap((task) =>
    task.effort ? [{ ...task, effort: task.effort }] : [],
  );
  const byPhase = new Map<number | undefined, ThreePoint[]>();
  for (const { phase, effort } of estimated) {
    const efforts = byPhase.get(phase);
    if (efforts) efforts.push(effort);
    else byPhase.set(phase, [effort]);
  }
  const phases = plan.phases.flatMap(({ number, effort }) => (effort ? [{ number, effort }] : []));
  return [
    ...estimated
      .filter(({ effort: [o, l, p] }) => o > l || l > p)
      .map(
        ({ id, effort }) =>
          `Task ${id}: ${show(effort)} days is not in the order optimistic, likely, pessimistic.`,
      ),
    ...phases.flatMap(({ number, effort }) =>
      compare(`${name}: phase ${number}`, effort, byPhase.get(number) ?? []),
    ),
    ...(plan.total
      ? compare(
          `${name}: the total`,
          plan.total,
          phases.map(({ effort }) => effort),
        )
      : []),
  ];
}

function compare(
  what: string,
  stated: ThreePoint,
  parts: readonly ThreePoint[],
): readonly string[] {
  const added = sum(parts);
  return differ(stated, added, parts.length)
    ? [`${what} says ${show(stated)} days, its parts add up to ${show(added)}.`]
    : [];
}
