/** Content as it is referred to. */
export interface Content {
  /** SHA-256 of its bytes, in hex. */
  readonly digest: string;
  readonly bytes: number;
}

/** How a commit is kept: as a bundle of what it has and another has not. */
export interface CommitRow extends Content {
  readonly runId: string;
  readonly commit: string;
  /** Commit that the bundle begins with: an ancestor, kept likewise or in every clone. */
  readonly needs: string;
  /** How many commits were kept one on the other up to this one, and up to `needs`. */
  readonly depth: number;
  readonly needsDepth: number;
}

/** A commit of a run under a name, for good: a point to go back to. */
export interface CommitName {
  readonly runId: string;
  readonly name: string;
  readonly commit: string;
}

/**
 * What the machines of a project share besides runs: content by digest, and which commits it holds. It looks into nothing: whoever takes
 * content compares it with its digest. While the store can't be reached calls wait, as long as the signal allows, or ten minutes.
 */
export interface SharedStore {
  /** Keep content, whole or not at all; `read` gives its bytes from one place to before another. */
  keep(
    content: Content,
    read: (from: number, to: number) => Promise<Uint8Array>,
    signal?: AbortSignal,
  ): Promise<void>;
  /** Hand content over, in order; false where it is not kept. */
  take(
    digest: string,
    write: (bytes: Uint8Array) => Promise<void>,
    signal?: AbortSignal,
  ): Promise<boolean>;
  /** Say how a commit is kept, once its content is. The first to say so counts. Also clears what runs left that ended long ago. */
  addCommit(row: CommitRow, signal?: AbortSignal): Promise<void>;
  findCommit(commit: string, signal?: AbortSignal): Promise<CommitRow | undefined>;
  /** The first to say so counts. */
  nameCommit(name: CommitName, signal?: AbortSignal): Promise<void>;
  namedCommit(runId: string, name: string, signal?: AbortSignal): Promise<string | undefined>;
}
