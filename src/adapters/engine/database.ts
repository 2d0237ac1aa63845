import { Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { Pool, type ClientConfig, type QueryResultRow } from "pg";
import { WavegateError } from "../../core/error.ts";
import { oneLine } from "../../core/text.ts";

/** How long a person waits for a server that restarts before being told. */
const PATIENCE_MS = 5_000;

/**
 * Failures of the connection, not of the statement: the server restarts, is not there yet, cut the line, or has so much to do that a
 * statement waited longer than any of ours takes.
 */
const CONNECTION_CODES = new Set([
  "57014",
  "55P03",
  "57P01",
  "57P02",
  "57P03",
  "53300",
  "25P03",
  "40P01",
  "ECONNREFUSED",
  "ECONNRESET",
  "ENOENT",
  "EPIPE",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "EAI_AGAIN",
]);
const CONNECTION_WORDS =
  /connection (?:terminated|timeout|ended|error)|timeout exceeded|read timeout|not queryable/i;

/**
 * Settings every connection of ours has, so that none can hang for ever on a dead peer or hold a lock for one. Over a
 * unix socket the server ignores the `tcp_` ones.
 */
export const connectionSettings = (databaseUrl: string): ClientConfig => ({
  connectionString: databaseUrl,
  connectionTimeoutMillis: 5_000,
  statement_timeout: 15_000,
  query_timeout: 20_000,
  lock_timeout: 10_000,
  idle_in_transaction_session_timeout: 10_000,
  keepAlive: true,
  application_name: "wavegate",
  options:
    "-c tcp_user_timeout=10000 -c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3",
});

/** A URL that says only by `?host=` where the socket is, with a host as well: not every reader of it knows the other way. */
export const withHost = (databaseUrl: string): string =>
  databaseUrl.replace(/^(postgres(?:ql)?:\/\/(?:[^/?#]*@)?)(?=[/?])/, "$1localhost");

/** Failures of a connection that DBOS does not know as such, and the like ones that it knows: a line cut while it was written to, and no socket of a server that restarts. */
const KNOWN_TO_DBOS: Readonly<Record<string, string>> = {
  "write EPIPE": "ECONNRESET",
  "connect ENOENT": "ECONNREFUSED",
};

/** A socket whose errors DBOS knows: of others it would make the end of a run's execution, and of its agents. */
export function openSocket(): Socket {
  const socket = new Socket();
  socket.on("error", (error: NodeJS.ErrnoException) => {
    const code = KNOWN_TO_DBOS[`${error.syscall} ${error.code}`];
    if (code !== undefined) error.code = code;
  });
  return socket;
}

export function openPool(databaseUrl: string, max: number): Pool {
  const pool = new Pool({
    ...connectionSettings(databaseUrl),
    stream: openSocket,
    max,
    idleTimeoutMillis: 10_000,
    allowExitOnIdle: true,
  });
  // Without a listener a restart of the server ends the process.
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));
  return pool;
}

/** Runs our own statements. Each is one statement that can be repeated: after a lost connection it is. */
export class Database {
  readonly #pool: Pool;
  readonly #prepare: () => Promise<void>;
  #prepared: Promise<void> | undefined;

  /** `prepare` runs before the first statement, once it has succeeded: it brings the tables up to date. */
  constructor(pool: Pool, prepare: () => Promise<void>) {
    this.#pool = pool;
    this.#prepare = prepare;
  }

  /**
   * The rows of one statement. While the server can't be reached it is tried again: as long as the signal allows, or
   * for 5 s without one. Throws DATABASE_UNAVAILABLE after that.
   */
  async rows<Row>(text: string, values: readonly unknown[], signal?: AbortSignal): Promise<Row[]> {
    const giveUp = performance.now() + PATIENCE_MS;
    for (let pause = 20; ; pause = Math.min(pause * 2, 500)) {
      try {
        await this.#ready();
        const { rows } = await this.#pool.query<Row & QueryResultRow>(text, [...values]);
        return rows;
      } catch (error) {
        if (!isConnectionFailure(error)) throw error;
        if (signal ? signal.aborted : performance.now() > giveUp) throw unavailable(error);
        await delay(pause);
      }
    }
  }

  async #ready(): Promise<void> {
    this.#prepared ??= this.#prepare();
    try {
      await this.#prepared;
    } catch (error) {
      this.#prepared = undefined;
      throw error;
    }
  }
}

export function isConnectionFailure(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  if (CONNECTION_CODES.has(code) || code.startsWith("08")) return true;
  if (error instanceof AggregateError) return error.errors.some(isConnectionFailure);
  return CONNECTION_WORDS.test(error.message);
}

export const unavailable = (cause: unknown): WavegateError =>
  new WavegateError(
    "DATABASE_UNAVAILABLE",
    `The database can't be reached: ${oneLine(cause instanceof Error ? cause.message || cause.name : String(cause), 200)}`,
    { hint: "Check that it runs, with `wavegate doctor`. Nothing recorded is lost.", cause },
  );
