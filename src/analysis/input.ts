import type { PlanGraph } from "../plan/graph/model.ts";
import type { Plan, PlanDiagnostic } from "../plan/model.ts";
import type { UsesByTask } from "../plan/resources/plan-uses.ts";
import type { PlanStatus } from "../plan/status/model.ts";
import type { RecordedProgress } from "../plan/progress/progress.ts";

/** All that an analysis looks at. */
export interface AnalysisInput {
  /** At least one. Sorted by file. */
  readonly plans: readonly AnalysedPlan[];
  /** Files of the project that have to do with plans, sorted by path. */
  readonly files: readonly RelatedFile[];
  /** Plans that could not be read, and why. */
  readonly unread: readonly { readonly file: string; readonly reason: string }[];
}

export interface AnalysedPlan {
  /** Unique among the plans analysed. */
  readonly name: string;
  readonly file: string;
  readonly plan: Plan;
  /** The file that was named, as it is. */
  readonly text: string;
  /** Phases wait for the ones before, as the dialect has it; guessed edges included. */
  readonly barriers: PlanGraph;
  /** Only what the text says: no barriers between phases. */
  readonly declared: PlanGraph;
  readonly uses: UsesByTask;
  readonly status: PlanStatus | undefined;
  /** What the status file says of each task, by key. */
  readonly recorded: ReadonlyMap<string, RecordedProgress>;
  /** Of the plan, its graphs and its status file. */
  readonly diagnostics: readonly PlanDiagnostic[];
}

/** A file of the project that has to do with plans. */
export interface RelatedFile {
  /** Relative to the project, with `/`. */
  readonly path: string;
  readonly bytes?: number;
  /** Of files whose words are looked at: commands, scripts, pointers, configuration. */
  readonly text?: string;
}
