import type { Project } from "../project/project.ts";
import type { Schedule } from "../project/schedule.ts";
import type { CriticalAnalysis } from "./critical-analysis.ts";
import type { Forecast } from "./forecast.ts";
import type { PartialOrder } from "./order/model.ts";
import type { Timeline } from "./timeline.ts";

/** What the parts of a strategy are derived from. */
export interface Basis {
  readonly project: Project;
  readonly schedule: Schedule;
  readonly timeline: Timeline;
  readonly order: PartialOrder;
  readonly critical: CriticalAnalysis;
  readonly forecast: Forecast;
}
