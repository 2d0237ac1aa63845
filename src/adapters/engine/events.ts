import type { RecordedEvent, RunEvent } from "../../core/event.ts";
import { runTopic, type Bell } from "./bell.ts";
import { fenced, plain, ringing, runOf, type Lease, type Store } from "./store.ts";

const RECORD = fenced(
  (fence) => `with ${fence.with} run as (
       update wavegate.runs set last_seq = last_seq + 1, updated_at = now()
       where project = $1 and run_id = ${fence.run} and ${fence.held} and ended is null
         and not exists (select from wavegate.events where project = $1 and run_id = ${fence.run} and key = $5)
       returning last_seq),
     recorded as (
       insert into wavegate.events (project, run_id, seq, key, body)
       select $1, ${fence.run}, last_seq, $5, $6 from run
       on conflict do nothing returning 1)
     select pg_notify($7, $8) from recorded`,
);

/** Record an event unless this key has been: order is the order of recording, held by the run's row. */
export async function recordEvent(
  { database, project, channel }: Store,
  lease: Lease,
  { key, event }: { readonly key: string; readonly event: RunEvent },
  signal: AbortSignal,
): Promise<void> {
  await database.rows(
    RECORD(lease),
    [
      project,
      lease.runId,
      lease.workerId,
      lease.epoch,
      plain(key),
      JSON.stringify(event),
      channel,
      ringing(runTopic(runOf(lease))),
    ],
    signal,
  );
}

/**
 * Records the events of one execution. One that goes on with a run knows what was recorded before it, so that a replay asks once and not for
 * each event; a shared child has few of them, and what all of its run has recorded is not read for these.
 */
export class EventRecorder {
  readonly #store: Store;
  readonly #lease: Lease;
  #before: Promise<ReadonlySet<string>> | undefined;

  constructor(store: Store, lease: Lease) {
    this.#store = store;
    this.#lease = lease;
  }

  async record(key: string, event: RunEvent, signal: AbortSignal): Promise<void> {
    if (this.#lease.epoch > 1 && !this.#lease.part) {
      this.#before ??= this.#recorded(signal);
      if ((await this.#before).has(plain(key))) return;
    }
    await recordEvent(this.#store, this.#lease, { key, event }, signal);
  }

  async #recorded(signal: AbortSignal): Promise<ReadonlySet<string>> {
    const { database, project } = this.#store;
    const sql = "select key from wavegate.events where project = $1 and run_id = $2";
    const rows = await database.rows<{ key: string }>(sql, [project, this.#lease.runId], signal);
    return new Set(rows.map(({ key }) => key));
  }
}

/** Recorded events after `after`; with a signal also those to come, until it aborts. */
export async function* readEvents(
  { database, project }: Store,
  bell: Bell,
  { runId, after }: { readonly runId: string; readonly after: number },
  signal: AbortSignal | undefined,
): AsyncGenerator<RecordedEvent> {
  let seen = after;
  const read = () =>
    database.rows<{ seq: number; at: Date; body: RunEvent }>(
      `select seq, at, body from wavegate.events where project = $1 and run_id = $2 and seq > $3
       order by seq limit 500`,
      [project, runId, seen],
    );
  const some = async () => {
    const rows = await read();
    return rows.length > 0 ? rows : undefined;
  };
  for (;;) {
    const rows = signal ? await bell.until(runTopic(runId), some, signal) : await some();
    if (!rows) return;
    for (const { seq, at, body } of rows) {
      seen = seq;
      yield { runId, seq, at: at.toISOString(), event: body };
    }
  }
}
