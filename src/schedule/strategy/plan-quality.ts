import type { Level, Measured } from "./measured.ts";

/** S3 "Execution Plan Quality Metrics", computed (MISSION WV-12). */
export interface PlanQuality {
  readonly completeness: Measured;
  readonly optimisation: Measured;
  readonly feasibility: Measured;
  readonly riskCoverage: Measured;
  readonly coordinationDesign: Measured;
  /** The worst of them. */
  readonly level: Level;
}
