import { createHash, randomBytes } from "node:crypto";
import { mkdir, readdir, rm, rmdir, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { WavegateError } from "../../core/error.ts";
import { isMissing, onDisk } from "./disk-error.ts";
import { processStart } from "./process-identity.ts";

/** How long a lock is waited for before the user is told who has it, in milliseconds. */
const PATIENCE_MS = 30_000;
/** How often a folder that goes away before the claim is in it is made again: beyond chance, it is something else. */
const MAX_TRIES = 100;

/** A claim's file name: host, process id, its start, and a random part that makes the name unique for ever. */
const CLAIM = /^([0-9a-f]{8})-(\d+)-(\w+)-[0-9a-f]{16}$/;

/**
 * Run an action while no other process, and nothing else in this one, holds the lock. The lock is a folder with one
 * file per claimant. Who wants it adds a claim, then looks: with any other live claim there, it takes its own back and
 * tries later. Of two claimants at least one sees the other, so never two go on; and since names are unique, removing
 * a dead process's claim can't hit a live one. Not fair, not re-entrant. Claims of other machines count as live.
 */
export async function withFileLock<T>(folder: string, action: () => Promise<T>): Promise<T> {
  const claim = await acquire(folder);
  try {
    return await action();
  } finally {
    await rm(claim, { force: true });
    await leaveNothing(folder);
  }
}

/** A folder with a claim in it stays, so whoever looks after having placed one looks at the folder of all claims. */
async function leaveNothing(folder: string): Promise<void> {
  // Windows removes a folder some time after it was told to, and makes none of that name until then.
  if (process.platform !== "win32") await rmdir(folder).catch(() => {});
}

async function acquire(folder: string): Promise<string> {
  const deadline = performance.now() + PATIENCE_MS;
  const start = (await processStart(process.pid)) ?? "unknown";
  for (;;) {
    const name = `${HOST}-${process.pid}-${start}-${randomBytes(8).toString("hex")}`;
    const claim = path.join(folder, name);
    if ((await liveClaims(folder)).length === 0) {
      await placeClaim(folder, claim);
      if ((await liveClaims(folder)).every((other) => other === name)) return claim;
      await rm(claim, { force: true });
    }
    if (performance.now() > deadline) throw lockedBy(folder, await liveClaims(folder));
    await wait(1 + Math.random() * 12);
  }
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

/** Names of the claims whose process lives; the others are removed on the way. */
async function liveClaims(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch((cause: unknown) => {
    if (isMissing(cause)) return [];
    throw cause;
  });
  const live: string[] = [];
  for (const name of names) {
    const [, host, pid, start] = CLAIM.exec(name) ?? [];
    if (host === undefined) continue;
    const now = host === HOST ? await processStart(Number(pid)) : start;
    if (now !== undefined && (now === start || now === "unknown" || start === "unknown"))
      live.push(name);
    else await rm(path.join(folder, name), { force: true });
  }
  return live;
}

function lockedBy(folder: string, claims: readonly string[]): WavegateError {
  const [, host, pid] = CLAIM.exec(claims[0] ?? "") ?? [];
  const who = host === HOST ? `process ${pid}` : `process ${pid} on another machine or container`;
  return new WavegateError("PROJECT_NOT_WRITABLE", `${folder} is locked by ${who}.`, {
    hint: `Wait for it to end; if it is gone for good, remove the files in ${folder}.`,
  });
}

const HOST = createHash("sha256").update(hostname()).digest("hex").slice(0, 8);
