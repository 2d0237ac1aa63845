/**
 * Ours beside DBOS's: who is alive, which run is whose, answers of people and of agents, what runs
 * receive and claim, events, limits and how often an effect was begun.
 * `json`, not `jsonb`: what was put in comes out, order of keys included. Append migrations, never change one.
 */
export const MIGRATIONS: readonly string[] = [
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
  `
  -- What runs receive, in the order in which it became known: numbered without gaps, by the run's row.
  alter table wavegate.runs add column inbox_seq int not null default 0;
  create table wavegate.inbox (
    project text not null,
    run_id text not null,
    seq int not null,
    kind text not null check (kind in ('child', 'message', 'time')),
    -- The child's name, or the message's key; the number of a time.
    name text not null,
    body json not null,
    at timestamptz not null default clock_timestamp(),
    primary key (project, run_id, seq),
    unique (project, run_id, kind, name),
    foreign key (project, run_id) references wavegate.runs on delete cascade
  );
  create table wavegate.spawned (
    project text not null,
    run_id text not null,
    name text not null,
    -- Whether the run ended it; its own end is in the inbox.
    ended boolean not null default false,
    primary key (project, run_id, name),
    foreign key (project, run_id) references wavegate.runs on delete cascade
  );
  alter table wavegate.waits
    -- Shown by a run that receives: gone with whatever comes.
    add column receiving boolean not null default false,
    -- When the run goes on by itself.
    add column due_at timestamptz;
  -- What runs have for themselves; those of a run that has ended count for nothing.
  create table wavegate.claims (
    project text not null,
    name text not null,
    run_id text not null,
    primary key (project, name),
    foreign key (project, run_id) references wavegate.runs on delete cascade
  );
  create index claims_of_run on wavegate.claims (project, run_id);
  -- All names or none: one after the other, each with a look of its own at what those before it left.
  create function wavegate.claim(of_project text, for_run text, names text[])
  returns table (held_name text, held_by text) language plpgsql as $claim$
  begin
    perform pg_advisory_xact_lock(hashtextextended('wavegate claims of ' || of_project, 0));
    return query
      select c.name, c.run_id from unnest(names) with ordinality as wanted (name, place)
      join wavegate.claims c on c.project = of_project and c.name = wanted.name
      join wavegate.runs r on r.project = c.project and r.run_id = c.run_id
      where c.run_id <> for_run and r.ended is null
      order by wanted.place limit 1;
    if found then return; end if;
    insert into wavegate.claims (project, name, run_id)
      select distinct of_project, wanted.name, for_run from unnest(names) as wanted (name)
      on conflict (project, name) do update set run_id = excluded.run_id;
  end $claim$;
  `,
  `
  -- What machines share: content in parts, whole once its first part is there; how commits are kept; names that runs gave them.
  create table wavegate.contents (
    project text not null,
    digest text not null,
    part int not null,
    bytes bytea not null,
    primary key (project, digest, part)
  );
  alter table wavegate.contents alter column bytes set storage external;
  create table wavegate.commits (
    project text not null,
    commit_id text not null,
    run_id text not null,
    needs text not null,
    depth int not null,
    needs_depth int not null,
    digest text not null,
    size bigint not null,
    stored_at timestamptz not null default now(),
    primary key (project, commit_id)
  );
  create table wavegate.commit_names (
    project text not null,
    run_id text not null,
    name text not null,
    commit_id text not null,
    primary key (project, run_id, name)
  );
  `,
  `
  -- A child that any worker may execute is a row of its own among the runs: with a lease, and offered as they are.
  alter table wavegate.runs
    -- The run it writes to, and its name there; null for a run.
    add column child_of text,
    add column child text,
    add foreign key (project, child_of) references wavegate.runs (project, run_id) on delete cascade;
  create index runs_of_run on wavegate.runs (project, child_of) where child_of is not null;
  -- Whether it has such a row. One without is executed with its run.
  alter table wavegate.spawned add column shared boolean not null default false;
  -- How much it executes at once of what is offered; 0: nothing.
  alter table wavegate.workers add column seats int not null default 0;
  `,
  `
  -- What decides how work is done: of the process that offers a child, and of those that may take it.
  alter table wavegate.runs add column settings text;
  alter table wavegate.workers add column settings text not null default '';
  `,
];
