/** One changed file of a result, as git's raw diff tells it. Paths are relative to the repository, with `/`. */
export interface FileChange {
  readonly path: string;
  readonly change: "added" | "modified" | "deleted" | "renamed";
  /** Where a renamed file was. */
  readonly from?: string;
  /** Git's modes, six digits; undefined before it was there and after it is gone. */
  readonly before?: string;
  readonly after?: string;
  /** Where a link leads, as written. */
  readonly target?: string;
}
