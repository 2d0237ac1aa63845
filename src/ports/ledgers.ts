import type { Ledger } from "../stage/budget/ledger.ts";

/** What is to be made of a ledger, with what that gives; `wait`: nothing yet, look again when it has changed. */
export type LedgerChange<T> = { readonly ledger: Ledger; readonly value: T } | "wait";

/**
 * What runs use of their budgets (PX-11), one ledger for each run, shared by all workers of the project. It holds no policy:
 * what becomes of a ledger says who changes it. While the store can't be reached calls wait, as long as the signal allows.
 */
export interface Ledgers {
  /** As it stands; an empty one of a run that has none. */
  read(runId: string): Promise<Ledger>;
  /**
   * Make a ledger what `change` says, and give its value. Of several at once each sees what the one before it made.
   * `change` may be called any number of times, and again on what it made itself: then it must change nothing more.
   * Rejects with the signal's reason.
   */
  change<T>(
    runId: string,
    change: (ledger: Ledger) => LedgerChange<T>,
    signal: AbortSignal,
  ): Promise<T>;
}
