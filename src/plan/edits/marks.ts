import { marksOfState } from "../box-states.ts";
import type { BoxState, Plan } from "../model.ts";

/** Where tasks are numbered `1.`, `1.1` (spec-workflow's tasks.md), `[-]` is in progress, and nothing is skipped. */
const NUMBERED: Partial<Record<BoxState, readonly string[]>> = {
  "in-progress": ["-"],
  skipped: [],
};

/**
 * The mark to write for a state of a task in this plan: of those that the dialect has, the one that the plan's own boxes use
 * most, else the usual one. Undefined where the dialect has none.
 */
export function markFor(plan: Plan, state: BoxState, id?: string): string | undefined {
  const numbered = plan.dialect === "spec-kit" && id !== undefined && /^\d/.test(id);
  const marks = (numbered ? NUMBERED[state] : undefined) ?? marksOfState(plan.dialect, state);
  const used = new Map<string, number>();
  for (const { box } of plan.tasks) if (box) used.set(box.mark, (used.get(box.mark) ?? 0) + 1);
  const count = (mark: string) => used.get(mark) ?? 0;
  return marks.toSorted((one, other) => count(other) - count(one))[0];
}
