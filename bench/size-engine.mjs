/** Engines for `execution-size.mjs`: in memory, or the real one on a database of its own. */
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { stopEmbeddedPostgres } from "../dist/adapters/postgres/stop-embedded-postgres.js";
import { connectDatabase } from "../dist/bootstrap/open-database.js";
import { openEngine as openReal } from "../dist/bootstrap/open-engine.js";
import {
  createMemoryClaims,
  createMemoryEngine,
  createMemoryStore,
} from "../dist/testing/index.js";

const wish = (runId, input) => ({
  runId,
  workflow: "run-plan",
  subject: "plans",
  input,
  where: "here",
});

/** @param {string} kind */
export const openEngine = (kind) => (kind === "memory" ? inMemory() : onDatabase());

const bytes = (value) => Buffer.byteLength(JSON.stringify(value));

async function inMemory() {
  const store = createMemoryStore();
  const engine = createMemoryEngine({ store });
  return {
    claims: createMemoryClaims(store),
    register: (...workflows) => engine.register(...workflows),
    async start(input) {
      await engine.start(wish("run-1", input));
      return "run-1";
    },
    ended: (runId) => endedIn(engine, runId),
    async sizes(runId) {
      const run = store.runs.get(runId);
      let journal = 0;
      for (const entries of run.journals.values()) journal += bytes(entries);
      return { journal: journal + bytes(run.inbox), events: bytes(run.events) };
    },
    close: () => engine.close(),
  };
}

async function onDatabase() {
  const work = mkdtempSync(path.join(tmpdir(), "wavegate-bench-"));
  // As root the database runs as another account, which must be able to pass through.
  chmodSync(work, 0o755);
  const env = { ...process.env, WAVEGATE_HOME: path.join(work, "home") };
  const opened = await openReal({ env, project: "bench" });
  return {
    claims: opened.stores.claims,
    register: (...workflows) => opened.engine.register(...workflows),
    async start(input) {
      await opened.engine.start(wish("run-1", input));
      return "run-1";
    },
    ended: (runId) => endedIn(opened.engine, runId),
    async sizes() {
      const database = await connectDatabase({ env });
      const client = new pg.Client({ connectionString: database.url });
      await client.connect();
      const size = async (like) => {
        const { rows } = await client.query(
          `select coalesce(sum(pg_total_relation_size(format('%I.%I', schemaname, tablename)::regclass)), 0)::float as bytes
           from pg_tables where schemaname not in ('pg_catalog', 'information_schema') and tablename ${like}`,
        );
        return rows[0].bytes;
      };
      const sizes = {
        journal: await size("not like '%event%'"),
        events: await size("like '%event%'"),
      };
      await client.end();
      await database.close();
      return sizes;
    },
    async close() {
      await opened.close();
      await stopEmbeddedPostgres({ env, force: true });
      rmSync(work, { recursive: true, force: true });
    },
  };
}

async function endedIn(engine, runId) {
  const { status, error, output } = await engine.settled(runId);
  if (status !== "completed")
    throw new Error(`the run is ${status}: ${JSON.stringify(error ?? output)}`);
}
