/** Ledgers (PX-11), and what machines share (PX-09), in PostgreSQL: the contracts, by two workers with connections of their own. */
import { randomUUID } from "node:crypto";
import { Client } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
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

const keptOf = (runId: string) => ({
  runId,
  commit: runId,
  needs: "base",
  depth: 1,
  needsDepth: 0,
  digest: `of ${runId}`,
  bytes: 1,
});
const oneByte = async () => new Uint8Array(1);

test("what runs kept goes 30 days after their end, and nothing of others", async () => {
  const project = randomUUID();
  const open = () => createSharedStore({ databaseUrl: database.url, project });
  const before = open();
  const ages = { old: 31, recent: 29, going: null };
  await before.findCommit("none");
  const client = new Client({ connectionString: database.url });
  await client.connect();
  for (const [runId, days] of Object.entries(ages)) {
    await client.query(
      `insert into wavegate.runs (project, run_id, workflow, subject, input, ended, updated_at)
       values ($1, $2, 'w', '', 'null', case when $3::int is null then null else 'completed' end,
         now() - coalesce($3::int, 99) * interval '1 day')`,
      [project, runId, days],
    );
    await before.keep(keptOf(runId), oneByte);
  }
  await client.end();
  // Whoever keeps its first commit clears up, once.
  await before.addCommit(keptOf("going"));
  for (const runId of ["old", "recent"]) {
    await before.addCommit(keptOf(runId));
    await before.nameCommit({ runId, name: "point/p", commit: runId });
  }
  const later = open();
  await later.addCommit(keptOf("going"));
  const left = async (runId: string) => [
    (await later.findCommit(runId)) !== undefined,
    await later.take(`of ${runId}`, async () => {}),
    await later.namedCommit(runId, "point/p"),
  ];
  expect(await left("old")).toEqual([false, false, undefined]);
  expect(await left("recent")).toEqual([true, true, "recent"]);
  expect(await left("going")).toEqual([true, true, undefined]);
  await Promise.all([before.close(), later.close()]);
});
