import type { LedgerChange, Ledgers } from "../../ports/ledgers.ts";
import { EMPTY_LEDGER, type Ledger } from "../../stage/budget/ledger.ts";
import { Bell, channelOf } from "./bell.ts";
import { Database, openPool, withHost } from "./database.ts";
import { migrate } from "./schema.ts";
import { ringing } from "./store.ts";

export interface LedgersOptions {
  readonly databaseUrl: string;
  readonly project: string;
  /** Between two looks while waiting, should a notification be lost. Default 1 s. */
  readonly lookEveryMs?: number;
}

const topicOf = (runId: string): string => `ledger ${runId}`;

/**
 * Ledgers in PostgreSQL, one row each, changed by compare-and-set on its version: who read what somebody changed meanwhile
 * reads again. Who waits is told of changes. Close it to let go of the database.
 */
export function createLedgers(options: LedgersOptions): Ledgers & { close(): Promise<void> } {
  const { project, lookEveryMs = 1_000 } = options;
  const databaseUrl = withHost(options.databaseUrl);
  const channel = channelOf(project);
  const pool = openPool(databaseUrl, 2);
  const database = new Database(pool, () => migrate(databaseUrl));
  const bell = new Bell(databaseUrl, channel, lookEveryMs);

  const read = async (runId: string, signal?: AbortSignal): Promise<Row> => {
    const sql = "select version, ledger from wavegate.ledgers where project = $1 and run_id = $2";
    const [row] = await database.rows<Row>(sql, [project, runId], signal);
    return row ?? { version: 0, ledger: EMPTY_LEDGER };
  };
  const write = async (runId: string, { version, ledger }: Row, signal: AbortSignal) => {
    const topic = topicOf(runId);
    const values = [project, runId, version, JSON.stringify(ledger), channel, ringing(topic)];
    return (await database.rows(WRITE, values, signal)).length > 0;
  };
  const attempt = async <T>(
    runId: string,
    change: (ledger: Ledger) => LedgerChange<T>,
    signal: AbortSignal,
  ): Promise<{ readonly value: T } | undefined> => {
    for (;;) {
      signal.throwIfAborted();
      const { version, ledger } = await read(runId, signal);
      const made = change(ledger);
      if (made === "wait") return undefined;
      const { value } = made;
      if (made.ledger === ledger) return { value };
      if (await write(runId, { version, ledger: made.ledger }, signal)) return { value };
    }
  };
  return {
    read: async (runId) => (await read(runId)).ledger,
    async change(runId, change, signal) {
      const look = () => attempt(runId, change, signal);
      const made = (await look()) ?? (await bell.until(topicOf(runId), look, signal));
      if (made) return made.value;
      throw signal.reason ?? new Error("the ledgers are closed");
    },
    async close() {
      await bell.close();
      await pool.end();
    },
  };
}

interface Row {
  readonly version: number;
  readonly ledger: Ledger;
}

/** Changes nothing where the version is not the one that was read. */
const WRITE = `
  with written as (
    insert into wavegate.ledgers as l (project, run_id, version, ledger) values ($1, $2, $3::int + 1, $4)
    on conflict (project, run_id) do update set version = excluded.version, ledger = excluded.ledger
      where l.version = $3::int
    returning 1)
  select pg_notify($5, $6) from written`;
