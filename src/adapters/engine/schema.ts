import { setTimeout as delay } from "node:timers/promises";
import { Client } from "pg";
import { WavegateError } from "../../core/error.ts";
import { connectionSettings, unavailable, type Database } from "./database.ts";
import { MIGRATIONS } from "./migrations.ts";

/** The DBOS release whose tables we expect: that of package.json. */
export const DBOS_RELEASE = "5.3.0";
/** Not DBOS's default: an application of the user's in the same database may be one of DBOS, too. */
export const DBOS_SCHEMA = "wavegate_dbos";

const LOCK_MS = 120_000;
/** Any number, the same in every release: one process migrates at a time. */
const MIGRATION_LOCK = 7_236_113;

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
  for (const giveUp = performance.now() + LOCK_MS; ; await delay(50)) {
    const sql = "select pg_try_advisory_lock($1) as held";
    const { rows } = await client.query<{ held: boolean }>(sql, [MIGRATION_LOCK]);
    if (rows[0]?.held) return;
    if (performance.now() > giveUp)
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
