import { chmod, chown, lstat, mkdir, mkdtemp, readdir, stat } from "node:fs/promises";
import { createHash } from "node:crypto";
import os from "node:os";
import path from "node:path";
import { errnoOf, fileFailure, notWritable } from "./failure.ts";
import type { Account, Settings } from "./settings.ts";

/**
 * Where things are in the folder of one PostgreSQL major. Where the server runs as another account, only `data` and `run`
 * are that account's: nothing it writes may lead us, as root, to write elsewhere.
 */
export interface ServerFolder {
  readonly major: number;
  readonly root: string;
  /** PostgreSQL's own data folder. */
  readonly data: string;
  readonly settingsFile: string;
  readonly passwordFile: string;
  /** There while a process stops the server; holds its pid. New clients wait. */
  readonly stoppingMark: string;
  /** Pid and server of the process that stops the server when it is idle. */
  readonly watchFile: string;
}

export function serverFolder(home: string, major: number): ServerFolder {
  const root = path.join(home, `pg${major}`);
  return {
    major,
    root,
    data: path.join(root, "data"),
    settingsFile: path.join(root, "wavegate.conf"),
    passwordFile: path.join(root, "password"),
    stoppingMark: path.join(root, "stopping"),
    watchFile: path.join(root, "watch"),
  };
}

/** The folders there are, newest major first. */
export async function existingFolders(home: string): Promise<readonly ServerFolder[]> {
  try {
    return (await readdir(home))
      .map((name) => /^pg(\d{2})$/.exec(name)?.[1])
      .filter((major) => major !== undefined)
      .map((major) => serverFolder(home, Number(major)))
      .toSorted((a, b) => b.major - a.major);
  } catch (error) {
    if (errnoOf(error) === "ENOENT") return [];
    throw await fileFailure(error, home);
  }
}

/** Make the home folder, private to us, or open for passing through where the server is another account. */
export async function makeHome(settings: Settings): Promise<void> {
  const { home, runAs } = settings;
  try {
    await makeFolders(home, runAs === undefined ? 0o700 : 0o755);
  } catch (error) {
    // Some file systems (/proc) say that a new folder is not there.
    if (errnoOf(error) === "ENOENT") throw notWritable(home, "no folder can be made there", error);
    throw await fileFailure(error, home);
  }
  if (runAs === undefined) return;
  const closed = await firstClosedTo(home, runAs);
  if (closed !== undefined)
    throw notWritable(
      home,
      `the account ${runAs.name}, which the server runs as because you are root, can't pass through ${closed}`,
    );
}

const found = (folder: string) => stat(folder).catch(() => undefined);

/** Like `mkdir -p`. Node's own goes round for ever where a new folder is answered with ENOENT. */
async function makeFolders(target: string, mode: number): Promise<void> {
  const above = path.dirname(target);
  if (above !== target && !(await found(above))) await makeFolders(above, mode);
  await mkdir(target, { mode }).catch(async (error: unknown) => {
    if (!(await found(target))?.isDirectory()) throw error;
  });
}

/** The first folder on the way to `target` an account may not pass through. */
async function firstClosedTo(target: string, account: Account): Promise<string | undefined> {
  const above = path.dirname(target);
  const closed = above === target ? undefined : await firstClosedTo(above, account);
  if (closed !== undefined) return closed;
  const { uid, gid, mode } = await stat(target);
  const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
  return (mode & bit) === 0 ? target : undefined;
}

/** Give a file or folder to the account the server runs as. */
export async function handOver(target: string, mode: number, runAs: Account | undefined) {
  await chmod(target, mode);
  if (runAs !== undefined) await chown(target, runAs.uid, runAs.gid);
}

/** macOS takes 103 bytes, Linux 107; the name of PostgreSQL's socket takes 15. */
const LONGEST_SOCKET_FOLDER = 103 - "/.s.PGSQL.5432".length;

/**
 * A folder for the server's socket that only the server's account (and root) can enter: beside the data, or, where that
 * path is too long or has characters PostgreSQL would read as a list, under the system's folder for temporary files.
 */
export async function makeSocketFolder(
  folder: ServerFolder,
  settings: Settings,
  beside: boolean,
): Promise<string> {
  const near = path.join(folder.root, "run");
  if (beside && Buffer.byteLength(near) <= LONGEST_SOCKET_FOLDER && /^[\w/.+@-]+$/.test(near)) {
    await mkdir(near, { recursive: true });
    await handOver(near, 0o700, settings.runAs);
    return near;
  }
  const uid = settings.runAs?.uid ?? process.getuid?.() ?? 0;
  const temporary = Buffer.byteLength(os.tmpdir()) > 60 ? "/tmp" : os.tmpdir();
  const short = createHash("sha256").update(folder.root).digest("hex").slice(0, 10);
  const known = path.join(temporary, `wavegate-${uid}-${short}`);
  const made = (await takeOwn(known, settings.runAs, uid))
    ? known
    : await mkdtemp(path.join(temporary, "wavegate-"));
  await handOver(made, 0o700, settings.runAs);
  return made;
}

/** Make a folder of ours in a place everybody writes to; false when somebody else made it first. */
async function takeOwn(target: string, runAs: Account | undefined, uid: number): Promise<boolean> {
  try {
    await mkdir(target, { mode: 0o700 });
    await handOver(target, 0o700, runAs);
    return true;
  } catch (error) {
    if (errnoOf(error) !== "EEXIST") throw error;
  }
  const there = await lstat(target);
  return there.isDirectory() && there.uid === uid;
}
