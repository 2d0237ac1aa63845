import type { ExactSolver } from "../../ports/exact-solver.ts";
import type { ScheduleSearch } from "../../ports/schedule-search.ts";
import type { PlanPorts } from "../plans/plan-ports.ts";

/** What the use cases about schedules reach. */
export interface SchedulePorts extends PlanPorts {
  readonly scheduleSearch: ScheduleSearch;
  readonly exactSolver: ExactSolver;
  /** Agents at once over all runs of the project, if the configuration limits them. */
  readonly agentLimit: () => Promise<number | null>;
}
