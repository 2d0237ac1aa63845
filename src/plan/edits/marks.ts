import { marksOfState } from "../box-states.ts";
import type { BoxState, Plan } from "../model.ts";

/** Where tasks are numbered `1.`, `1.1` (spec-workflow's tasks.md), `[-]` is in progress, and nothing is skipped. */
const NUMBERED: Partial<Record<BoxState, readonly string[]>> = {
  "in-progress": ["-"],
  skipped: [],
};

/**
 * What is written for a state in this plan, by the id of the task: of the marks that the dialect has, the one that the plan's own
 * boxes use most, else the usual one. Undefined where the dialect has none.
 */
export function marksFor(
  plan: Plan,
  state: BoxState,
): (id: string | undefined) => string | undefined {
  let used: Map<string, number> | undefined;
  const count = (mark: string) => (used ??= usedMarks(plan)).get(mark) ?? 0;
  const preferred = (marks: readonly string[]) =>
    marks.toSorted((one, other) => count(other) - count(one))[0];
  const usual = preferred(marksOfState(plan.dialect, state));
  const numbered = NUMBERED[state];
  if (plan.dialect !== "spec-kit" || !numbered) return () => usual;
  return (id) => (id !== undefined && /^\d/.test(id) ? preferred(numbered) : usual);
}

function usedMarks({ tasks }: Plan): Map<string, number> {
  const used = new Map<string, number>();
  for (const { box } of tasks) if (box) used.set(box.mark, (used.get(box.mark) ?? 0) + 1);
  return used;
}
