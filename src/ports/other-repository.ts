import type { CommitLog } from "./commit-log.ts";
import type { FileWatch } from "./file-watch.ts";
import type { PlanContext } from "./plan-context.ts";
import type { PlanFiles } from "./plan-files.ts";
import type { ProjectPaths } from "./project-paths.ts";

/** A repository that the user named a path in, and is not in. For reading only. */
export interface OtherRepository {
  /** Absolute path. */
  readonly otherRoot: string;
  readonly planFiles: PlanFiles;
  readonly planContext: PlanContext;
  readonly projectPaths: ProjectPaths;
  readonly commitLog: CommitLog;
  readonly fileWatch: FileWatch;
}

/**
 * The repository that a path lies in: the nearest one at or above it, else the folder that its plans would be found from, else the folder itself.
 * Undefined where that is the user's project, or nothing is there.
 */
export type FindOtherRepository = (given: string) => OtherRepository | undefined;
