import { channelOf } from "./bell.ts";
import type { Database } from "./database.ts";

/** Where a project's rows are, and how its processes are told. */
export interface Store {
  readonly database: Database;
  readonly project: string;
  readonly channel: string;
  /** A worker whose heart has not beaten for this long is dead. By the database's clock. */
  readonly deadAfterMs: number;
  /** Of this process: what decides how work is done here, as a digest. */
  readonly settings: string;
}

export const storeOf = (
  database: Database,
  given: Pick<Store, "project" | "deadAfterMs" | "settings">,
): Store => ({ database, channel: channelOf(given.project), ...given });

/** One execution of a run: what its writes must still be true of, or they change nothing. */
export interface Lease {
  /** Of its row: that of a run, or of a shared child. */
  readonly runId: string;
  readonly workerId: string;
  readonly epoch: number;
  /** Where the row is that of a shared child. */
  readonly part?: Part | undefined;
}

/** A shared child, executed like a run, on whose behalf it writes. */
export interface Part {
  /** The run's id. */
  readonly of: string;
  /** Its name in the run. */
  readonly name: string;
}

/** The run that an execution writes to. */
export const runOf = ({ runId, part }: Lease): string => part?.of ?? runId;

/** The id of a shared child's row: no run has such a one, and no other child of any run. */
export const partId = ({ of, name }: Part): string =>
  `${of}:${plain(name).replaceAll("~", "~0").replaceAll("/", "~1")}`;

/**
 * How a statement with the project in $1 and a lease's row, worker and epoch in $2, $3, $4 says that it counts, and which
 * run it writes to. What a shared child writes holds its own row, so that nobody takes it meanwhile.
 */
export interface Fence {
  readonly with: string;
  readonly run: string;
  readonly held: string;
}

const OF_RUN: Fence = { with: "", run: "$2", held: "worker_id = $3 and epoch = $4" };
const OF_PART: Fence = {
  with: `lease as (select 1 from wavegate.runs
    where project = $1 and run_id = $2 and worker_id = $3 and epoch = $4 and ended is null for no key update),`,
  run: "split_part($2, ':', 1)",
  held: "exists (select from lease)",
};

/** A statement in both its forms, made once. */
export const fenced = (sql: (fence: Fence) => string): ((lease: Lease) => string) => {
  const [ofRun, ofPart] = [sql(OF_RUN), sql(OF_PART)];
  return ({ part }) => (part ? ofPart : ofRun);
};

/** A notification's payload. */
export const ringing = (topic: string): string => JSON.stringify({ topic });

/** What a `text` column can't hold is left out. */
export const plain = (text: string): string => text.replaceAll("\u0000", "");
