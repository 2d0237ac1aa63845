import { lstat, mkdir, readFile, rm, rmdir, utimes, writeFile } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import { systemCode } from "../../core/disk-error.ts";
import { WavegateError } from "../../core/error.ts";
import { isMissing, onDisk } from "../shared/disk-error.ts";

export interface ForeignLockOptions {
  /** A file of ours, by which the next of us knows a lock that one of us left behind. */
  readonly record: string;
  /** How long a lock of the other tool is waited for, in milliseconds. */
  readonly patienceMs: number;
}

/** After so long without a sign of life a lock counts as left, in milliseconds: what `proper-lockfile` has by itself. */
const STALE_MS = 10_000;
const SIGN_MS = 2_500;
const PAUSE_MS = 25;

/**
 * Hold the lock that the tool of S4's plans takes (npm `proper-lockfile`: a folder `FILE.lock`, its time kept fresh), so that it
 * and we exclude each other. To be called by one process of ours at a time. A lock that a killed process of ours left is
 * taken over at once, one that another program left after ten seconds.
 */
export async function withForeignLock<T>(
  file: string,
  { record, patienceMs }: ForeignLockOptions,
  action: () => Promise<T>,
): Promise<T> {
  const folder = `${file}.lock`;
  const deadline = performance.now() + patienceMs;
  let held = await taken(folder, record);
  for (; held === undefined; held = await taken(folder, record)) {
    if (performance.now() > deadline) throw heldBy(folder);
    await wait(PAUSE_MS);
  }
  let ours = Promise.resolve(held);
  const signs = setInterval(() => {
    ours = ours.then((mark) => refreshed(folder, mark));
  }, SIGN_MS);
  signs.unref();
  try {
    return await action();
  } finally {
    clearInterval(signs);
    await remove(folder, await ours);
    await rm(record, { force: true }).catch(() => {});
  }
}

/** Keep the lock fresh, unless it is another's by now. Gives the mark that it has now. */
async function refreshed(folder: string, ours: Mark): Promise<Mark> {
  if (!(await isStill(folder, ours))) return ours;
  const now = new Date();
  await utimes(folder, now, now).catch(() => {});
  return (await markOf(folder).catch(() => undefined)) ?? ours;
}

/** Remove the lock that has this mark; one that another process put in its place meanwhile stays. */
async function remove(folder: string, mark: Mark): Promise<void> {
  if (await isStill(folder, mark)) await rmdir(folder).catch(() => {});
}

const isStill = async (folder: string, { text }: Mark): Promise<boolean> =>
  (await markOf(folder).catch(() => undefined))?.text === text;

/** The mark of the lock if it could be taken. */
async function taken(folder: string, record: string): Promise<Mark | undefined> {
  const made = await onDisk(folder, undefined, () =>
    mkdir(folder).then(
      () => true,
      (cause: unknown) => {
        if (systemCode(cause) === "EEXIST") return false;
        throw cause;
      },
    ),
  );
  if (made) {
    const mark = await markOf(folder);
    if (!mark) return undefined;
    await onDisk(record, undefined, () => writeFile(record, mark.text, { mode: 0o600 }));
    return mark;
  }
  const mark = await markOf(folder);
  if (!mark) return undefined;
  const ours = await readFile(record, "utf8").catch(() => "");
  // The time of a folder that one of us left is a little younger where it lived long enough to refresh it.
  if (mark.text === ours || Date.now() - mark.time > STALE_MS) await remove(folder, mark);
  return undefined;
}

/** What tells a folder from another one of its name: which it is on disk, and its time, since numbers on disk are used again. */
interface Mark {
  readonly text: string;
  readonly time: number;
}

async function markOf(folder: string): Promise<Mark | undefined> {
  try {
    const { dev, ino, mtimeNs, mtimeMs } = await lstat(folder, { bigint: true });
    return { text: `${folder}\n${dev} ${ino} ${mtimeNs}\n`, time: Number(mtimeMs) };
  } catch (cause) {
    if (isMissing(cause)) return undefined;
    throw cause;
  }
}

const heldBy = (folder: string): WavegateError =>
  new WavegateError("PROJECT_NOT_WRITABLE", `${folder} is held by another program.`, {
    hint: `Wait for it to end; if it is gone for good, remove ${folder}.`,
  });
