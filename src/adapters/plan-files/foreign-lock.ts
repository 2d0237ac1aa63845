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
  while (!(await isTaken(folder, record))) {
    if (performance.now() > deadline) throw heldBy(folder);
    await wait(PAUSE_MS);
  }
  const signs = setInterval(() => {
    const now = new Date();
    utimes(folder, now, now).catch(() => {});
  }, SIGN_MS);
  signs.unref();
  try {
    return await action();
  } finally {
    clearInterval(signs);
    await rmdir(folder).catch(() => {});
    await rm(record, { force: true }).catch(() => {});
  }
}

async function isTaken(folder: string, record: string): Promise<boolean> {
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
    await onDisk(record, undefined, () => writeFile(record, mark?.text ?? "", { mode: 0o600 }));
    return true;
  }
  const mark = await markOf(folder);
  if (!mark) return false;
  const ours = await readFile(record, "utf8").catch(() => "");
  // The time of a folder that one of us left is a little younger where it lived long enough to refresh it.
  if (mark.text === ours || Date.now() - mark.time > STALE_MS) await rmdir(folder).catch(() => {});
  return false;
}

/** What tells this folder from another one of its name. */
async function markOf(
  folder: string,
): Promise<{ readonly text: string; readonly time: number } | undefined> {
  try {
    const { ino, mtimeMs } = await lstat(folder);
    return { text: `${folder}\n${ino} ${mtimeMs}\n`, time: mtimeMs };
  } catch (cause) {
    if (isMissing(cause)) return undefined;
    throw cause;
  }
}

const heldBy = (folder: string): WavegateError =>
  new WavegateError("PROJECT_NOT_WRITABLE", `${folder} is held by another program.`, {
    hint: `Wait for it to end; if it is gone for good, remove ${folder}.`,
  });
