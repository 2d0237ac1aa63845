import { runTopic } from "./bell.ts";
import { deliverPart } from "./inbox.ts";
import type { Outcome } from "./outcome.ts";
import { plain, ringing, type Lease, type Store } from "./store.ts";

/**
 * Whether this execution was still the one to say how the run, or the shared child, ended. Of a child, its run receives it
 * with that.
 */
export async function finishRun(
  store: Store,
  lease: Lease,
  outcome: Outcome,
  signal: AbortSignal,
): Promise<boolean> {
  const { part } = lease;
  if (part) return deliverPart(store, lease, { part, outcome }, signal);
  const { database, project, channel } = store;
  const rows = await database.rows(
    `with done as (
       update wavegate.runs set ended = $5, output = $6, error = $7, worker_id = null, updated_at = now()
       where project = $1 and run_id = $2 and worker_id = $3 and epoch = $4 and ended is null returning 1)
     select pg_notify($8, $9) from done`,
    [
      project,
      lease.runId,
      lease.workerId,
      lease.epoch,
      outcome.ok ? "completed" : "failed",
      outcome.ok ? JSON.stringify(outcome.value) : null,
      outcome.ok ? null : plain(outcome.message),
      channel,
      ringing(runTopic(lease.runId)),
    ],
    signal,
  );
  return rows.length > 0;
}
