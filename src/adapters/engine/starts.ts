import type { Lease, Store } from "./store.ts";

/** Count that this step's effect is begun; undefined when the run is no longer this execution's. */
export async function countStart(
  { database, project }: Store,
  lease: Lease,
  step: string,
  signal: AbortSignal,
): Promise<number | undefined> {
  const [row] = await database.rows<{ count: number }>(
    `insert into wavegate.starts as s (project, run_id, step)
     select project, run_id, $5 from wavegate.runs
     where project = $1 and run_id = $2 and worker_id = $3 and epoch = $4 and ended is null
     on conflict (project, run_id, step) do update set count = s.count + 1
     returning count`,
    [project, lease.runId, lease.workerId, lease.epoch, step],
    signal,
  );
  return row?.count;
}

/** Take one begin back: the effect was stopped, and that is not its doing. Changes nothing once another has the run. */
export async function takeStartBack(
  { database, project }: Store,
  lease: Lease,
  step: string,
): Promise<void> {
  await database.rows(
    `update wavegate.starts s set count = s.count - 1
     from wavegate.runs r
     where s.project = $1 and s.run_id = $2 and s.step = $5
       and r.project = $1 and r.run_id = $2 and r.worker_id = $3 and r.epoch = $4`,
    [project, lease.runId, lease.workerId, lease.epoch, step],
  );
}
