import type { Json } from "../../core/json.ts";
import { OFFERS } from "./bell.ts";
import { stopTopic } from "./runs.ts";
import { partId, plain, ringing, type Lease, type Part, type Store } from "./store.ts";

/** What is recorded of a spawned child. */
export interface Spawned {
  /** Whether the run ended it. */
  readonly ended: boolean;
  /** Whether it has come to its end. */
  readonly over: boolean;
  /** Whether any worker may execute it, under a lease of its own. */
  readonly shared: boolean;
}

/** What was spawned of the run, by name. */
export async function readSpawned(
  { database, project }: Store,
  runId: string,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Spawned>> {
  // Two plain scans, put together here: joined, they would be looked up one by one in tables without statistics.
  const rows = await database.rows<Spawned & { readonly name: string }>(
    `select name, ended, false as over, shared from wavegate.spawned where project = $1 and run_id = $2
     union all
     select name, false, true, false from wavegate.inbox where project = $1 and run_id = $2 and kind = 'child'`,
    [project, runId],
    signal,
  );
  const spawned = new Map<string, Spawned>();
  for (const { name, ended, over, shared } of rows) {
    const before = spawned.get(name);
    spawned.set(name, {
      ended: ended || !!before?.ended,
      over: over || !!before?.over,
      shared: shared || !!before?.shared,
    });
  }
  return spawned;
}

/** Whether its run ended this shared child. */
export async function wasEnded(
  { database, project }: Store,
  { of, name }: Part,
  signal: AbortSignal,
): Promise<boolean> {
  const rows = await database.rows(
    "select 1 from wavegate.spawned where project = $1 and run_id = $2 and name = $3 and ended",
    [project, of, plain(name)],
    signal,
  );
  return rows.length > 0;
}

const MINE = `select project, run_id from wavegate.runs
  where project = $1 and run_id = $2 and worker_id = $3 and epoch = $4 and ended is null`;

/**
 * Record that the run spawns a child, and where it is executed: by whoever takes it, if other workers of the same settings that take some have
 * on average less to do than `here` children, and a place free; else with its run. Undefined when the run is no longer this
 * execution's.
 */
export async function offerSpawn(
  { database, project, channel, deadAfterMs, settings }: Store,
  { runId, workerId, epoch }: Lease,
  { name, workflow, input, here }: OfferedChild,
  signal: AbortSignal,
): Promise<"kept" | "shared" | undefined> {
  const [row] = await database.rows<{ shared: boolean }>(
    `with mine as (${MINE} for share),
     others as (
       select count(*) as workers, coalesce(sum(seats), 0) as seats, coalesce(sum((
         select count(*) from wavegate.runs r where r.worker_id = w.worker_id)), 0) as busy
       from wavegate.workers w
       where project = $1 and worker_id <> $3 and seats > 0 and settings = $13 and beat_at > now() - $8::float8 * interval '1 ms'),
     waiting as (
       select count(*) as children from wavegate.runs
       where project = $1 and ended is null and worker_id is null and child_of is not null),
     choice as (
       select busy + children < least(seats, workers * $9::int) as shared from others, waiting),
     spawn as (
       insert into wavegate.spawned (project, run_id, name, shared)
       select project, run_id, $5, shared from mine, choice on conflict do nothing returning shared),
     offer as (
       insert into wavegate.runs (project, run_id, workflow, subject, input, child_of, child, settings)
       select $1, $10, $6, '', $7, $2, $5, $13 from spawn where shared on conflict do nothing returning 1)
     select coalesce((select shared from spawn), (select shared from wavegate.spawned
         where project = $1 and run_id = $2 and name = $5)) as shared,
       (select pg_notify($11, $12) from offer)
     from mine`,
    [
      project,
      runId,
      workerId,
      epoch,
      plain(name),
      workflow,
      JSON.stringify(input),
      deadAfterMs,
      here,
      partId({ of: runId, name }),
      channel,
      ringing(OFFERS),
      settings,
    ],
    signal,
  );
  return row && (row.shared ? "shared" : "kept");
}

export interface OfferedChild {
  readonly name: string;
  readonly workflow: string;
  readonly input: Json;
  /** Children that are executed with the run, now. */
  readonly here: number;
}

/** Record that the run spawns a child, which is executed with it. False when the run is no longer this execution's. */
export const recordSpawn = (...of: ChildOfLease): Promise<boolean> =>
  changed(
    `change as (
       insert into wavegate.spawned (project, run_id, name) select project, run_id, $5 from mine on conflict do nothing)
     select 1 from mine`,
    of,
  );

/** Record that the run ends a child; who executes a shared one is told. False when the run is no longer this execution's. */
export const recordEnding = (...of: ChildOfLease): Promise<boolean> => {
  const [{ channel }, { runId }, name] = of;
  return changed(
    `change as (
       update wavegate.spawned s set ended = true from mine
       where s.project = mine.project and s.run_id = mine.run_id and s.name = $5 returning s.shared)
     select (select pg_notify($6, $7) from change where shared) from mine`,
    of,
    [channel, ringing(stopTopic(partId({ of: runId, name })))],
  );
};

type ChildOfLease = readonly [store: Store, lease: Lease, name: string, signal: AbortSignal];

/** Under the run's lease: who lost it changes nothing. */
async function changed(
  change: string,
  [{ database, project }, { runId, workerId, epoch }, name, signal]: ChildOfLease,
  more: readonly string[] = [],
): Promise<boolean> {
  const rows = await database.rows(
    `with mine as (${MINE} for share), ${change}`,
    [project, runId, workerId, epoch, plain(name), ...more],
    signal,
  );
  return rows.length > 0;
}
