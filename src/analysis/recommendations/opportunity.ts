import type { FilePlace } from "../../core/place.ts";
import type { Plan } from "../../plan/model.ts";
import type { UsesByTask } from "../../plan/resources/plan-uses.ts";

/** A plan as changes leave it. */
export interface PlanState {
  readonly plan: Plan;
  readonly uses: UsesByTask;
  /** Tasks that a change added, with the key of the one that they are a part of. */
  readonly partOf: ReadonlyMap<string, string>;
}

export type OpportunityKind =
  | "overlap-phases"
  | "declare-dependencies"
  | "drop-sequence"
  | "narrow-sequence"
  | "non-blocking-verification"
  | "mark-parallel"
  | "split-task"
  | "split-file";

/** A change of a plan that may shorten it. What it saves is measured by making the change and running the plan again. */
export interface Opportunity {
  readonly kind: OpportunityKind;
  /** What to do, as an order: `Let phase 2 run beside phase 1`. */
  readonly deed: string;
  /** What in the plan speaks for it. */
  readonly because: string;
  /** What could be wrong with it; undefined where nothing is known. */
  readonly caution?: string;
  readonly places: readonly FilePlace[];
  /** Tasks to be looked at first, as what they name can't show what the change would break. */
  readonly unproven: number;
  /** Lines of the plan that change; those of unproven tasks are among them. */
  readonly lines: number;
  /** `plan`: an edit of the plan. `architecture`: what is built, or how the plan is run, becomes another. */
  readonly effort: "plan" | "architecture";
  readonly change: (state: PlanState) => PlanState;
}

export type OpportunityGroup = "quick" | "architecture" | "unproven";

export const groupOf = ({ unproven, effort }: Opportunity): OpportunityGroup => {
  if (unproven > 0) return "unproven";
  return effort === "plan" ? "quick" : "architecture";
};
