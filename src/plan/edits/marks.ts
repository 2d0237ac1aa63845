import type { BoxState, Dialect, Plan } from "../model.ts";

/**
 * What is written for a state; the first of several unless the plan's own boxes use another of them. Not all that a
 * reader takes: S4's own tool sees `[ ]` and `[x]` and nothing else; `/speckit.implement` writes `[X]`.
 */
const MARKS: Readonly<Record<Dialect, Partial<Record<BoxState, readonly string[]>>>> = {
  "plan-file": { open: [" "], done: ["x"] },
  "spec-kit": {
    open: [" "],
    done: ["X", "x"],
    "in-progress": ["~"],
    skipped: ["-"],
    failed: ["!"],
  },
  prd: { open: [" "], done: ["x", "X"] },
  "dependency-json": {},
};

/** Where tasks are numbered `1.`, `1.1` (spec-workflow's tasks.md), `[-]` is in progress, and nothing is skipped. */
const NUMBERED: Partial<Record<BoxState, readonly string[]>> = {
  "in-progress": ["-"],
  skipped: [],
};

/** The mark to write for a state of a task in this plan; undefined where its dialect has none. */
export function markFor(plan: Plan, state: BoxState, id?: string): string | undefined {
  const numbered = plan.dialect === "spec-kit" && id !== undefined && /^\d/.test(id);
  const marks = (numbered ? NUMBERED[state] : undefined) ?? MARKS[plan.dialect][state] ?? [];
  const used = new Map<string, number>();
  for (const { box } of plan.tasks) if (box) used.set(box.mark, (used.get(box.mark) ?? 0) + 1);
  const count = (mark: string) => used.get(mark) ?? 0;
  return marks.toSorted((one, other) => count(other) - count(one))[0];
}
