import { approvedAnew } from "../../execution/approved-anew.ts";
import { isFinished } from "../../execution/task-state.ts";
import { err, ok, type Result } from "../../core/result.ts";
import type { StopReason } from "../../stage/records.ts";
import { Stopped, stoppableSteps } from "../stoppable-steps.ts";
import { plannedMinutes } from "./replan.ts";
import { nextName, type PlanRun } from "./plan-run.ts";
import { takeAnew } from "./sync-plans.ts";
import { testBase } from "./test-base.ts";

/**
 * Go on with plans that were carried out to their end and approved anew since, within the same run: what landed stays, and is not done again. It
 * begins from the commit that HEAD is on where that leads on from what landed, else from what landed. Gives how many tasks are done already.
 */
export async function beginAgain(run: PlanRun): Promise<Result<number, StopReason>> {
  try {
    return ok(await begin(run));
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
    return err(error.reason);
  }
}

async function begin(run: PlanRun): Promise<number> {
  const { ports, steps, input, begun, between } = run;
  const { runId } = steps;
  const name = nextName(run, "again");
  const again = await stoppableSteps(steps).attempt({ name }, async () => {
    const taken = await ports.takePlans(input);
    const { commit: to } = await ports.workspaces.state();
    const move = { runId, from: run.head, to, branches: run.branches };
    const moved = to === run.head ? undefined : await ports.landing.advance(move);
    const on = moved?.ok === true ? { head: to, branches: moved.value } : null;
    return { taken, on, at: ports.clock.now() };
  });
  between.now = again.at;
  if (again.on) {
    run.head = begun.base = again.on.head;
    run.branches = again.on.branches;
    run.proven = null;
  }
  reopenSessions(run);
  run.seen = again.taken.seen;
  run.reached.clear();
  await takeAnew(run, again.taken, approvedAnew);
  for (const [key, { status }] of run.state.tasks) if (status === "open") run.notes.delete(key);
  const minutes = (again.at - begun.at) / 60_000;
  begun.plannedEnd = minutes + plannedMinutes(run.work, run.state, input.limits.workers);
  delete begun.toldEnd;
  if (again.on) await testBase(run);
  return [...run.state.tasks.values()].filter(isFinished).length;
}

/** They were archived as the run went no further. */
function reopenSessions({ between }: PlanRun): void {
  const sessions = new Map(between.state.sessions);
  for (const [id, state] of sessions)
    if (state.status === "archived") sessions.set(id, { ...state, status: "completed" });
  between.state = { ...between.state, sessions };
}
