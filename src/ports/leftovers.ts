/**
 * Ends what an attempt left running whose worker died: its program goes on alone, and must not meet what comes after it. `folder` is the
 * attempt's output folder; does nothing where nothing was started from it, or all of that has ended.
 */
export type EndLeftovers = (folder: string) => Promise<void>;
