/** Ledgers in PostgreSQL: the contract, by two workers with connections of their own (PX-11). */
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, test } from "vitest";
import { createLedgers } from "../../src/adapters/engine/ledgers.ts";
import { ledgersContract } from "../../src/testing/ledgers-contract.ts";
import { openTestDatabase, type TestDatabase } from "../fixtures/engine/processes.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database?.close());

ledgersContract(test, async () => {
  const project = randomUUID();
  // No notification is lost here, so nobody may have to rely on looking now and then.
  const open = () => createLedgers({ databaseUrl: database.url, project, lookEveryMs: 60_000 });
  const workers = [open(), open()] as const;
  return {
    workers,
    close: async () => {
      await Promise.all(workers.map((worker) => worker.close()));
    },
  };
});
