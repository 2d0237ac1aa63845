import { expect, test } from "vitest";
import { cancelRun } from "../../../src/app/cancel-run.ts";
import { WavegateError } from "../../../src/core/error.ts";
import type { AuditLog } from "../../../src/ports/audit.ts";
import { createMemoryEngine, createMemoryStore } from "../../../src/testing/memory-engine.ts";
import { createMemoryFiles } from "../../../src/testing/memory-files.ts";

/** A run that waits for a person, and an audit log that can be made to fail or to take its time. */
async function waitingRun(append: (write: () => Promise<void>) => Promise<void>) {
  const engine = createMemoryEngine({ store: createMemoryStore() });
  engine.register({
    name: "w",
    run: (_, steps) => steps.wait({ name: "g", kind: "gate", token: "t", info: null }),
  });
  await engine.start({ runId: "r", workflow: "w", subject: "", input: null, where: "here" });
  await engine.settled("r");
  const { audit: log, auditEntries } = createMemoryFiles();
  const audit: AuditLog = { ...log, append: (entry) => append(() => log.append(entry)) };
  const ports = {
    engine: async () => engine,
    audit: async () => audit,
    clock: { now: () => 0 },
    surroundingRuns: () => [],
  };
  return { engine, entries: auditEntries, cancel: (by = "ada") => cancelRun(ports, "r", by) };
}
const stateOf = async ({ engine }: Awaited<ReturnType<typeof waitingRun>>) =>
  (await engine.run("r"))?.status;

test("a run is not canceled without a word about it in the audit log", async () => {
  let writable = false;
  const run = await waitingRun((write) =>
    writable
      ? write()
      : Promise.reject(new WavegateError("PROJECT_NOT_WRITABLE", "locked", { hint: "Wait." })),
  );
  await expect(run.cancel()).rejects.toMatchObject({ code: "PROJECT_NOT_WRITABLE" });
  expect([await stateOf(run), run.entries]).toEqual(["waiting", []]);
  writable = true;
  expect(await run.cancel()).toMatchObject({ status: "canceled" });
  expect(run.entries).toMatchObject([{ action: "cancel", actor: "ada" }]);
});

test("a process that dies in between leaves one entry, however often the run is canceled then", async () => {
  let dies = true;
  const run = await waitingRun(async (write) => {
    await write();
    if (dies) throw new Error("killed");
  });
  await expect(run.cancel()).rejects.toThrow("killed");
  dies = false;
  expect(await run.cancel()).toMatchObject({ status: "canceled" });
  expect(run.entries.map(({ action }) => action)).toEqual(["cancel"]);
  await expect(run.cancel()).rejects.toMatchObject({ code: "RUN_FINISHED" });
  expect(run.entries).toHaveLength(1);
});

test("a run that ends by itself in between: that the cancel was void is recorded, too", async () => {
  const run = await waitingRun(async (write) => {
    await write();
    await run.engine.answer({ runId: "r", wait: "g", token: "t", value: "go" });
    await run.engine.settled("r", { afterWait: "g" });
  });
  await expect(run.cancel()).rejects.toMatchObject({ code: "RUN_FINISHED" });
  expect(run.entries.map(({ action }) => action)).toEqual(["cancel", "cancel-void"]);
});

test("who cancels after somebody else's process died in between is recorded, too", async () => {
  let dies = true;
  const run = await waitingRun(async (write) => {
    await write();
    if (dies) throw new Error("killed");
  });
  await expect(run.cancel("ada")).rejects.toThrow("killed");
  dies = false;
  expect(await run.cancel("bob")).toMatchObject({ status: "canceled" });
  expect(run.entries.map(({ action, actor }) => [action, actor])).toEqual([
    ["cancel", "ada"],
    ["cancel", "bob"],
  ]);
});

test("a database that goes away in between: the cancel was void, and the next one is recorded", async () => {
  const run = await waitingRun((write) => write());
  const cancel = run.engine.cancel.bind(run.engine);
  run.engine.cancel = () =>
    Promise.reject(new WavegateError("DATABASE_UNAVAILABLE", "away", { hint: "Wait." }));
  await expect(run.cancel()).rejects.toMatchObject({ code: "DATABASE_UNAVAILABLE" });
  run.engine.cancel = cancel;
  expect(await run.cancel()).toMatchObject({ status: "canceled" });
  expect(run.entries.map(({ action, details }) => [action, details])).toEqual([
    ["cancel", { was: "waiting" }],
    ["cancel-void", { code: "DATABASE_UNAVAILABLE" }],
    ["cancel", { was: "waiting" }],
  ]);
});

test("a cancel that was done although its answer got lost is not void", async () => {
  const run = await waitingRun((write) => write());
  const cancel = run.engine.cancel.bind(run.engine);
  run.engine.cancel = async (runId) => {
    await cancel(runId);
    throw new Error("connection lost");
  };
  expect(await run.cancel()).toMatchObject({ status: "canceled" });
  expect(run.entries.map(({ action }) => action)).toEqual(["cancel"]);
});
