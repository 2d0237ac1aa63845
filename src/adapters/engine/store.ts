import { channelOf } from "./bell.ts";
import type { Database } from "./database.ts";

/** Where a project's rows are, and how its processes are told. */
export interface Store {
  readonly database: Database;
  readonly project: string;
  readonly channel: string;
  /** A worker whose heart has not beaten for this long is dead. By the database's clock. */
  readonly deadAfterMs: number;
}

export const storeOf = (database: Database, project: string, deadAfterMs: number): Store => ({
  database,
  project,
  channel: channelOf(project),
  deadAfterMs,
});

/** One execution of a run: what its writes must still be true of, or they change nothing. */
export interface Lease {
  readonly runId: string;
  readonly workerId: string;
  readonly epoch: number;
}

/** A notification's payload. */
export const ringing = (topic: string): string => JSON.stringify({ topic });

/** What a `text` column can't hold is left out. */
export const plain = (text: string): string => text.replaceAll("\u0000", "");
