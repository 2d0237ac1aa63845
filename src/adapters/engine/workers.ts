import { randomUUID } from "node:crypto";
import { OFFERS, SLOTS } from "./bell.ts";
import { isGone, type ProcessIdentity } from "./process-identity.ts";
import { ringing, type Store } from "./store.ts";

/** Say that this process lives. Resolves with the id it goes by until it is declared dead. */
export async function enrol(
  { database, project }: Store,
  { pid, host, machine, pidStarted }: ProcessIdentity,
  executorId: string,
): Promise<string> {
  const workerId = randomUUID();
  await database.rows(
    `insert into wavegate.workers (worker_id, project, pid, host, machine, pid_started, executor_id)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing`,
    [workerId, project, pid, host, machine, pidStarted, executorId],
  );
  return workerId;
}

/** False once this worker was declared dead. */
export async function beat({ database }: Store, workerId: string): Promise<boolean> {
  const rows = await database.rows(
    "update wavegate.workers set beat_at = now() where worker_id = $1 returning 1",
    [workerId],
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

interface WorkerRow extends ProcessIdentity {
  readonly workerId: string;
  readonly silent: boolean;
}

/**
 * Declare workers of the project dead: those silent for too long, and those whose process has certainly ended. Their
 * runs and places are free with that, and from then on their writes change nothing. After a restart of the server
 * nobody counts as silent until all had time to come back. A worker is never its own undertaker: it may have been
 * stopped for a while. Resolves with the executors that are gone.
 */
export async function bury(store: Store, self?: string): Promise<readonly string[]> {
  const { database, project, deadAfterMs, channel } = store;
  const others = await database.rows<WorkerRow>(
    `select worker_id as "workerId", pid, host, machine, pid_started as "pidStarted",
       greatest(beat_at, pg_postmaster_start_time()) < now() - $2::float8 * interval '1 ms' as silent
     from wavegate.workers where project = $1 and worker_id is distinct from $3`,
    [project, deadAfterMs, self ?? null],
  );
  const gone = others.filter(isGone).map(({ workerId }) => workerId);
  if (gone.length === 0 && !others.some(({ silent }) => silent)) return [];
  const rows = await database.rows<{ executor_id: string }>(
    `with dead as (
       delete from wavegate.workers
       where project = $1 and worker_id is distinct from $6 and (worker_id = any($3)
         or greatest(beat_at, pg_postmaster_start_time()) < now() - $2::float8 * interval '1 ms')
       returning executor_id)
     select executor_id, pg_notify($4, $5), pg_notify($4, $7) from dead`,
    [project, deadAfterMs, gone, channel, ringing(OFFERS), self ?? null, ringing(SLOTS)],
  );
  return rows.map(({ executor_id: executorId }) => executorId);
}
