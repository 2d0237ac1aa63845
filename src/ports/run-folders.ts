/** The run folders as people read them. */
export interface RunFolders {
  /** Absolute path; the folder need not exist yet. */
  pathOf(runId: string): string;
  /** Every file of the run, relative to its folder, sorted by path. */
  list(runId: string): Promise<readonly { readonly path: string; readonly bytes: number }[]>;
  /** The text of one file, or undefined when there is none of that name in the folder. */
  read(runId: string, path: string): Promise<string | undefined>;
}
