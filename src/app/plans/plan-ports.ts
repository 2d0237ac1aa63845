import type { Clock } from "../../ports/clock.ts";
import type { CommitLog } from "../../ports/commit-log.ts";
import type { FileWatch } from "../../ports/file-watch.ts";
import type { FindOtherRepository } from "../../ports/other-repository.ts";
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
  readonly otherRepository: FindOtherRepository;
  /** Those of the user's project, where these are of another. */
  readonly home?: PlanPorts;
  /** Absolute path of the repository, where it is not the user's project. */
  readonly otherRoot?: string;
  readonly clock: Clock;
  /** SHA-256, in hex. */
  readonly digestOf: (text: string) => string;
}

/** The ports of the repository that a path lies in; the user's own, where it is no path of another one. For reading only. */
export const portsFor = (ports: PlanPorts, given: string | undefined): PlanPorts => {
  if (given === undefined) return ports;
  const { home = ports } = ports;
  const other = home.otherRepository(given);
  return other ? { ...home, ...other, home } : home;
};
