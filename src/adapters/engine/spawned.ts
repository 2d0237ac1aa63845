import { plain, type Lease, type Store } from "./store.ts";

/** What is recorded of a spawned child. */
export interface Spawned {
  /** Whether the run ended it. */
  readonly ended: boolean;
  /** Whether it has come to its end. */
  readonly over: boolean;
}

/** What was spawned of the run, by name. */
export async function readSpawned(
  { database, project }: Store,
  runId: string,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Spawned>> {
  // Two plain scans, put together here: joined, they would be looked up one by one in tables without statistics.
  const rows = await database.rows<Spawned & { readonly name: string }>(
    `select name, ended, false as over from wavegate.spawned where project = $1 and run_id = $2
     union all
     select name, false, true from wavegate.inbox where project = $1 and run_id = $2 and kind = 'child'`,
    [project, runId],
    signal,
  );
  const spawned = new Map<string, Spawned>();
  for (const { name, ended, over } of rows) {
    const before = spawned.get(name);
    spawned.set(name, { ended: ended || !!before?.ended, over: over || !!before?.over });
  }
  return spawned;
}

const MINE = `select project, run_id from wavegate.runs
  where project = $1 and run_id = $2 and worker_id = $3 and epoch = $4 and ended is null`;

/** Record that the run spawns a child. False when the run is no longer this execution's. */
export const recordSpawn = (...of: ChildOfLease): Promise<boolean> =>
  changed(
    "insert into wavegate.spawned (project, run_id, name) select project, run_id, $5 from mine on conflict do nothing",
    ...of,
  );

/** Record that the run ends a child. False when the run is no longer this execution's. */
export const recordEnding = (...of: ChildOfLease): Promise<boolean> =>
  changed(
    `update wavegate.spawned s set ended = true from mine
     where s.project = mine.project and s.run_id = mine.run_id and s.name = $5`,
    ...of,
  );

type ChildOfLease = readonly [store: Store, lease: Lease, name: string, signal: AbortSignal];

/** Under the run's lease: who lost it changes nothing. */
async function changed(
  change: string,
  ...[{ database, project }, { runId, workerId, epoch }, name, signal]: ChildOfLease
): Promise<boolean> {
  const rows = await database.rows(
    `with mine as (${MINE} for share), change as (${change}) select 1 from mine`,
    [project, runId, workerId, epoch, plain(name)],
    signal,
  );
  return rows.length > 0;
}
