import type { RepositoryListing } from "../repository/model.ts";

/** How much of a project is taken in; past it files are left out, and it is said. */
export interface RepositoryLimits {
  /** Files that are listed. */
  readonly maxFiles: number;
  /** Bytes of one file whose text is read. */
  readonly maxFileBytes: number;
  /** Bytes of text in all. */
  readonly maxBytes: number;
}

/** Lists and reads the files of the user's project; never writes, never follows a link, never runs what the project brings. */
export interface Repository {
  /**
   * Every file that belongs to the project: what git tracks or would track, or all but well-known build output where
   * there is no git. Never throws for what is on disk: what cannot be read is counted with its reason.
   */
  read(limits?: Partial<RepositoryLimits>): Promise<RepositoryListing>;
}
