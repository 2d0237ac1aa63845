import type { Json } from "../../core/json.ts";
import type { OpenWait, RunRecord, RunStatus } from "../../ports/engine.ts";
import { OFFERS, runTopic } from "./bell.ts";
import { plain, ringing, type Lease, type Store } from "./store.ts";

/** A run just taken, to be executed. */
export interface Claimed {
  readonly runId: string;
  readonly workflow: string;
  readonly input: Json;
  readonly epoch: number;
  /** The worker that had it and did not let go of it, so it died. */
  readonly from: string | undefined;
}

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
  where r.project = $1`;

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

/** A worker declared dead takes nothing. */
const ALIVE = "exists (select from wavegate.workers where worker_id = $2)";

const CLAIM = `
  taken as (
    update wavegate.runs r set worker_id = $2, last_worker = $2, epoch = free.epoch + 1, updated_at = now()
    from free where r.project = $1 and r.run_id = free.run_id and r.worker_id is null
    returning r.run_id as "runId", r.workflow, r.input, r.epoch, free.last_worker as "from")
  select taken.*, pg_notify($3, json_build_object('topic', 'run ' || "runId")::text) from taken`;

/** Take this run, if nobody has it and it has not ended. */
export async function claimRun(
  { database, project, channel }: Store,
  runId: string,
  workerId: string,
): Promise<Claimed | undefined> {
  const rows = await database.rows<Claimed>(
    `with free as (
       select run_id, epoch, last_worker from wavegate.runs
       where project = $1 and run_id = $4 and ended is null and worker_id is null and ${ALIVE} for update),
     ${CLAIM}`,
    [project, workerId, channel, runId],
  );
  return rows[0];
}

const OFFERED = `
  project = $1 and ended is null and worker_id is null and workflow = any($4)
  and not exists (select from wavegate.waits w
    where w.project = r.project and w.run_id = r.run_id and w.answered_at is null
      and (not w.receiving
        or (w.due_at > now() or w.due_at is null) and not exists (select from wavegate.spawned s
          where s.project = r.project and s.run_id = r.run_id and not exists (select from wavegate.inbox i
            where i.project = s.project and i.run_id = s.run_id and i.kind = 'child' and i.name = s.name))))`;

/** True if there is a run of these workflows that nobody has, and that waits for nobody or has more to do besides; undefined if not. */
export async function isOffered(
  { database, project }: Store,
  workflows: readonly string[],
): Promise<true | undefined> {
  const rows = await database.rows(
    `select 1 from wavegate.runs r where ${OFFERED.replace("$4", "$2")} limit 1`,
    [project, workflows],
  );
  return rows.length > 0 ? true : undefined;
}

/** Take the oldest run of these workflows that nobody has and that waits for nobody. */
export async function claimNextRun(
  { database, project, channel }: Store,
  workflows: readonly string[],
  workerId: string,
): Promise<Claimed | undefined> {
  const rows = await database.rows<Claimed>(
    `with free as (
       select run_id, epoch, last_worker from wavegate.runs r
       where ${OFFERED} and ${ALIVE}
       order by number limit 1 for update skip locked),
     ${CLAIM}`,
    [project, workerId, channel, workflows],
  );
  return rows[0];
}

/** Whether this execution was still the one to say how the run ended. */
export async function finishRun(
  { database, project, channel }: Store,
  lease: Lease,
  outcome:
    | { readonly ok: true; readonly value: Json }
    | { readonly ok: false; readonly message: string },
  signal: AbortSignal,
): Promise<boolean> {
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

/** End a run for whoever executes it. False if there is none, or it has ended. */
export async function cancelRun(
  { database, project, channel }: Store,
  runId: string,
): Promise<boolean> {
  const rows = await database.rows(
    `with done as (
       update wavegate.runs set ended = 'canceled', worker_id = null, updated_at = now()
       where project = $1 and run_id = $2 and ended is null returning 1)
     select pg_notify($3, $4), pg_notify($3, $5) from done`,
    [project, runId, channel, ringing(runTopic(runId)), ringing(stopTopic(runId))],
  );
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

/** What is this worker's now, by run: a run it executes and that is not here was ended or taken by somebody. */
export async function runsOf(store: Store, workerId: string): Promise<ReadonlyMap<string, number>> {
  const rows = await store.database.rows<{ run_id: string; epoch: number }>(
    "select run_id, epoch from wavegate.runs where worker_id = $1",
    [workerId],
  );
  return new Map(rows.map(({ run_id: runId, epoch }) => [runId, epoch]));
}
