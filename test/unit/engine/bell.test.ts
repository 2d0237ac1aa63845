/** Who waits for a change in the database, where the server is away: what it leaves behind, and how it stops. */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { Bell } from "../../../src/adapters/engine/bell.ts";

setFlagsFromString("--expose-gc");
const gc: () => void = runInNewContext("gc");

function heapBytes(): number {
  gc();
  return process.memoryUsage().heapUsed;
}

const AWAY = "postgresql://nobody@127.0.0.1:1/none";

test("who waited leaves nothing with signals that last as long as the process", async () => {
  const bell = new Bell(AWAY, "channel", 1_000);
  const { signal } = new AbortController();
  const wait = async (times: number) => {
    for (let turn = 0; turn < times; turn++) await bell.until("topic", async () => true, signal);
  };
  await wait(1_000);
  const before = heapBytes();
  await wait(10_000);
  expect(heapBytes() - before).toBeLessThan(2_000_000);
  await bell.close();
});

test("who is stopped while the server is away stops", async () => {
  const bell = new Bell(AWAY, "channel", 60_000);
  const stop = new AbortController();
  const waited = bell.until("topic", async () => undefined, stop.signal);
  setImmediate(() => stop.abort());
  expect(await waited).toBeUndefined();
  await bell.close();
});
