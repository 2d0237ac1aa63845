import { setTimeout as delay } from "node:timers/promises";
import { Client } from "pg";
import { WavegateError } from "../../core/error.ts";
import { connectionSettings, unavailable, type Database } from "./database.ts";

/** The DBOS release whose tables we expect: that of package.json. */
export const DBOS_RELEASE = "5.3.0";
/** Not DBOS's default: an application of the user's in the same database may be one of DBOS, too. */
export const DBOS_SCHEMA = "wavegate_dbos";

const LOCK_MS = 120_000;
/** Any number, the same in every release: one process migrates at a time. */
const MIGRATION_LOCK = 7_236_113;

/**
 * Ours beside DBOS's: who is alive, which run is whose, answers of people and of agents, events, limits
 * and how often an effect was begun.
 * `json`, not `jsonb`: what was put in comes out, order of keys included. Append migrations, never change one.
 */
const MIGRATIONS: readonly string[] = [
  `
  create table wavegate.workers (
    worker_id text primary key,
    project text not null,
    pid int not null,
    host text not null,
    machine text not null,
    pid_started text not null,
    executor_id text not null,
    started_at timestamptz not null default now(),
    beat_at timestamptz not null default now()
  );
  create table wavegate.runs (
    project text not null,
    run_id text not null,
    number bigint generated always as identity,
    workflow text not null,
    subject text not null,
    input json not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    worker_id text references wavegate.workers on delete set null,
    -- Kept when the worker's row goes, so that the next one can say from whom it took over.
    last_worker text,
    -- One more with every execution.
    epoch int not null default 0,
    last_seq int not null default 0,
    ended text check (ended in ('completed', 'failed', 'canceled')),
    output json,
    error text,
    primary key (project, run_id)
  );
  create index runs_by_number on wavegate.runs (project, number desc);
  create index runs_open on wavegate.runs (project, number) where ended is null and worker_id is null;
  create index runs_of_worker on wavegate.runs (worker_id);
  create table wavegate.waits (
    project text not null,
    run_id text not null,
    name text not null,
    kind text not null check (kind in ('gate', 'hold')),
    token text not null,
    info json,
    opened_at timestamptz not null default clock_timestamp(),
    value json,
    answered_at timestamptz,
    primary key (project, run_id, name),
    foreign key (project, run_id) references wavegate.runs on delete cascade
  );
  create table wavegate.events (
    project text not null,
    run_id text not null,
    seq int not null,
    key text not null,
    at timestamptz not null default clock_timestamp(),
    body json not null,
    primary key (project, run_id, seq),
    unique (project, run_id, key),
    foreign key (project, run_id) references wavegate.runs on delete cascade
  );
  create table wavegate.slots (
    project text not null,
    pool text not null,
    number int not null,
    worker_id text not null references wavegate.workers on delete cascade,
    primary key (project, pool, number)
  );
  create index slots_of_worker on wavegate.slots (worker_id);
  create table wavegate.starts (
    project text not null,
    run_id text not null,
    step text not null,
    count int not null default 1,
    primary key (project, run_id, step),
    foreign key (project, run_id) references wavegate.runs on delete cascade
  );
  create table wavegate.audit_anchors (
    project text primary key,
    entries bigint not null,
    head text not null,
    stored_at timestamptz not null default now()
  );
  `,
  `
  alter table wavegate.audit_anchors
    -- Hash of the entry that is being written: the only one that the file may be ahead by.
    add column pending text,
    -- Entries that were there before the anchor.
    add column adopted bigint not null default 0;
  `,
  `
  create table wavegate.answers (
    project text not null,
    key text not null,
    family text not null,
    parts text not null,
    answer text not null,
    -- Over key, parts and answer: a row that says otherwise is damaged.
    digest text not null,
    run_id text not null,
    step text not null,
    -- By the clock of the machine that stored it, in milliseconds since the epoch.
    stored_ms bigint not null,
    keep_until_ms bigint not null,
    size int not null,
    primary key (project, key)
  );
  create index answers_of_family on wavegate.answers (project, family, stored_ms desc);
  `,
  `
  -- Work that is done outside of a run.
  alter table wavegate.waits drop constraint waits_kind_check;
  alter table wavegate.waits add check (kind in ('gate', 'hold', 'work'));
  `,
  `
  -- What a run may use, has used and is using. The version is one more with every change.
  create table wavegate.ledgers (
    project text not null,
    run_id text not null,
    version int not null,
    ledger json not null,
    primary key (project, run_id)
  );
  `,
  `
  -- How many calls at once a provider takes, as far as it told: core/pace.ts. Every change is made of the version before.
  create table wavegate.paces (
    project text not null,
    pool text not null,
    pace json not null,
    version int not null,
    primary key (project, pool)
  );
  `,
];

/**
 * Bring our tables up to date. Costs one query when they are.
 * Throws ENGINE_VERSION_MISMATCH when a newer Wavegate has used this database.
 */
export const migrate = (databaseUrl: string): Promise<void> =>
  connected(databaseUrl, async (client) => {
    if ((await recorded(client)) === MIGRATIONS.length) return;
    await lock(client);
    const from = await recorded(client);
    for (const [index, statements] of MIGRATIONS.slice(from).entries())
      await client.query(
        `begin; create schema if not exists wavegate; ${statements};
         create table if not exists wavegate.version (single int primary key, version int not null, dbos text);
         insert into wavegate.version values (1, ${from + index + 1})
           on conflict (single) do update set version = excluded.version;
         commit`,
      );
  });

/**
 * Launch DBOS by `launch`, which is told whether to bring DBOS's own tables up to date: only one process does that at a
 * time, and none that finds it done.
 */
export async function withDbosTables<T>(
  database: Database,
  databaseUrl: string,
  launch: (outdated: boolean) => Promise<T>,
): Promise<T> {
  const done = `select from wavegate.version
    where dbos = $1 and to_regclass('${DBOS_SCHEMA}.workflow_status') is not null`;
  if ((await database.rows(done, [DBOS_RELEASE])).length > 0) return launch(false);
  return connected(databaseUrl, async (client) => {
    await lock(client);
    const outdated = (await client.query(done, [DBOS_RELEASE])).rows.length === 0;
    const launched = await launch(outdated);
    if (outdated) await client.query("update wavegate.version set dbos = $1", [DBOS_RELEASE]);
    return launched;
  });
}

/**
 * Until the connection ends, all others who want to change tables wait. Asked again and again rather than once and for
 * long: a statement that waits is one that DBOS's indexes, built concurrently, would in turn wait for.
 */
async function lock(client: Client): Promise<void> {
  await client.query("set statement_timeout = '120s'; set lock_timeout = '120s'");
  for (const giveUp = Date.now() + LOCK_MS; ; await delay(50)) {
    const sql = "select pg_try_advisory_lock($1) as held";
    const { rows } = await client.query<{ held: boolean }>(sql, [MIGRATION_LOCK]);
    if (rows[0]?.held) return;
    if (Date.now() > giveUp)
      throw unavailable(new Error("another process has been changing its tables for two minutes"));
  }
}

async function connected<T>(databaseUrl: string, use: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ ...connectionSettings(databaseUrl), query_timeout: 125_000 });
  client.on("error", () => {});
  try {
    await client.connect();
    return await use(client);
  } finally {
    await client.end();
  }
}

async function recorded(client: Client): Promise<number> {
  const known = await client.query<{ there: boolean }>(
    "select to_regclass('wavegate.version') is not null as there",
  );
  if (!known.rows[0]?.there) return 0;
  const { rows } = await client.query<{ version: number }>("select version from wavegate.version");
  const version = rows[0]?.version ?? 0;
  if (version <= MIGRATIONS.length) return version;
  throw new WavegateError(
    "ENGINE_VERSION_MISMATCH",
    `This database was last used by a newer Wavegate: its tables have version ${version}, this one knows ${MIGRATIONS.length}.`,
    { hint: "Update Wavegate here, or use another database for this version." },
  );
}
