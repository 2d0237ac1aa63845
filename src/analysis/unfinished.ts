import type { ResourceUse } from "../plan/resources/model.ts";
import { finished } from "../plan/progress/finished.ts";
import { progressOf } from "../plan/progress/progress.ts";
import type { AnalysedPlan } from "./input.ts";

/** Keys of the tasks of a plan that are still to be done, in its order: by boxes and status file. */
export function unfinishedTasks({ plan, barriers, recorded }: AnalysedPlan): readonly string[] {
  const progress = progressOf(barriers, recorded);
  return plan.tasks.flatMap(({ key }) => {
    const state = progress.get(barriers.indexOf.get(key) ?? -1)?.state ?? "open";
    return finished(state) ? [] : [key];
  });
}

/** Whether anything is known of what a task touches. */
export const isKnown = (uses: readonly ResourceUse[] | undefined): boolean =>
  (uses ?? []).some(({ vague }) => vague !== true);
