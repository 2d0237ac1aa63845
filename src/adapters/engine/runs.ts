import type { Json } from "../../core/json.ts";
import type { OpenWait, RunRecord, RunStatus } from "../../ports/engine.ts";
import { OFFERS, runTopic } from "./bell.ts";
import { plain, ringing, type Lease, type Store } from "./store.ts";

/** Told to the process that executes a run when somebody ended it. */
export const stopTopic = (runId: string): string => `stop ${runId}`;

interface RecordRow {
  readonly run_id: string;
  readonly workflow: string;
  readonly subject: string;
  readonly status: RunStatus;
  readonly created_at: Date;
  readonly updated_at: Date;
  readonly ended: string | null;
  readonly output: Json;
  readonly error: string | null;
  readonly worker_id: string | null;
  readonly pid: number;
  readonly host: string;
  readonly name: string | null;
  readonly kind: OpenWait["kind"];
  readonly token: string;
  readonly info: Json;
  readonly opened_at: Date;
}

const RECORDS = `
  select r.run_id, r.workflow, r.subject, r.created_at, r.updated_at, r.ended, r.output, r.error, r.number,
    w.worker_id, w.pid, w.host, o.name, o.kind, o.token, o.info, o.opened_at,
    case when r.ended is not null then r.ended
         when o.kind in ('gate', 'work') then 'waiting' when o.kind = 'hold' then 'failed'
         when w.worker_id is not null then 'running' else 'pending' end as status
  from wavegate.runs r
  left join wavegate.workers w on w.worker_id = r.worker_id and r.ended is null
    and w.beat_at > now() - $2::float8 * interval '1 ms'
  left join lateral (
    select * from wavegate.waits x
    where x.project = r.project and x.run_id = r.run_id and x.answered_at is null and r.ended is null
      and x.name is distinct from $3
    order by x.opened_at, x.name limit 1
  ) o on true
  where r.project = $1 and r.child_of is null`;

/** The run, passing over one wait of it. */
export async function findRun(
  { database, project, deadAfterMs }: Store,
  runId: string,
  exceptWait?: string,
): Promise<RunRecord | undefined> {
  const [row] = await database.rows<RecordRow>(`${RECORDS} and r.run_id = $4`, [
    project,
    deadAfterMs,
    exceptWait ?? null,
    runId,
  ]);
  return row && toRecord(row);
}

export async function listRuns(
  { database, project, deadAfterMs }: Store,
  filter: { readonly limit?: number; readonly status?: RunStatus; readonly prefix?: string },
): Promise<readonly RunRecord[]> {
  const rows = await database.rows<RecordRow>(
    `select * from (${RECORDS} and starts_with(r.run_id, $6)) records
     where $4::text is null or status = $4 order by number desc limit $5`,
    [project, deadAfterMs, null, filter.status ?? null, filter.limit ?? null, filter.prefix ?? ""],
  );
  return rows.map(toRecord);
}

/** Whether nothing can happen to the run any more. A held run has failed too, but goes on once it is answered. */
export const hasEnded = ({ status, wait }: RunRecord): boolean =>
  status === "completed" || status === "canceled" || (status === "failed" && !wait);

/** The worker that has the run, alive or not yet known to be dead. */
export async function findOwner(
  { database, project }: Store,
  runId: string,
): Promise<{ readonly pid: number; readonly host: string } | undefined> {
  const [row] = await database.rows<{ pid: number; host: string }>(
    `select w.pid, w.host from wavegate.runs r join wavegate.workers w using (worker_id)
     where r.project = $1 and r.run_id = $2`,
    [project, runId],
  );
  return row;
}

function toRecord(row: RecordRow): RunRecord {
  const { run_id: runId, workflow, subject, status, worker_id: workerId } = row;
  return {
    runId,
    workflow,
    subject,
    status,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
    ...(workerId === null ? {} : { owner: { workerId, pid: row.pid, host: row.host } }),
    ...(row.name === null ? {} : { wait: toWait(row, row.name) }),
    ...(row.ended === "completed" ? { output: row.output } : {}),
    ...(row.error === null ? {} : { error: row.error }),
  };
}

function toWait({ kind, token, info, opened_at: openedAt }: RecordRow, name: string): OpenWait {
  return { name, kind, token, info, openedAt: openedAt.toISOString() };
}

/** Whether it was new. With `workerId` it is that worker's from the start; without, it is offered to all. */
export async function createRun(
  { database, project, channel }: Store,
  run: {
    readonly runId: string;
    readonly workflow: string;
    readonly subject: string;
    readonly input: Json;
    readonly workerId: string | undefined;
  },
): Promise<boolean> {
  const rows = await database.rows(
    `with new as (
       insert into wavegate.runs (project, run_id, workflow, subject, input, worker_id, last_worker, epoch)
       values ($1, $2, $3, $4, $5, $6, $6, case when $6::text is null then 0 else 1 end)
       on conflict do nothing returning 1)
     select pg_notify($7, $8), case when $6::text is null then pg_notify($7, $9) end from new`,
    [
      project,
      run.runId,
      run.workflow,
      plain(run.subject),
      JSON.stringify(run.input),
      run.workerId ?? null,
      channel,
      ringing(runTopic(run.runId)),
      ringing(OFFERS),
    ],
  );
  return rows.length > 0;
}

/** End the shared children of a run that has ended: no more are added to it. */
export async function endShared(
  { database, project, channel }: Store,
  runId: string,
  signal?: AbortSignal,
): Promise<void> {
  await database.rows(
    `with done as (
       update wavegate.runs set ended = 'canceled', worker_id = null, updated_at = now()
       where project = $1 and child_of = $2 and ended is null returning run_id)
     select pg_notify($3, json_build_object('topic', 'stop ' || run_id)::text) from done`,
    [project, runId, channel],
    signal,
  );
}

/** End a run for whoever executes it. False if there is none, or it has ended. */
export async function cancelRun(store: Store, runId: string): Promise<boolean> {
  const { database, project, channel } = store;
  const rows = await database.rows(
    `with done as (
       update wavegate.runs set ended = 'canceled', worker_id = null, updated_at = now()
       where project = $1 and run_id = $2 and ended is null and child_of is null returning 1)
     select pg_notify($3, $4), pg_notify($3, $5) from done`,
    [project, runId, channel, ringing(runTopic(runId)), ringing(stopTopic(runId))],
  );
  if (rows.length > 0) await endShared(store, runId);
  return rows.length > 0;
}

/** Let go of a run without having ended it: it is offered to all. */
export async function releaseRun(
  { database, project, channel }: Store,
  { runId, workerId, epoch }: Lease,
): Promise<void> {
  await database.rows(
    `with freed as (
       update wavegate.runs set worker_id = null, last_worker = null, updated_at = now()
       where project = $1 and run_id = $2 and worker_id = $3 and epoch = $4 returning 1)
     select pg_notify($5, $6), pg_notify($5, $7) from freed`,
    [project, runId, workerId, epoch, channel, ringing(runTopic(runId)), ringing(OFFERS)],
  );
}
