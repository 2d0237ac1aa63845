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
