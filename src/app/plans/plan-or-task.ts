import { WavegateError } from "../../core/error.ts";
import { oneLine } from "../../core/text.ts";
import { findTask } from "../../plan/edits/find-task.ts";
import { findCurrentPlan, lookForPlan, type FoundPlan } from "./find-plan.ts";
import { openPlan } from "./open-plan.ts";
import type { PlanPorts } from "./plan-ports.ts";

/** A plan, and what else was named: tasks of it. */
export interface PlanAndTasks {
  readonly found: FoundPlan;
  readonly tasks: readonly string[];
}

/**
 * The first name is the plan, unless it is none and there is a current plan: then all of them are tasks of that. An id may look like a
 * path that leads out of the project (`../x`), or like the beginning of several plans' names: where the current plan has
 * such a task, or the name stands alone, it is the task.
 */
export async function planOrTask(
  ports: PlanPorts,
  names: readonly [string, ...(readonly string[])],
): Promise<PlanAndTasks> {
  const [first, ...rest] = names;
  const looked = await lookForPlan(ports, first);
  if (looked.found) return { found: looked.plan, tasks: rest };
  const found = await findCurrentPlan(ports).catch((error: unknown) => {
    if (!(error instanceof WavegateError)) throw error;
    if (looked.error) throw looked.error;
    if (rest.length === 0) throw error;
    throw new WavegateError(
      "PLAN_NOT_FOUND",
      `There is no plan ${oneLine(first, 200)}, and none is current.`,
      { hint: error.hint, place: { file: first }, cause: error },
    );
  });
  if (looked.error && rest.length > 0) {
    const { plan } = await openPlan(ports, found);
    if (!findTask(plan, first).ok) throw looked.error;
  }
  return { found, tasks: names };
}

/** A plan and at least one task. Throws USAGE where only a plan was named. */
export async function planAndTasks(
  ports: PlanPorts,
  [first = "", ...rest]: readonly string[],
): Promise<PlanAndTasks> {
  const named = await planOrTask(ports, [first, ...rest]);
  if (named.tasks.length > 0) return named;
  throw new WavegateError("USAGE", "No task was named.", {
    hint: "Name tasks behind the plan, by their ids.",
  });
}
