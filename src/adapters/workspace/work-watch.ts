import { opendir, stat } from "node:fs/promises";
import path from "node:path";
import type { WatchedWork, WorkWatch } from "../../ports/work-watch.ts";

export interface WorkWatchOptions {
  /** Milliseconds by a clock that never goes back. */
  readonly now?: () => number;
  /** Calls back after so many milliseconds; gives how to call it off. */
  readonly later?: (ms: number, then: () => void) => () => void;
}

/** Entries of a folder that are looked at each time: in a larger one a change may be seen later, and is then heard all the same. */
const MOST_ENTRIES = 20_000;
/** Looks in the time that is allowed, and how far apart they are at least and at most. */
const [LOOKS, LEAST_MS, MOST_MS] = [10, 50, 60_000];

/** Watches folders by looking at the times of their files now and then: works on every file system, and holds nothing open. */
export function createWorkWatch({
  now = () => performance.now(),
  later = timer,
}: WorkWatchOptions = {}): WorkWatch {
  return {
    watch(work) {
      const seen: Seen = { startedMs: now(), bytes: 0 };
      void follow(work, { now, later, seen });
      return (bytes) => {
        seen.bytes += bytes;
        seen.outputMs = now();
      };
    },
  };
}

/** What was seen of an attempt, and when by the clock. */
interface Seen {
  startedMs: number;
  bytes: number;
  outputMs?: number;
  changeMs?: number;
}

interface Following extends Required<WorkWatchOptions> {
  readonly seen: Seen;
}

async function follow(
  { folder, limitMs, signal, onStall }: WatchedWork,
  { now, later, seen }: Following,
): Promise<void> {
  let last = await newest(folder);
  const every = Math.min(MOST_MS, Math.max(LEAST_MS, limitMs / LOOKS));
  const quietMs = () => now() - Math.max(seen.startedMs, seen.outputMs ?? 0, seen.changeMs ?? 0);
  for (let before = now(); await pause(every, later, signal); before = now()) {
    const late = now() - before - every;
    if (late > every) passOver(seen, late, now());
    // Files are looked at only when nothing was heard for a while.
    if (quietMs() < every) continue;
    const latest = await newest(folder);
    if (latest.ms !== last.ms || latest.entries !== last.entries) {
      last = latest;
      seen.changeMs = now();
      continue;
    }
    if (signal.aborted || quietMs() < limitMs) continue;
    const { startedMs, outputMs: lastOutputMs, changeMs: lastChangeMs, bytes: outputBytes } = seen;
    onStall({ startedMs, lastOutputMs, lastChangeMs, outputBytes, nowMs: now() });
    return;
  }
}

/** This process was itself stopped for so long, and the agent perhaps with it: that time is nobody's silence. */
function passOver(seen: Seen, ms: number, nowMs: number): void {
  const later = (moment: number): number => Math.min(nowMs, moment + ms);
  seen.startedMs = later(seen.startedMs);
  if (seen.outputMs !== undefined) seen.outputMs = later(seen.outputMs);
  if (seen.changeMs !== undefined) seen.changeMs = later(seen.changeMs);
}

/** True when so much time went by, false when watching has ended. */
function pause(
  ms: number,
  later: Required<WorkWatchOptions>["later"],
  signal: AbortSignal,
): Promise<boolean> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve(false);
    const stop = (): void => {
      callOff();
      resolve(false);
    };
    const callOff = later(ms, () => {
      signal.removeEventListener("abort", stop);
      resolve(!signal.aborted);
    });
    signal.addEventListener("abort", stop, { once: true });
    return undefined;
  });
}

interface Newest {
  /** The latest time of a file or folder. */
  readonly ms: number;
  readonly entries: number;
}

/** Links are not followed; what goes away meanwhile is passed over. */
async function newest(root: string): Promise<Newest> {
  let [ms, entries] = [0, 0];
  const folders = [root];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    const entriesOf = await opendir(folder).catch(() => undefined);
    if (!entriesOf) continue;
    for await (const entry of entriesOf) {
      if (++entries > MOST_ENTRIES) return { ms, entries };
      const full = path.join(folder, entry.name);
      if (entry.isDirectory()) folders.push(full);
      else if (!entry.isFile()) continue;
      ms = Math.max(ms, (await stat(full).catch(() => undefined))?.mtimeMs ?? 0);
    }
  }
  return { ms, entries };
}

function timer(ms: number, then: () => void): () => void {
  const running = setTimeout(then, ms);
  return () => clearTimeout(running);
}
