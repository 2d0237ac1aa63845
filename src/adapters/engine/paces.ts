import {
  NO_PACE,
  paceAfter,
  paceAt,
  slowedBy,
  type Pace,
  type Slowed,
  type Verdict,
} from "../../core/pace.ts";
import { Turnstiles } from "../../core/turnstiles.ts";
import type { PacedPool } from "../../ports/engine.ts";
import { SLOTS, type Bell } from "./bell.ts";
import { leaveSlot } from "./slots.ts";
import { ringing, type Store } from "./store.ts";

/** A place in a paced pool, and how to tell how the call in it went. */
export interface PacedPlace {
  leave(): Promise<void>;
  tell(verdict: Verdict): Promise<Slowed | undefined>;
  /** Whether calls in the pool were held back when this one began. */
  readonly heldBack: boolean;
}

interface Taken {
  readonly number: number;
  /** Of the pace when the call began. */
  readonly epoch: number;
  /** Whether anything is held back: if not, nobody has to know that a call went well. */
  readonly paced: boolean;
}

/** A pool without a limit has this many places. */
const MOST_PLACES = 1_000;
const NOW = "(extract(epoch from clock_timestamp()) * 1000)::float8";

/**
 * Pools whose limit follows what their calls tell (PX-11), shared by all workers of the project: the pace is one row, by
 * the database's clock, the places are slots, which go with their worker when that dies.
 */
export class Paces {
  readonly #store: Store;
  readonly #bell: Bell;
  readonly #queues = new Turnstiles();
  readonly #alarms = new Set<string>();

  constructor(store: Store, bell: Bell) {
    this.#store = store;
    this.#bell = bell;
  }

  /** Resolves once calls may begin at all, as far as is known then. */
  async opened(pool: string, signal: AbortSignal): Promise<void> {
    const look = async () => (this.#isClosed(pool, await this.#read(pool)) ? undefined : true);
    if (!(await this.#bell.until(SLOTS, look, signal))) throw stopped(signal);
  }

  /** Resolves with a place; rejects with the signal's reason. First come, first served within a process. */
  async take(paced: PacedPool, workerId: string, signal: AbortSignal): Promise<PacedPlace> {
    const { pool } = paced;
    const next = await this.#queues.enter(pool, 1, signal);
    try {
      const look = async () =>
        (await this.#tryTake(paced, workerId)) ?? this.#tryTake(paced, workerId);
      const taken = await this.#bell.until(SLOTS, look, signal);
      if (!taken) throw stopped(signal);
      return {
        leave: () => leaveSlot(this.#store, pool, taken.number, workerId),
        tell: (verdict) => this.#tell(paced, taken, verdict, signal),
        heldBack: taken.paced,
      };
    } finally {
      next();
    }
  }

  async #tryTake({ pool, limit }: PacedPool, workerId: string): Promise<Taken | undefined> {
    const read = await this.#read(pool);
    if (this.#isClosed(pool, read)) return undefined;
    const { pace } = read;
    const { database, project } = this.#store;
    const places = Math.min(pace.allowed ?? MOST_PLACES, limit ?? MOST_PLACES);
    // Calls from before a cut may still sit on higher numbers: they count, too.
    const [row] = await database.rows<{ number: number }>(
      `insert into wavegate.slots (project, pool, number, worker_id)
       select $1, $2, n, worker_id from generate_series(1, $3::int) n, wavegate.workers
       where worker_id = $4
         and (select count(*) from wavegate.slots s where s.project = $1 and s.pool = $2) < $3::int
         and not exists (select from wavegate.slots s where s.project = $1 and s.pool = $2 and s.number = n)
       order by n limit 1
       on conflict do nothing returning number`,
      [project, pool, places, workerId],
    );
    return row && { number: row.number, epoch: pace.epoch, paced: pace.allowed !== null };
  }

  /** Whether no call may begin yet; who waits for that looks again then. */
  #isClosed(pool: string, { pace, now }: Read): boolean {
    const closedMs = Math.ceil(pace.closedUntil - now);
    if (closedMs <= 0) return false;
    if (!this.#alarms.has(pool)) {
      this.#alarms.add(pool);
      const ring = () => {
        this.#alarms.delete(pool);
        this.#bell.ring({ topic: SLOTS });
      };
      setTimeout(ring, closedMs).unref();
    }
    return true;
  }

  async #tell(
    { pool, limit }: PacedPool,
    { epoch, paced }: Taken,
    verdict: Verdict,
    signal: AbortSignal,
  ): Promise<Slowed | undefined> {
    if (verdict.load === "fine" && !paced) return undefined;
    for (;;) {
      const { pace: before, now, running, version } = await this.#read(pool, signal);
      const after = paceAfter(before, { verdict, epoch, running, limit, now });
      if (await this.#write(pool, { before, after, version }, signal))
        return slowedBy(before, after, now);
    }
  }

  async #read(pool: string, signal?: AbortSignal): Promise<Read> {
    const { database, project } = this.#store;
    const [row] = await database.rows<Omit<Read, "pace"> & { pace: Pace | null }>(
      `select pace, coalesce(version, 0) as version, ${NOW} as now,
         (select count(*)::int from wavegate.slots s where s.project = $1 and s.pool = $2) as running
       from (select 1) as one left join wavegate.paces p on p.project = $1 and p.pool = $2`,
      [project, pool],
      signal,
    );
    const { pace, version = 0, now = 0, running = 0 } = row ?? {};
    return { pace: paceAt(pace ?? NO_PACE, now), version, now, running };
  }

  /** False when another call told something meanwhile: then it has to be thought over. */
  async #write(
    pool: string,
    { before, after, version }: { before: Pace; after: Pace; version: number },
    signal: AbortSignal,
  ): Promise<boolean> {
    const { database, project, channel } = this.#store;
    const more = after.allowed === null || after.allowed > (before.allowed ?? Infinity);
    const rows = await database.rows(
      `with told as (
         insert into wavegate.paces as p (project, pool, pace, version) values ($1, $2, $3, 1)
         on conflict (project, pool) do update set pace = excluded.pace, version = p.version + 1
           where p.version = $4
         returning 1)
       select case when $5 then pg_notify($6, $7) end from told`,
      [project, pool, JSON.stringify(after), version, more, channel, ringing(SLOTS)],
      signal,
    );
    return rows.length > 0;
  }
}

interface Read {
  readonly pace: Pace;
  readonly version: number;
  readonly now: number;
  /** Calls in flight. */
  readonly running: number;
}

const stopped = (signal: AbortSignal): unknown =>
  signal.reason ?? new Error("the engine is closed");
