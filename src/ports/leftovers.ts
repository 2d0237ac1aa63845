/**
 * Ends what an attempt left running whose worker died: its program goes on alone, and must not meet what comes after it. `folder` is the
 * attempt's output folder; does nothing where nothing was started from it, or all of that has ended.
 */
export type EndLeftovers = (folder: string) => Promise<void>;

/**
 * Ends what attempts of a run left running on this machine whose worker has certainly died; what others work on is theirs to end. Gives how
 * many processes that were.
 */
export type EndForsaken = (runId: string) => Promise<number>;
