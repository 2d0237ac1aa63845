import type { Clock } from "../../ports/clock.ts";
import type { CommitLog } from "../../ports/commit-log.ts";
import type { FileWatch } from "../../ports/file-watch.ts";
import type { PlanContext } from "../../ports/plan-context.ts";
import type { PlanFiles } from "../../ports/plan-files.ts";
import type { ProjectPaths } from "../../ports/project-paths.ts";

/** What the use cases about plans reach. */
export interface PlanPorts {
  readonly planFiles: PlanFiles;
  readonly planContext: PlanContext;
  readonly projectPaths: ProjectPaths;
  readonly commitLog: CommitLog;
  readonly fileWatch: FileWatch;
  readonly clock: Clock;
  /** SHA-256, in hex. */
  readonly digestOf: (text: string) => string;
}
