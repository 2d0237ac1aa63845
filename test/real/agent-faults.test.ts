/** Agents that misbehave, each in a real run; `bench/agent-faults.mjs` has the dear ones, and memory. */
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { createFaultProject } from "../../bench/agent-faults/fault-project.mjs";
import { faultyModel } from "../../bench/agent-faults/model-rows.mjs";
import { ROWS } from "../../bench/agent-faults/rows.mjs";
import { stopEmbeddedPostgres } from "../../src/adapters/postgres/stop-embedded-postgres.ts";
import { openApp } from "../../src/bootstrap/open-app.ts";
import { connectDatabase } from "../../src/bootstrap/open-database.ts";
import { startModelServer } from "../../src/testing/model-server/model-server.ts";

const cheap = ROWS.filter(({ cheap: wanted }) => wanted);

const models = await startModelServer({ script: faultyModel });
afterAll(() => models.close());

describe.skipIf(process.platform !== "linux")("an agent that", () => {
  const faults = createFaultProject(ROWS, { openApp, connectDatabase, modelUrl: models.url });
  const ends = new Map<string, Awaited<ReturnType<typeof faults.run>>>();
  afterAll(async () => {
    const env = { WAVEGATE_HOME: path.join(faults.folder, "home") };
    if (!process.env["WAVEGATE_DATABASE_URL"]) await stopEmbeddedPostgres({ env, force: true });
    faults.remove();
  });

  test.each(cheap)(
    "$fault: ends as it must, and nothing of it lives on",
    async (row) => {
      const end = await faults.run(row);
      ends.set(row.fault, end);
      expect(end.outcome).toMatch(row.outcome);
      expect(end.calls).toBe(row.calls ?? end.calls);
      expect([end.survivors, end.injected]).toEqual([0, row.injected ?? 0]);
      // Whatever the kind of agent, it was sent what `wavegate prompts show` prints; one takes its folder away.
      if (end.calls > 0 && row.fault !== "deletes-its-folder") expect(end.sent).toBe(end.toSend);
      if (row.limitMs !== undefined) expect(end.killMs).toBeLessThan(6_000);
    },
    30_000,
  );

  test("prints a secret: it is in no file, no row of the database, no event and no line", async () => {
    expect(ends.get("prints-a-secret")?.told).toContain("[redacted]");
    expect(faults.leakedFiles()).toEqual([]);
    const { rows, leaked } = await faults.leakedRows();
    expect(rows).toBeGreaterThan(100);
    expect(leaked).toEqual([]);
    const shown = [...ends.values()].flatMap((end) => end.shown);
    expect(shown.length).toBeGreaterThan(50);
    expect(shown.filter((line) => faults.leaks(line))).toEqual([]);
    // The search finds what is there.
    expect(faults.leaks('x fault/Kan4ry+secret=29"q x')).toBe(true);
  });

  test("prints terminal escapes: none is in a line or event", () => {
    const { shown = [] } = ends.get("terminal-escapes") ?? {};
    expect(shown.join("\n")).toContain("click");
    // oxlint-disable-next-line no-control-regex -- that none is there is the point
    expect(shown.filter((line) => /[\u0000-\u001F\u007F\u202E]/.test(line))).toEqual([]);
  });
});
