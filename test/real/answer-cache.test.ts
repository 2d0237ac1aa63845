/** The cache of answers in PostgreSQL: the contract, and what only a database can suffer. */
import { randomUUID } from "node:crypto";
import { Client } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createAnswerCache } from "../../src/adapters/engine/answer-cache.ts";
import type { KeptAnswer } from "../../src/ports/answer-cache.ts";
import { answerCacheContract } from "../../src/testing/answer-cache-contract.ts";
import { openTestDatabase, type TestDatabase } from "../fixtures/engine/processes.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database?.close());

async function sql(text: string, values: readonly unknown[]): Promise<void> {
  const client = new Client({ connectionString: database.url });
  await client.connect();
  await client.query(text, [...values]);
  await client.end();
}

const signal = new AbortController().signal;
const entry: KeptAnswer = {
  key: "a",
  family: "planning/risk",
  parts: { agent: "builtin" },
  answer: { yes: true },
  runId: "run-1",
  step: "planning-risk-r1-a1",
  storedAt: 1_000,
  keepUntil: 9_000,
};

answerCacheContract(test, async (bounds) => {
  const project = randomUUID();
  const cache = createAnswerCache({ databaseUrl: database.url, project, bounds });
  return {
    cache,
    damage: (key) =>
      sql(
        "update wavegate.answers set answer = replace(answer, 'found', 'F0und') where project = $1 and key = $2",
        [project, key],
      ),
    close: () => cache.close(),
  };
});

test.each([
  ["parts that are no parts", `parts = '[1]'`],
  ["parts that are no JSON", `parts = '{'`],
  ["an answer that is no JSON, with another digest", `answer = '{', digest = 'x'`],
  ["an answer of another row", `answer = '{"yes":false}'`],
])("a row with %s is damaged, and is no trouble for others", async (_, change) => {
  const project = randomUUID();
  const cache = createAnswerCache({ databaseUrl: database.url, project });
  try {
    await cache.keep(entry, signal);
    await sql(`update wavegate.answers set ${change} where project = $1`, [project]);
    const { same } = await cache.look(entry, signal);
    expect([same?.runId, same?.answer]).toEqual(["run-1", undefined]);
    expect((await cache.look({ ...entry, key: "b" }, signal)).same).toBeUndefined();
    await cache.keep(entry, signal);
    expect((await cache.look(entry, signal)).same?.answer).toEqual({ yes: true });
  } finally {
    await cache.close();
  }
});

test("projects don't see each other's answers", async () => {
  const [mine, yours] = [randomUUID(), randomUUID()].map((project) =>
    createAnswerCache({ databaseUrl: database.url, project }),
  );
  try {
    await mine?.keep(entry, signal);
    expect(await yours?.look(entry, signal)).toEqual({ same: undefined, others: [] });
  } finally {
    await mine?.close();
    await yours?.close();
  }
});

test("while the server restarts, who looks waits", async (context) => {
  const { restart } = database;
  if (!restart) return context.skip("the server is not ours to restart");
  const cache = createAnswerCache({ databaseUrl: database.url, project: randomUUID() });
  try {
    await cache.keep(entry, signal);
    const [{ same }] = await Promise.all([cache.look(entry, signal), restart()]);
    expect(same?.answer).toEqual({ yes: true });
    expect((await cache.look(entry, signal)).same?.answer).toEqual({ yes: true });
  } finally {
    await cache.close();
  }
});
