import type { Json } from "../../core/json.ts";
import { err, ok } from "../../core/result.ts";
import type { Received, WaitRequest } from "../../ports/engine.ts";
import { inboxTopic, OFFERS, runTopic } from "./bell.ts";
import { isOutcome, type Outcome } from "./outcome.ts";
import { plain, ringing, type Lease, type Part, type Store } from "./store.ts";

/** Something a run received or will receive, by its number. */
export interface InboxRow {
  readonly seq: number;
  readonly received: Received;
}

interface Row {
  readonly seq: number;
  readonly kind: Received["kind"];
  readonly name: string;
  readonly body: Json;
  readonly at: Date;
}

/** As many as one look brings: a run that is replayed looks seldom. */
const AT_ONCE = 1_000;

/** What the run receives after that number, in order. */
export async function readInbox(
  { database, project }: Store,
  runId: string,
  after: number,
  signal: AbortSignal,
): Promise<readonly InboxRow[]> {
  const rows = await database.rows<Row>(
    `select seq, kind, name, body, at from wavegate.inbox
     where project = $1 and run_id = $2 and seq > $3 order by seq limit ${AT_ONCE}`,
    [project, runId, after],
    signal,
  );
  return rows.map((row) => ({ seq: row.seq, received: toReceived(row) }));
}

function toReceived({ kind, name, body, at: time }: Row): Received {
  const at = time.getTime();
  if (kind === "child") return { kind, name, outcome: toResult(body), at };
  return kind === "message" ? { kind, key: name, value: body, at } : { kind, at };
}

function toResult(body: Json) {
  if (!isOutcome(body)) throw new Error("the inbox has an end of a child that is none");
  return body.ok ? ok(body.value) : err(body.message);
}

/**
 * Adds a row unless the run has ended or the same is there, numbered by the run's row, which is held until it is written:
 * what has the next number is seen after what has this one. What the run shows while it receives is gone with that. Who
 * executes the run is told of what others add.
 */
const add = (by: "anybody" | "the execution", fence = "", { first = "", at = "" } = {}): string => `
  with ${first} numbered as (
    update wavegate.runs set inbox_seq = inbox_seq + 1, updated_at = now()
    where project = $1 and run_id = $2 and ended is null ${fence}
      and not exists (select from wavegate.inbox where project = $1 and run_id = $2 and kind = $3 and name = $4)
    returning inbox_seq),
  added as (
    insert into wavegate.inbox (project, run_id, seq, kind, name, body, at)
    select $1, $2, inbox_seq, $3, $4, $5,
      greatest(clock_timestamp()${at && `, to_timestamp(${at}::float8 / 1000)`}) from numbered returning seq, at),
  unasked as (
    delete from wavegate.waits
    where project = $1 and run_id = $2 and receiving and answered_at is null and exists (select from added)
    returning 1)
  select seq, at, ${by === "anybody" ? "pg_notify($6, $9)" : "null"} from added
  union all select null, null, pg_notify($6, $7) from unasked
  union all select null, null, pg_notify($6, $8) from unasked`;

const MINE = "and worker_id = $9 and epoch = $10";
const ADD_OF_ANYBODY = add("anybody", "and child_of is null");
const ADD_OF_MINE = add("the execution", MINE, { at: "$11" });
const ADD_AS_NEXT = add("the execution", `${MINE} and inbox_seq = $12`, { at: "$11" });
/** With the end of a shared child's own row; one row more says that it was still this execution's to end. */
const ADD_WITH_END = `${add("anybody", "and exists (select from done)", {
  first: `done as (
    update wavegate.runs set ended = $13, worker_id = null, updated_at = now()
    where project = $1 and run_id = $10 and worker_id = $11 and epoch = $12 and ended is null returning 1),`,
})}
  union all select 0, null, null from done`;

interface Added {
  readonly seq: number;
  readonly at: Date;
}

async function append(
  { database, project, channel }: Store,
  sql: string,
  { runId, values }: { readonly runId: string; readonly values: readonly unknown[] },
  signal?: AbortSignal,
): Promise<Added | undefined> {
  const [kind, name, body, ...others] = values;
  const rings = [runTopic(runId), OFFERS].map(ringing);
  const all = [project, runId, kind, name, body, channel, ...rings, ...others];
  try {
    const rows = await database.rows<Added | { readonly seq: null }>(sql, all, signal);
    return rows.find((row) => row.seq !== null);
  } catch (error) {
    // Somebody else told the same at the same moment.
    if (error instanceof Error && "code" in error && error.code === "23505") return undefined;
    throw error;
  }
}

export interface ChildEnd {
  readonly name: string;
  readonly outcome: Outcome;
  /** The run's own time, in milliseconds since the epoch. */
  readonly at: number;
}

/** How a spawned child of this execution's run ended: the row, if it is new. */
export async function deliverEnd(
  store: Store,
  { runId, workerId, epoch }: Lease,
  { name, outcome, at }: ChildEnd,
  signal: AbortSignal,
): Promise<InboxRow | undefined> {
  const body = JSON.stringify(outcome);
  const values = ["child", plain(name), body, workerId, epoch, at];
  const added = await append(store, ADD_OF_MINE, { runId, values }, signal);
  const row = { kind: "child", name: plain(name), body: JSON.parse(body) } as const;
  return added && { seq: added.seq, received: toReceived({ ...row, ...added }) };
}

/** How a shared child ended: its row, and with it what the run receives. False if that was not this execution's to say. */
export async function deliverPart(
  store: Store,
  { runId, workerId, epoch }: Lease,
  { part, outcome }: { readonly part: Part; readonly outcome: Outcome },
  signal: AbortSignal,
): Promise<boolean> {
  const ended = outcome.ok ? "completed" : "failed";
  const what = ["child", plain(part.name), JSON.stringify(outcome), ringing(inboxTopic(part.of))];
  const values = [...what, runId, workerId, epoch, ended];
  return (await append(store, ADD_WITH_END, { runId: part.of, values }, signal)) !== undefined;
}

/** Whether it was new. False if the run has ended or is not there, too. */
export async function deliverMessage(
  store: Store,
  runId: string,
  { key, value }: { readonly key: string; readonly value: Json },
): Promise<boolean> {
  const ring = ringing(inboxTopic(runId));
  const values = ["message", plain(key), JSON.stringify(value ?? null), ring];
  return (await append(store, ADD_OF_ANYBODY, { runId, values })) !== undefined;
}

/** That nothing came by that time of the run, unless something came after that number. Whether so. */
export async function deliverTime(
  store: Store,
  { runId, workerId, epoch }: Lease,
  { after, at }: { readonly after: number; readonly at: number },
  signal: AbortSignal,
): Promise<boolean> {
  const values = ["time", String(after + 1), "null", workerId, epoch, at, after];
  return (await append(store, ADD_AS_NEXT, { runId, values }, signal)) !== undefined;
}

/**
 * Show that the run waits for a person until something comes, unless something came after that number. Whether it didn't.
 * One that was answered before is not shown.
 */
export async function showWait(
  { database, project, channel }: Store,
  { runId, workerId, epoch }: Lease,
  { waiting, until, after }: ShownWait,
  signal: AbortSignal,
): Promise<boolean> {
  const { name, kind, token, info } = waiting;
  const rows = await database.rows(
    `with mine as (
       update wavegate.runs set updated_at = now()
       where project = $1 and run_id = $2 and worker_id = $3 and epoch = $4 and ended is null and inbox_seq = $5
       returning 1),
     shown as (
       insert into wavegate.waits as w (project, run_id, name, kind, token, info, receiving, due_at)
       select $1, $2, $6, $7, $8, $9, true, to_timestamp($10::float8 / 1000) from mine
       on conflict (project, run_id, name) do update
         set kind = excluded.kind, token = excluded.token, info = excluded.info, due_at = excluded.due_at
         where w.answered_at is null
       returning 1)
     select (select pg_notify($11, $12) from shown) from mine`,
    [
      project,
      runId,
      workerId,
      epoch,
      after,
      plain(name),
      kind,
      plain(token),
      JSON.stringify(info),
      until ?? null,
      channel,
      ringing(runTopic(runId)),
    ],
    signal,
  );
  return rows.length > 0;
}

interface ShownWait {
  readonly waiting: WaitRequest;
  readonly until: number | undefined;
  readonly after: number;
}
