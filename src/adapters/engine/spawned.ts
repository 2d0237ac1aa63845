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
  const rows = await database.rows<Spawned & { readonly name: string }>(
    `select s.name, s.ended, i.name is not null as over from wavegate.spawned s
     left join wavegate.inbox i on i.project = s.project and i.run_id = s.run_id and i.kind = 'child' and i.name = s.name
     where s.project = $1 and s.run_id = $2`,
    [project, runId],
    signal,
  );
  return new Map(rows.map(({ name, ended, over }) => [name, { ended, over }]));
}

const MINE = `select project, run_id from wavegate.runs
  where project = $1 and run_id = $2 and worker_id = $3 and epoch = $4 and ended is null`;

/** Record that the run spawns a child. False when the run is no longer this execution's. */
export async function recordSpawn(
  { database, project }: Store,
  { runId, workerId, epoch }: Lease,
  name: string,
  signal: AbortSignal,
): Promise<boolean> {
  const rows = await database.rows(
    `with mine as (${MINE} for share),
     spawned as (
       insert into wavegate.spawned (project, run_id, name) select project, run_id, $5 from mine on conflict do nothing)
     select 1 from mine`,
    [project, runId, workerId, epoch, plain(name)],
    signal,
  );
  return rows.length > 0;
}

/** Record that the run ends a child. False when the run is no longer this execution's. */
export async function recordEnding(
  { database, project }: Store,
  { runId, workerId, epoch }: Lease,
  name: string,
  signal: AbortSignal,
): Promise<boolean> {
  const rows = await database.rows(
    `with mine as (${MINE} for share),
     ended as (
       update wavegate.spawned s set ended = true from mine
       where s.project = mine.project and s.run_id = mine.run_id and s.name = $5)
     select 1 from mine`,
    [project, runId, workerId, epoch, plain(name)],
    signal,
  );
  return rows.length > 0;
}
