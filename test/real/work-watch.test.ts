/** Attempts that stand still are found by what they say and by the files that they change, on a clock that tests own. */
import { mkdir, mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { createWorkWatch } from "../../src/adapters/workspace/work-watch.ts";
import { stalled, type Observation } from "../../src/execution/stall.ts";

const LIMIT = 60_000;
const folders: string[] = [];

async function watched() {
  const folder = await mkdtemp(path.join(os.tmpdir(), "wavegate-watch-"));
  folders.push(folder);
  await mkdir(path.join(folder, "src/deep"), { recursive: true });
  await writeFile(path.join(folder, "src/deep/a.ts"), "one");
  let now = 0;
  let timers: { readonly at: number; readonly run: () => void }[] = [];
  const looked: (() => void)[] = [];
  const watch = createWorkWatch({
    now: () => now,
    later: (ms, then) => {
      const timer = { at: now + ms, run: then };
      timers.push(timer);
      for (const wake of looked.splice(0)) wake();
      return () => (timers = timers.filter((each) => each !== timer));
    },
  });
  const over = new AbortController();
  const stalls: Observation[] = [];
  const onStall = (seen: Observation): void => {
    stalls.push(seen);
    for (const wake of looked.splice(0)) wake();
  };
  const ready = () => new Promise<void>((resolve) => looked.push(resolve));
  const first = ready();
  const heard = watch.watch({ folder, limitMs: LIMIT, signal: over.signal, onStall });
  await first;
  /** Time goes by, look by look. */
  const pass = async (ms: number): Promise<void> => {
    const end = now + ms;
    for (let due = timers[0]; due && due.at <= end && stalls.length === 0; due = timers[0]) {
      now = Math.max(now, due.at);
      const next = ready();
      timers = timers.filter((each) => each !== due);
      due.run();
      await next;
    }
    now = end;
  };
  /** As a process that is stopped: time goes by, and no timer is looked at. */
  const stop = (ms: number): void => {
    now += ms;
  };
  return { folder, heard, pass, stop, stalls, over, waiting: () => timers.length };
}

afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true });
});

test("neither a word nor a changed file for so long: told once, with what shows it", async () => {
  const { pass, stalls, heard, waiting } = await watched();
  heard(12);
  await pass(LIMIT + 10_000);
  expect(stalls.length).toBe(1);
  expect(waiting()).toBe(0);
  const [seen] = stalls;
  expect(seen && stalled(seen, LIMIT)?.details).toEqual([
    expect.stringContaining("at work for"),
    expect.stringContaining("(12 bytes in all)"),
    "no changed file at all",
  ]);
});

test("who says something, or changes a file deep in the folder, works", async () => {
  const { folder, pass, stalls, heard } = await watched();
  for (let turn = 1; turn <= 3; turn++) {
    await pass(LIMIT - 10_000);
    heard(1);
    await pass(LIMIT - 10_000);
    const later = new Date(Date.now() + turn * 60_000);
    await utimes(path.join(folder, "src/deep/a.ts"), later, later);
  }
  await pass(LIMIT - 10_000);
  expect(stalls).toEqual([]);
  await pass(LIMIT);
  expect(stalls[0]?.lastChangeMs).toBeGreaterThan(0);
});

test("time in which this process was stopped is nobody's silence", async () => {
  const { pass, stop, stalls, heard } = await watched();
  heard(1);
  await pass(LIMIT / 2);
  stop(5 * LIMIT);
  await pass(LIMIT / 4);
  expect(stalls).toEqual([]);
  await pass(LIMIT);
  const [seen] = stalls;
  expect(seen && stalled(seen, LIMIT)?.message).toBe(
    "Nothing came for 1 m; at most 1 m is allowed.",
  );
});

test("nothing is watched any more when it is over", async () => {
  const { pass, stalls, over, waiting } = await watched();
  over.abort();
  expect(waiting()).toBe(0);
  await pass(LIMIT * 3);
  expect(stalls).toEqual([]);
});
