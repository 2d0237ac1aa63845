import type { Project } from "../project/project.ts";
import type { Schedule } from "../project/schedule.ts";
import type { Assignment } from "./assignments.ts";
import type { Bottleneck } from "./bottleneck.ts";
import type { Coordination } from "./coordination/coordination.ts";
import type { CriticalAnalysis } from "./critical-analysis.ts";
import type { Efficiency } from "./efficiency.ts";
import type { Forecast } from "./forecast.ts";
import type { Milestone } from "./milestones.ts";
import type { Monitoring } from "./monitoring.ts";
import type { PlanQuality } from "./plan-quality.ts";
import type { QualityAssurance } from "./quality-gates.ts";
import type { RiskRegister } from "./risks/risk.ts";
import type { Shortenings } from "./shortenings.ts";
import type { Price, Wave } from "./waves.ts";
import type { Workload } from "./workload.ts";

/**
 * Everything that is said of a project and its schedule, in one object that all outputs are made from: S3's five files, the documents, the
 * page, `.ics`. Minutes are of working time on the project's axis unless they are called instants (minutes since 1970-01-01T00:00Z).
 */
export interface Strategy {
  readonly project: Project;
  readonly schedule: Schedule;
  /** Minutes of a working day. */
  readonly dayMinutes: number;
  readonly critical: CriticalAnalysis;
  /** Worst first. */
  readonly bottlenecks: readonly Bottleneck[];
  readonly milestones: readonly Milestone[];
  readonly waves: readonly Wave[];
  /** What it would cost to run wave after wave, each a barrier. Undefined for one wave, and where nothing was scheduled anew. */
  readonly allBarriers?: Price;
  /** What would shorten it most, where that was tried. */
  readonly shortenings?: Shortenings;
  readonly workload: Workload;
  readonly efficiency: Efficiency;
  /** In the order of the project's activities; those that need nobody have none. */
  readonly assignments: readonly Assignment[];
  /** What several wait for in turn: S3 `resource_constraints`. */
  readonly constraints: readonly ResourceConstraint[];
  readonly forecast: Forecast;
  readonly risks: RiskRegister;
  readonly quality: QualityAssurance;
  readonly coordination: Coordination;
  readonly monitoring: Monitoring;
  readonly planQuality: PlanQuality;
}

export interface ResourceConstraint {
  readonly resource: string;
  /** `given`: the plan's own, in its words. */
  readonly source: "derived" | "given";
  /** `shared_database`, `shared_file`, … */
  readonly type: string;
  readonly description: string;
  readonly impact: string;
  /** What of it shows in this schedule. */
  readonly observed: string;
  readonly mitigation: string;
  readonly users: readonly string[];
}
