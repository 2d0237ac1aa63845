import { mkdir, rm, rmdir, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { WavegateError } from "../../core/error.ts";
import { Turnstiles } from "../../core/turnstiles.ts";
import { isMissing, onDisk } from "./disk-error.ts";
import { ClaimWatch, newClaim, ownerOf } from "./lock-claims.ts";

export interface LockTimes {
  /** How long a lock is waited for before the user is told who has it, in milliseconds. */
  readonly patienceMs: number;
  /** After how long without a sign of life a claim of another machine or container counts as left, in milliseconds. */
  readonly leaseMs: number;
}

const TIMES: LockTimes = { patienceMs: 30_000, leaseMs: 10_000 };
/** How many signs of life are given in the time of a lease. */
const SIGNS_PER_LEASE = 5;
/** How often a folder that goes away before the claim is in it is made again: beyond chance, it is something else. */
const MAX_TRIES = 100;
/** Who waits within this process: one after the other, so that only other processes are met on the disk. */
const queues = new Turnstiles();
/** The longest pause between two tries, at first and after many that met others, in milliseconds. */
const PAUSE_MS = 12;
const LONGEST_PAUSE_MS = 800;

/**
 * Run an action while no other process, and nothing else in this one, holds the lock. The lock is a folder with one
 * file per claimant. Who wants it adds a claim, then looks: with any other live claim there, it takes its own back and
 * tries later. Of two claimants at least one sees the other, so never two go on; and since names are unique, removing
 * a dead process's claim can't hit a live one. Within this process they go on in the order they came; between processes it is not
 * fair. Not re-entrant. A process of another machine or container that
 * is stopped for longer than the lease loses the lock without noticing.
 */
export async function withFileLock<T>(
  folder: string,
  action: () => Promise<T>,
  times: LockTimes = TIMES,
): Promise<T> {
  const deadline = performance.now() + times.patienceMs;
  const pass = await turnOf(folder, times);
  try {
    const patienceMs = Math.max(0, deadline - performance.now());
    return await withClaim(folder, action, { ...times, patienceMs });
  } finally {
    pass();
  }
}

/** Resolves with what lets the next one of this process try. */
async function turnOf(folder: string, { patienceMs, leaseMs }: LockTimes): Promise<() => void> {
  try {
    return await queues.enter(path.resolve(folder), 1, AbortSignal.timeout(patienceMs));
  } catch {
    throw lockedBy(folder, await new ClaimWatch(folder, leaseMs).live());
  }
}

async function withClaim<T>(
  folder: string,
  action: () => Promise<T>,
  times: LockTimes,
): Promise<T> {
  const claim = await acquire(folder, times);
  const signs = setInterval(() => {
    const now = new Date();
    utimes(claim, now, now).catch(() => {});
  }, times.leaseMs / SIGNS_PER_LEASE);
  signs.unref();
  try {
    return await action();
  } finally {
    clearInterval(signs);
    await rm(claim, { force: true });
    await leaveNothing(folder);
  }
}

/** A folder with a claim in it stays, so whoever looks after having placed one looks at the folder of all claims. */
async function leaveNothing(folder: string): Promise<void> {
  // Windows removes a folder some time after it was told to, and makes none of that name until then.
  if (process.platform !== "win32") await rmdir(folder).catch(() => {});
}

async function acquire(folder: string, { patienceMs, leaseMs }: LockTimes): Promise<string> {
  const deadline = performance.now() + patienceMs;
  const claims = new ClaimWatch(folder, leaseMs);
  // Who meets others in the same moment leaves them more and more time: on a slow disk a try takes longer than a short pause.
  let pauseMs = PAUSE_MS;
  for (;;) {
    const others = await claims.live();
    if (others.length === 0) {
      const name = await newClaim();
      if (await isAlone(folder, name, claims)) return path.join(folder, name);
      pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS);
    }
    if (performance.now() > deadline) throw lockedBy(folder, await claims.live());
    await wait(1 + Math.random() * pauseMs);
  }
}

/** Place a claim and look; it stays only if it is the only one. */
async function isAlone(folder: string, name: string, claims: ClaimWatch): Promise<boolean> {
  const claim = path.join(folder, name);
  let alone = false;
  try {
    await placeClaim(folder, claim);
    alone = (await claims.live()).every((other) => other === name);
  } finally {
    if (!alone) await rm(claim, { force: true });
  }
  return alone;
}

async function placeClaim(folder: string, claim: string): Promise<void> {
  await onDisk(claim, undefined, async () => {
    for (let tries = 1; !(await isPlaced(folder, claim, tries === MAX_TRIES));) tries += 1;
  });
}

/** False if the folder was removed before the claim was in it, by who had the lock before. */
async function isPlaced(folder: string, claim: string, last: boolean): Promise<boolean> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFile(claim, "", { flag: "wx", mode: 0o600 });
    return true;
  } catch (cause) {
    if (isMissing(cause) && !last) return false;
    throw cause;
  }
}

/** Somebody else had the lock for longer than it was waited for. */
export class LockedError extends WavegateError {}

function lockedBy(folder: string, [claim]: readonly string[]): LockedError {
  if (claim === undefined)
    return new LockedError(
      "PROJECT_NOT_WRITABLE",
      `Too many processes want to lock ${folder} at once: it was not to be had in time.`,
      { hint: "Try again when fewer of them run." },
    );
  return new LockedError("PROJECT_NOT_WRITABLE", `${folder} is locked by ${ownerOf(claim)}.`, {
    hint: `Wait for it to end; if it is gone for good, remove the files in ${folder}.`,
  });
}
