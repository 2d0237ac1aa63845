import { countStates } from "../../execution/hold-info.ts";
import { stateOfTask } from "../../execution/run-state.ts";
import type { PlanRunOutcome } from "../run-plan-input.ts";
import type { PlanRun } from "./plan-run.ts";

/** What plans stand on that are carried out within a run of stages: the files that its gates approved. */
export interface Ground {
  /** Why it is not as it was approved; null where it is. */
  changed(): Promise<string | null>;
  /** Hold the run for a person; whether the plans still stand then. */
  hold(): Promise<boolean>;
}

/** Whether what is carried out has nothing to stand on any more: then nothing more of it is begun. */
export async function isLost(run: PlanRun): Promise<boolean> {
  const why = (await run.ground?.changed()) ?? null;
  if (why !== null) run.lost = why;
  return why !== null;
}

/** Where nothing is at work any more, have a person say what is to become of it; how it ended where it is over. */
export async function standsAgain(run: PlanRun, why: string): Promise<PlanRunOutcome | undefined> {
  const stands = (await run.ground?.hold()) ?? true;
  delete run.lost;
  if (stands) return undefined;
  const counts = countStates(run.work, (key) => stateOfTask(run.state, key));
  return { status: "failed", message: why, ...counts, head: run.head };
}
