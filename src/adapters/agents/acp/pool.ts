import { ok, type Result } from "../../../core/result.ts";
import type { AcpConnection } from "./connection.ts";
import type { Failed } from "./conversation.ts";

/** A place for one session in a process. */
export interface Lease {
  readonly connection: AcpConnection;
  /** Whether other sessions may be in the same process. */
  readonly shared: boolean;
  /**
   * Give the place back. `fit`: the session ended as it should, so the process may serve others; else it is ended, and
   * its other sessions fail. Resolves when the process has ended, or serves on.
   */
  release(fit: boolean, graceMs: number): Promise<{ readonly survivors: number }>;
}

export interface Pool {
  /** A place in a process of this key (undefined: in one of its own); a new process where all are full, or why there is none. */
  take(
    key: string | undefined,
    start: () => Promise<Result<AcpConnection, Failed>>,
  ): Promise<Result<Lease, Failed>>;
  /** End every process that serves nobody, and those that do when they are given back. */
  close(): Promise<void>;
}

interface Entry {
  readonly key: string | undefined;
  readonly starting: Promise<Result<AcpConnection, Failed>>;
  /** There once it has started. */
  connection?: AcpConnection;
  leases: number;
  fit: boolean;
  idle?: NodeJS.Timeout;
  ending?: Promise<{ readonly survivors: number }>;
}

/** How long a process waits for another session before it is ended. */
const IDLE_MS = 60_000;
const IDLE_GRACE_MS = 2_000;

/** Processes of one agent, each with at most so many sessions at once. With 1, every session has a process of its own. */
export function createPool(sessionsPerProcess: number): Pool {
  const entries = new Set<Entry>();
  const isShared = ({ key }: Entry) => sessionsPerProcess > 1 && key !== undefined;
  let closing = false;

  const leaseOf = (entry: Entry, connection: AcpConnection): Lease => ({
    connection,
    shared: isShared(entry),
    async release(fit, graceMs) {
      entry.leases -= 1;
      const serves = fit && entry.fit && isShared(entry) && !connection.closed.aborted && !closing;
      if (!serves) return endProcess(entries, entry, { connection, graceMs });
      if (entry.leases === 0) endWhenIdle(entries, entry, connection);
      return { survivors: 0 };
    },
  });

  return {
    async take(key, start) {
      const free = [...entries].find(
        (entry) => isShared(entry) && isFree(entry, key, sessionsPerProcess),
      );
      const entry = free ?? { key, starting: start(), leases: 0, fit: true };
      entries.add(entry);
      entry.leases += 1;
      clearTimeout(entry.idle);
      const connection = await entry.starting.catch((error: unknown) => {
        entries.delete(entry);
        throw error;
      });
      if (!connection.ok) {
        entries.delete(entry);
        return connection;
      }
      entry.connection = connection.value;
      return ok(leaseOf(entry, connection.value));
    },
    async close() {
      closing = true;
      for (const entry of [...entries].filter(({ leases }) => leases === 0)) {
        const connection = await entry.starting;
        if (connection.ok)
          await endProcess(entries, entry, {
            connection: connection.value,
            graceMs: IDLE_GRACE_MS,
          });
      }
    },
  };
}

/** Whether another session may go into the process. It may have died while nobody used it. */
const isFree = (entry: Entry, key: string | undefined, most: number): boolean =>
  entry.fit &&
  entry.key === key &&
  entry.leases < most &&
  entry.connection?.closed.aborted !== true;

/** Once, however many sessions ask for it. */
function endProcess(
  entries: Set<Entry>,
  entry: Entry,
  { connection, graceMs }: { readonly connection: AcpConnection; readonly graceMs: number },
) {
  clearTimeout(entry.idle);
  entry.fit = false;
  entries.delete(entry);
  entry.ending ??= connection.end(graceMs);
  return entry.ending;
}

function endWhenIdle(entries: Set<Entry>, entry: Entry, connection: AcpConnection): void {
  entry.idle = setTimeout(() => {
    void endProcess(entries, entry, { connection, graceMs: IDLE_GRACE_MS });
  }, IDLE_MS);
  entry.idle.unref();
}
