import { randomUUID } from "node:crypto";
import type { Beat, BeatWatch } from "./beat-watch.ts";
import { OFFERS, SLOTS } from "./bell.ts";
import { isGone, type ProcessIdentity } from "./process-identity.ts";
import { ringing, type Store } from "./store.ts";

/** Say that this process lives. Resolves with the id it goes by until it is declared dead. */
export async function enrol(
  { database, project, settings }: Store,
  { pid, host, machine, pidStarted }: ProcessIdentity,
  { executorId, seats }: { readonly executorId: string; readonly seats: number },
): Promise<string> {
  const workerId = randomUUID();
  await database.rows(
    `insert into wavegate.workers (worker_id, project, pid, host, machine, pid_started, executor_id, seats, settings)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing`,
    [workerId, project, pid, host, machine, pidStarted, executorId, seats, settings],
  );
  return workerId;
}

/** False once this worker was declared dead. `seats`: how much it executes at once of what is offered. */
export async function beat({ database }: Store, workerId: string, seats: number): Promise<boolean> {
  const rows = await database.rows(
    "update wavegate.workers set beat_at = now(), seats = $2 where worker_id = $1 returning 1",
    [workerId, seats],
  );
  return rows.length > 0;
}

/** Let go of everything: what this worker had is offered to all. */
export async function resign({ database, channel }: Store, workerId: string): Promise<void> {
  await database.rows(
    `with freed as (
       update wavegate.runs set worker_id = null, last_worker = null where worker_id = $1),
     gone as (delete from wavegate.workers where worker_id = $1 returning 1)
     select pg_notify($2, $3), pg_notify($2, $4) from gone`,
    [workerId, channel, ringing(OFFERS), ringing(SLOTS)],
  );
}

interface WorkerRow extends ProcessIdentity, Beat {
  readonly silent: boolean;
  /** How much it executes at once of what this process offers. */
  readonly seats: number;
}

/** What a look at the other workers of the project found. */
export interface Company {
  /** The executors that are gone. */
  readonly gone: readonly string[];
  /** Whether any of those that live takes what this process offers. */
  readonly takes: boolean;
}

const LAST_SIGN = "greatest(beat_at, pg_postmaster_start_time())";

/**
 * Declare workers of the project dead: those silent for too long, and those whose process has certainly ended. Their
 * runs and places are free with that, and from then on their writes change nothing. After a restart of the server
 * nobody counts as silent until all had time to come back. A worker is never its own undertaker: it may have been
 * stopped for a while. With a `watch`, those, too, whose beats lie ahead of a clock that was put back. Resolves with what was found.
 */
export async function bury(
  store: Store,
  { self = null, watch }: { readonly self?: string | null; readonly watch?: BeatWatch } = {},
): Promise<Company> {
  const { database, project, deadAfterMs, channel } = store;
  const others = await database.rows<WorkerRow>(
    `select worker_id as "workerId", pid, host, machine, pid_started as "pidStarted",
       case when settings = $4 then seats else 0 end as seats,
       ${LAST_SIGN} < now() - $2::float8 * interval '1 ms' as silent, ${LAST_SIGN} > now() as ahead,
       beat_at::text as "beatAt"
     from wavegate.workers where project = $1 and worker_id is distinct from $3`,
    [project, deadAfterMs, self, store.settings],
  );
  const gone = others.filter(isGone).map(({ workerId }) => workerId);
  const still = watch?.still(others) ?? [];
  const dead = new Set([...gone, ...still]);
  const takes = others.some(
    ({ workerId, silent, seats }) => seats > 0 && !silent && !dead.has(workerId),
  );
  if (dead.size === 0 && !others.some(({ silent }) => silent)) return { gone: [], takes };
  const rows = await database.rows<{ executor_id: string }>(
    `with dead as (
       delete from wavegate.workers
       where project = $1 and worker_id is distinct from $6 and (worker_id = any($3)
         or worker_id = any($8) and ${LAST_SIGN} > now()
         or ${LAST_SIGN} < now() - $2::float8 * interval '1 ms')
       returning executor_id)
     select executor_id, pg_notify($4, $5), pg_notify($4, $7) from dead`,
    [project, deadAfterMs, gone, channel, ringing(OFFERS), self, ringing(SLOTS), still],
  );
  return { gone: rows.map(({ executor_id: executorId }) => executorId), takes };
}
