import type { Find } from "./finding.ts";
import type { RiskCategory } from "./risk.ts";

/** A kind of risk that a graph and its schedule show by themselves, with what is done about it. */
export interface RiskRule {
  readonly id: string;
  readonly category: RiskCategory;
  /** The risk's name is this and what was found. */
  readonly name: string;
  readonly find: Find;
  readonly detectionMethod: string;
  readonly earlyWarningSigns: readonly string[];
  readonly preventionMeasures: readonly string[];
  readonly responseProcedures: readonly string[];
  readonly contingencyPlan: string;
  /** A role of the decision hierarchy. */
  readonly owner: string;
}
