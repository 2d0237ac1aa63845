import type { Estimate, Origin, TaskMention } from "../model.ts";
import type { PlanHead } from "./plan-head.ts";
import type { PhaseStanding } from "./status-answer.ts";

export interface PhaseDetail extends PhaseStanding {
  readonly objective: string | null;
  readonly story: string | null;
  /** What the whole phase waits for. */
  readonly after: readonly {
    readonly phase: string;
    readonly origin: Origin;
    readonly done: boolean;
  }[];
  /** Tasks whose end lets it begin in place of the phase before. */
  readonly startsWhen: readonly TaskMention[];
  /** Groups that run one at a time, as ranges. */
  readonly sequences: readonly { readonly range: string; readonly reason: string }[];
  /** Tasks marked parallel; null where the dialect has no such mark. */
  readonly parallel: number | null;
  /** Most of its tasks that nothing keeps from running at once. */
  readonly width: number;
  readonly estimate: Estimate | null;
}

/** The phases of a plan, with what each waits for. */
export interface PhasesAnswer {
  readonly plan: PlanHead;
  readonly phases: readonly PhaseDetail[];
}
