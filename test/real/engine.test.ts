/** The engine on real PostgreSQL passes the contract (ST-13). */
import { afterAll, beforeAll, test } from "vitest";
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
