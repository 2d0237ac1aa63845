import type { Json } from "../../core/json.ts";
import type { Store } from "./store.ts";

/** A run, or a shared child, just taken, to be executed. */
export interface Claimed {
  readonly runId: string;
  readonly workflow: string;
  readonly input: Json;
  readonly epoch: number;
  /** The worker that had it and did not let go of it, so it died. */
  readonly from: string | undefined;
  /** Where it is no run, but a shared child of one. */
  readonly of: string | null;
  readonly child: string | null;
}

/** A worker declared dead takes nothing. */
const ALIVE = "exists (select from wavegate.workers where worker_id = $2)";

const CLAIM = `
  taken as (
    update wavegate.runs r set worker_id = $2, last_worker = $2, epoch = free.epoch + 1, updated_at = now()
    from free where r.project = $1 and r.run_id = free.run_id and r.worker_id is null
    returning r.run_id as "runId", r.workflow, r.input, r.epoch, free.last_worker as "from",
      r.child_of as "of", r.child)
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

const RUN_GOES_ON = `exists (select from wavegate.runs o
  where o.project = r.project and o.run_id = r.child_of and o.ended is null)`;

const offered = (workflows: string, settings: string): string => `
  project = $1 and ended is null and worker_id is null and workflow = any(${workflows})
  and (r.child_of is null or r.settings = ${settings} and ${RUN_GOES_ON})
  and not exists (select from wavegate.waits w
    where w.project = r.project and w.run_id = r.run_id and w.answered_at is null
      and (not w.receiving
        or (w.due_at > now() or w.due_at is null) and not exists (select from wavegate.spawned s
          where s.project = r.project and s.run_id = r.run_id and not exists (select from wavegate.inbox i
            where i.project = s.project and i.run_id = s.run_id and i.kind = 'child' and i.name = s.name))))`;

/**
 * True if there is a run, or a shared child of the same settings, of these workflows that nobody has, and that waits for nobody or has more to
 * do besides; undefined if not.
 */
export async function isOffered(
  { database, project, settings }: Store,
  workflows: readonly string[],
): Promise<true | undefined> {
  const rows = await database.rows(
    `select 1 from wavegate.runs r where ${offered("$2", "$3")} limit 1`,
    [project, workflows, settings],
  );
  return rows.length > 0 ? true : undefined;
}

/** Take the oldest of what is offered so. */
export async function claimNextRun(
  { database, project, channel, settings }: Store,
  workflows: readonly string[],
  workerId: string,
): Promise<Claimed | undefined> {
  const rows = await database.rows<Claimed>(
    `with free as (
       select run_id, epoch, last_worker from wavegate.runs r
       where ${offered("$4", "$5")} and ${ALIVE}
       order by number limit 1 for update skip locked),
     ${CLAIM}`,
    [project, workerId, channel, workflows, settings],
  );
  return rows[0];
}

/** How long a shared child is for any worker; after that the one that has its run takes it as well. */
const FOR_OTHERS_MS = 1_000;

/** Take shared children that nobody took, of runs that this worker has. */
export const claimLeft = (
  { database, project, channel }: Store,
  workerId: string,
): Promise<readonly Claimed[]> =>
  database.rows<Claimed>(
    `with free as (
       select run_id, epoch, last_worker from wavegate.runs r
       where project = $1 and ended is null and worker_id is null and ${ALIVE}
         and updated_at < now() - ${FOR_OTHERS_MS} * interval '1 ms'
         and exists (select from wavegate.runs o
           where o.project = r.project and o.run_id = r.child_of and o.ended is null and o.worker_id = $2)
       for update skip locked),
     ${CLAIM}`,
    [project, workerId, channel],
  );

/** What a worker has: under which epoch, and whether its run ended that child. */
export interface Held {
  readonly epoch: number;
  readonly ended: boolean;
}

/**
 * What is this worker's now, by row, and whether the run ended that child: a run it executes and that is not here was ended
 * or taken by somebody, a shared child also with its run.
 */
export async function runsOf(store: Store, workerId: string): Promise<ReadonlyMap<string, Held>> {
  const rows = await store.database.rows<{ run_id: string; epoch: number; ended: boolean }>(
    `select run_id, epoch, child_of is not null and exists (select from wavegate.spawned s
       where s.project = r.project and s.run_id = r.child_of and s.name = r.child and s.ended) as ended
     from wavegate.runs r where worker_id = $1 and (child_of is null or ${RUN_GOES_ON})`,
    [workerId],
  );
  return new Map(rows.map(({ run_id: runId, ...row }) => [runId, row]));
}
