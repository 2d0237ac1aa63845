import type { ExecutionFigures } from "../../../history/execution/execution-figures.ts";
import type { PlanComparison } from "../../../history/execution/compare-with-plan.ts";
import type { ExecutionHistory } from "../../../history/execution/execution-history.ts";

/** What all of the page is made from. */
export interface PageFacts {
  readonly history: ExecutionHistory;
  readonly figures: ExecutionFigures;
  readonly comparison: PlanComparison;
  /** Milliseconds since the epoch at which the picture ends. */
  readonly until: number;
  /** Of minutes as planned to milliseconds on the axis; other than 60,000 where planned bars are on a scale of their own. */
  readonly plannedScale: number;
}
