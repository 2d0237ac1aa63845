import { isDeepStrictEqual } from "node:util";
import type { WavegateError } from "../../core/error.ts";
import type { Json } from "../../core/json.ts";
import { err, ok, type Result } from "../../core/result.ts";
import {
  alreadyDecided,
  runFinished,
  runNotFound,
  runNotWaiting,
  staleToken,
} from "../../core/run-error.ts";
import type { AnswerRecord, Engine, WaitRequest } from "../../ports/engine.ts";
import { inboxTopic, OFFERS, runTopic } from "./bell.ts";
import { fenced, plain, ringing, runOf, type Lease, type Store } from "./store.ts";

const OPEN = fenced(
  (fence) => `with ${fence.with} mine as (
       update wavegate.runs set updated_at = now()
       where project = $1 and run_id = ${fence.run} and ${fence.held} and ended is null returning 1),
     opened as (
       insert into wavegate.waits as w (project, run_id, name, kind, token, info)
       select $1, ${fence.run}, $5, $6, $7, $8 from mine
       on conflict (project, run_id, name) do update
         set kind = excluded.kind, token = excluded.token, info = excluded.info where w.answered_at is null
       returning 1)
     select pg_notify($9, $10) from opened`,
);

const CLOSE = fenced(
  (fence) => `with ${fence.with} mine as (
       update wavegate.runs set updated_at = now()
       where project = $1 and run_id = ${fence.run} and ${fence.held} and ended is null returning 1),
     closed as (
       delete from wavegate.waits
       where project = $1 and run_id = ${fence.run} and name = $5 and answered_at is null and exists (select from mine)
       returning 1)
     select pg_notify($6, $7) from closed`,
);

/** A person's answer to this wait, or undefined while there is none. */
export async function findAnswer(
  { database, project }: Store,
  runId: string,
  wait: string,
  signal: AbortSignal,
): Promise<{ readonly value: Json } | undefined> {
  const [row] = await database.rows<{ value: Json }>(
    `select value from wavegate.waits
     where project = $1 and run_id = $2 and name = $3 and answered_at is not null`,
    [project, runId, wait],
    signal,
  );
  return row;
}

/** Ask, or ask again: what is shown may have changed as long as nobody answered. */
export async function openWait(
  { database, project, channel }: Store,
  lease: Lease,
  { name, kind, token, info }: WaitRequest,
  signal: AbortSignal,
): Promise<void> {
  await database.rows(
    OPEN(lease),
    [
      project,
      lease.runId,
      lease.workerId,
      lease.epoch,
      name,
      kind,
      token,
      JSON.stringify(info),
      channel,
      ringing(runTopic(runOf(lease))),
    ],
    signal,
  );
}

/** A wait of this execution is over without an answer. */
export async function closeWait(
  { database, project, channel }: Store,
  lease: Lease,
  name: string,
  signal: AbortSignal,
): Promise<void> {
  const { runId, workerId, epoch } = lease;
  await database.rows(
    CLOSE(lease),
    [project, runId, workerId, epoch, name, channel, ringing(runTopic(runOf(lease)))],
    signal,
  );
}

type Answer = Parameters<Engine["answer"]>[0];

/** Record an answer, once: of any number at the same time one wins. The run is offered to workers in the same statement. */
export async function recordAnswer(
  store: Store,
  answer: Answer,
): Promise<Result<AnswerRecord, WavegateError>> {
  const { database, project, channel } = store;
  const [row] = await database.rows<{ at: Date }>(
    `with run as materialized (
       select project, run_id from wavegate.runs
       where project = $1 and run_id = $2 and ended is null for no key update),
     answered as (
       update wavegate.waits w set value = $5, answered_at = clock_timestamp()
       from run
       where w.project = run.project and w.run_id = run.run_id
         and w.name = $3 and w.token = $4 and w.answered_at is null
       returning w.answered_at, w.receiving),
     numbered as (
       update wavegate.runs r set inbox_seq = inbox_seq + 1 from answered
       where r.project = $1 and r.run_id = $2 and answered.receiving and not exists (
         select from wavegate.inbox where project = $1 and run_id = $2 and kind = 'message' and name = $3)
       returning inbox_seq),
     told as (
       insert into wavegate.inbox (project, run_id, seq, kind, name, body)
       select $1, $2, inbox_seq, 'message', $3, $5 from numbered)
     select answered_at as at, pg_notify($6, $7), pg_notify($6, $8), pg_notify($6, $9) from answered`,
    [
      project,
      answer.runId,
      plain(answer.wait),
      plain(answer.token),
      JSON.stringify(answer.value),
      channel,
      ringing(runTopic(answer.runId)),
      ringing(OFFERS),
      ringing(inboxTopic(answer.runId)),
    ],
  );
  if (row) return ok({ value: answer.value, at: row.at.toISOString(), fresh: true });
  return whyNot(store, answer);
}

async function whyNot(
  { database, project }: Store,
  { runId, wait, token, value }: Answer,
): Promise<Result<AnswerRecord, WavegateError>> {
  const [row] = await database.rows<{
    ended: string | null;
    token: string | null;
    value: Json;
    answered_at: Date | null;
  }>(
    `select r.ended, w.token, w.value, w.answered_at from wavegate.runs r
     left join wavegate.waits w on w.project = r.project and w.run_id = r.run_id and w.name = $3
     where r.project = $1 and r.run_id = $2 and r.child_of is null`,
    [project, runId, plain(wait)],
  );
  if (!row) return err(runNotFound(runId));
  if (row.token === null) return err(runNotWaiting(runId, wait));
  if (row.token !== token) return err(staleToken(wait));
  if (row.answered_at) {
    const at = row.answered_at.toISOString();
    return isDeepStrictEqual(row.value, asStored(value))
      ? ok({ value: row.value, at, fresh: false })
      : err(alreadyDecided(wait, row.value, at));
  }
  // Unanswered under this very token: the run has ended, or the wait was asked again in between.
  return err(row.ended === null ? staleToken(wait) : runFinished(runId, row.ended));
}

const asStored = (value: Json): Json => JSON.parse(JSON.stringify(value ?? null));
