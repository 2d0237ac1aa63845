/** The engine on real PostgreSQL passes the contract (ST-13). */
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, test } from "vitest";
import { createClaims } from "../../src/adapters/engine/claims.ts";
import { createDbosEngine } from "../../src/adapters/engine/dbos-engine.ts";
import { claimsContract } from "../../src/testing/claims-contract.ts";
import { engineContract } from "../../src/testing/engine-contract.ts";
import {
  buildWorker,
  openProcesses,
  openTestDatabase,
  type BuiltWorker,
  type TestDatabase,
} from "../fixtures/engine/processes.ts";

let database: TestDatabase;
let built: BuiltWorker;

beforeAll(async () => {
  built = buildWorker();
  database = await openTestDatabase();
});

afterAll(async () => {
  await database?.close();
  built?.remove();
});

engineContract(test, async (desk) => openProcesses(built.file, database.url, desk));

claimsContract(test, async () => {
  const options = { databaseUrl: database.url, project: randomUUID() };
  const engine = createDbosEngine(options);
  engine.register({ name: "any", run: async () => null });
  const workers = [createClaims(options), createClaims(options)] as const;
  const close = async () => {
    await Promise.all([engine.close(), ...workers.map((worker) => worker.close())]);
  };
  return { engine, workers, close };
});
