import { WavegateError } from "../../core/error.ts";
import type { Marked, PlanMark, SeenFiles } from "../../workflows/plan-run/taken-plans.ts";
import { markPlan } from "../plans/edit-tasks.ts";
import type { PlanPorts } from "../plans/plan-ports.ts";
import type { ReadPlans } from "../plans/read-plans.ts";

type MarkPorts = Pick<PlanPorts, "planFiles" | "clock"> & { readonly read: ReadPlans };

/** What came of a mark. */
export interface MadeMark extends Omit<Marked["marks"][number], "files"> {
  /** Digests of the files that were looked at, as they were, and of those that were written, as they are. */
  readonly before: SeenFiles;
  readonly after: SeenFiles;
}

const ACTIONS = {
  completed: "tick",
  in_progress: "start",
  failed: "fail",
  skipped: "skip",
  pending: "reset",
} as const;

/** Says of the task, or of its record, that it can't be marked so, now or later. */
const FOR_GOOD: ReadonlySet<string> = new Set(["PLAN_EDIT_REFUSED", "PLAN_TASK_UNKNOWN"]);

/** Mark tasks of a plan at once; where one of them can't be, each by itself, so that the others are. What is refused is told. */
export async function markTogether(
  ports: MarkPorts,
  mark: PlanMark,
  seen: ReadonlyMap<string, string>,
): Promise<MadeMark> {
  const made = await markOne(ports, mark, seen);
  if (made.problem === null || made.later || mark.tasks.length < 2) return made;
  const known = new Map(seen);
  const singles: MadeMark[] = [];
  for (const task of mark.tasks) {
    const single = await markOne(ports, { ...mark, tasks: [task] }, known);
    for (const [path, digest] of single.after) known.set(path, digest);
    singles.push(single);
  }
  return {
    before: singles[0]?.before ?? [],
    after: singles.flatMap(({ after }) => after),
    problem: singles.find(({ problem }) => problem !== null)?.problem ?? null,
    later: singles.find(({ later }) => later)?.later ?? null,
    refused: mark.tasks.filter((_, index) => singles[index]?.problem !== null),
  };
}

async function markOne(
  ports: MarkPorts,
  mark: PlanMark,
  seen: ReadonlyMap<string, string>,
): Promise<MadeMark> {
  const { file, tasks, state, words } = mark;
  const wish = {
    names: tasks,
    action: ACTIONS[state],
    ...(words !== undefined && { words }),
  };
  try {
    const { before, after } = await markPlan(ports, file, wish, seen);
    return { before, after, problem: null };
  } catch (error) {
    if (!(error instanceof WavegateError)) throw error;
    const { code, message, hint } = error;
    // What failed is reset before it is begun again.
    if (state === "in_progress" && code === "PLAN_EDIT_REFUSED") {
      const reset = await markOne(ports, { file, tasks, state: "pending" }, seen);
      if (reset.problem === null && reset.after.length > 0) {
        const now = new Map([...seen, ...reset.after]);
        const begun = await markOne(ports, { ...mark, state: "in_progress" }, now);
        return { ...begun, before: reset.before, after: [...reset.after, ...begun.after] };
      }
    }
    const problem = `${code}: ${message}`;
    const later = FOR_GOOD.has(code) ? null : { code, message, hint };
    return { before: [], after: [], problem, later };
  }
}
