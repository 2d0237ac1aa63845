/** Ledgers (PX-11), and what machines share (PX-09), in PostgreSQL: the contracts, by two workers with connections of their own. */
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, test } from "vitest";
import { createLedgers } from "../../src/adapters/engine/ledgers.ts";
import { createSharedStore } from "../../src/adapters/engine/shared-store.ts";
import { ledgersContract } from "../../src/testing/ledgers-contract.ts";
import { sharedStoreContract } from "../../src/testing/shared-store-contract.ts";
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

sharedStoreContract(test, async () => {
  const project = randomUUID();
  const open = (of = project) =>
    createSharedStore({ databaseUrl: database.url, project: of, partBytes: 999 });
  const machines = [open(), open()] as const;
  const other = open(randomUUID());
  return {
    machines,
    other,
    close: async () => {
      await Promise.all([...machines, other].map((store) => store.close()));
    },
  };
});
