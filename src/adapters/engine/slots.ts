import { Turnstiles } from "../../core/turnstiles.ts";
import { SLOTS, type Bell } from "./bell.ts";
import { ringing, type Store } from "./store.ts";

/** A place must be given back however long the server is away; a closed pool ends that. */
const UNTIL_CLOSED = new AbortController().signal;

/**
 * Places that all workers of the project share. A place is a numbered row, so two can't be in the same one; it goes
 * with its worker when that dies. First come, first served within a process; between processes whoever looks first.
 */
export class Slots {
  readonly #store: Store;
  readonly #bell: Bell;
  readonly #queues = new Turnstiles();

  constructor(store: Store, bell: Bell) {
    this.#store = store;
    this.#bell = bell;
  }

  /** Resolves with how to leave the place; rejects with the signal's reason. */
  async take(
    pool: string,
    limit: number,
    workerId: string,
    signal: AbortSignal,
  ): Promise<() => Promise<void>> {
    const next = await this.#queues.enter(pool, 1, signal);
    try {
      // Once more at once: another process may have been in the same place first while others are free.
      const look = async () =>
        (await this.#tryTake(pool, limit, workerId)) ?? this.#tryTake(pool, limit, workerId);
      const number = await this.#bell.until(SLOTS, look, signal);
      if (number === undefined) throw signal.reason ?? new Error("the engine is closed");
      return () => leaveSlot(this.#store, pool, number, workerId);
    } finally {
      next();
    }
  }

  async #tryTake(pool: string, limit: number, workerId: string): Promise<number | undefined> {
    const { database, project } = this.#store;
    // Without its worker's row there is no place either: a worker declared dead takes none.
    const [row] = await database.rows<{ number: number }>(
      `insert into wavegate.slots (project, pool, number, worker_id)
       select $1, $2, n, worker_id from generate_series(1, $3::int) n, wavegate.workers
       where worker_id = $4
         and not exists (select from wavegate.slots s where s.project = $1 and s.pool = $2 and s.number = n)
       order by n limit 1
       on conflict do nothing returning number`,
      [project, pool, limit, workerId],
    );
    return row?.number;
  }
}

/** Give a place back, however long the server is away. */
export async function leaveSlot(
  { database, project, channel }: Store,
  pool: string,
  number: number,
  workerId: string,
): Promise<void> {
  await database.rows(
    `with left_by as (
       delete from wavegate.slots where project = $1 and pool = $2 and number = $3 and worker_id = $4 returning 1)
     select pg_notify($5, $6) from left_by`,
    [project, pool, number, workerId, channel, ringing(SLOTS)],
    UNTIL_CLOSED,
  );
}
