/** The engine on a server of the user's own, given as WAVEGATE_DATABASE_URL: the same contract as on the embedded one. */
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { Client } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { connectDatabase, type OpenDatabase } from "../../src/bootstrap/open-database.ts";
import { engineContract } from "../../src/testing/engine-contract.ts";
import {
  openExternalPostgres,
  type ExternalPostgres,
} from "../fixtures/engine/external-postgres.ts";
import { buildWorker, openProcesses, type BuiltWorker } from "../fixtures/engine/processes.ts";
import { createCliHarness, gateIn, SPEC } from "./cli-harness.ts";

let server: ExternalPostgres;
let database: OpenDatabase;
let built: BuiltWorker;

beforeAll(async () => {
  built = buildWorker();
  server = await openExternalPostgres();
  database = await connectDatabase({ env: { WAVEGATE_DATABASE_URL: server.url } });
});

afterAll(async () => {
  await database?.close();
  await server?.close();
  built?.remove();
});

engineContract(test, async (desk) => openProcesses(built.file, database.url, desk));

test("the program plans, waits and writes on it, and keeps no database of its own", async () => {
  const cli = createCliHarness();
  const env = { WAVEGATE_DATABASE_URL: server.url };
  cli.write("specs/001/spec.md", SPEC);
  const planned = await cli.run(["plan", "specs/001/spec.md"], { env });
  expect(planned).toMatchObject({ code: 4 });
  const { run, digest } = gateIn(planned);
  const approved = await cli.run(["approve", run, "--digest", digest], { env });
  expect(approved.code).toBe(0);
  expect(existsSync(path.join(cli.project, "specs/001/plan.md"))).toBe(true);
  expect(readdirSync(cli.home)).toEqual([]);
  await cli.close();
});

test("all it makes there are two schemas of its own", async () => {
  const client = new Client({ connectionString: server.url });
  await client.connect();
  const { rows } = await client.query<{ schema: string }>(
    `select distinct n.nspname as schema from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname !~ '^pg_' and n.nspname <> 'information_schema' order by 1`,
  );
  await client.end();
  expect(rows.map(({ schema }) => schema)).toEqual(["wavegate", "wavegate_dbos"]);
});
