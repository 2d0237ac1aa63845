import type { Result } from "../core/result.ts";

/** What was changed together in a project, for who looks for files that belong together. */
export interface CommitLog {
  /**
   * The files of the newest commits, merges left out, newest first; relative to the project, those outside of it left out. An
   * error's text says why there are none: no git, no commits.
   */
  changedFiles(request: {
    readonly commits: number;
  }): Promise<Result<readonly (readonly string[])[], string>>;
}
