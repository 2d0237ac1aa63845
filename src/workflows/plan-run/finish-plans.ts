import { countStates } from "../../execution/hold-info.ts";
import { stateOfTask } from "../../execution/run-state.ts";
import type { FollowedTarget, PlanRunOutcome } from "../run-plan-input.ts";
import { emit, type PlanRun } from "./plan-run.ts";

/** All is done: what it came to, and where that is. */
export async function finish(run: PlanRun): Promise<PlanRunOutcome> {
  const counts = countStates(run.work, (key) => stateOfTask(run.state, key));
  await emit(run, { type: "plan-run-finished", ...counts, head: run.head });
  const target = targetOf(run);
  const branch = target?.lags === null ? target.name : run.input.branch;
  const lags = target && target.lags !== null ? `; ${target.name} is behind: ${target.lags}` : "";
  const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : "";
  return {
    status: "completed",
    message: `${counts.done} done${skipped}; on ${branch} at ${run.head.slice(0, 12)}${lags}`,
    ...counts,
    head: run.head,
    ...(target && { target }),
  };
}

/** The branch of the user's that was to follow, as the run left it. */
function targetOf({ input, branches, head }: PlanRun): FollowedTarget | undefined {
  const followed = branches.find(({ name }) => name === input.target);
  if (!followed) return undefined;
  const { name, at, lags } = followed;
  return { name, lags: lags ?? (at === head ? null : "it was not moved any more") };
}
