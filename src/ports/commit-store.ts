/** A commit that others may need. */
export interface KeptCommit {
  readonly runId: string;
  readonly commit: string;
  /** A commit that it leads to, and that whoever needs it has or gets: the one that a task worked from, the head before. */
  readonly base: string;
  /** `head`: others will be kept with this one as their base; `result`: none will. */
  readonly kind: "head" | "result";
}

/**
 * Commits of runs for other machines, whose clones of the repository don't have them. What is named in a journal must be kept first.
 * Rejects with a `WavegateError` where only a person can help: COMMIT_MISSING, COMMIT_TOO_LARGE.
 */
export interface CommitStore {
  /** Keep what a commit has and its base has not; on return it is kept. Again: nothing happens. */
  put(kept: KeptCommit): Promise<void>;
  /** See that the repository here has it: from what is kept, else from the remote that the user named for that. */
  get(commit: string, signal?: AbortSignal): Promise<void>;
}
