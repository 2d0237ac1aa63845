import { execFile } from "node:child_process";
import { link, readdir, readFile, readlink, realpath, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { errnoOf } from "./failure.ts";

/** What a server writes about itself into `postmaster.pid`. */
export interface PidFile {
  readonly pid: number;
  /** Seconds since the epoch. */
  readonly startedAt: number;
  readonly port: number;
  /** Empty until the server listens, or when it has no socket. */
  readonly socketFolder: string;
  readonly ready: boolean;
}

export async function readPidFile(data: string): Promise<PidFile | undefined> {
  const text = await readOptional(path.join(data, "postmaster.pid"));
  const lines = text?.split("\n") ?? [];
  const pid = Math.abs(Number(lines[0]));
  if (!Number.isSafeInteger(pid) || pid === 0) return undefined;
  return {
    pid,
    startedAt: Number(lines[2] ?? 0),
    port: Number(lines[3] ?? 0),
    socketFolder: lines[4]?.trim() ?? "",
    ready: lines[7]?.trim() === "ready",
  };
}

export async function readOptional(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (errnoOf(error) === "ENOENT") return undefined;
    throw error;
  }
}

/** Whether a process with this id exists, zombies included. */
export function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errnoOf(error) === "EPERM";
  }
}

/** Whether a process lives. A zombie, which a container without an init keeps for ever, does not. */
export async function lives(pid: number): Promise<boolean> {
  if (!exists(pid)) return false;
  if (process.platform !== "linux") return true;
  const text = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  return text !== "" && !/\) [ZX] /.test(text.slice(text.lastIndexOf(")")));
}

/**
 * Whether `pid` is a running PostgreSQL server of this data folder, not another program that got its number, and not a
 * zombie. Linux: by its working folder, which PostgreSQL sets to the data folder. Elsewhere: by its name.
 */
export async function isServer(pid: number, data: string): Promise<boolean> {
  if (!exists(pid)) return false;
  if (process.platform === "linux") return worksIn(pid, await realpath(data));
  if (process.platform === "win32") return true;
  const command = await promisify(execFile)("ps", ["-o", "command=", "-p", String(pid)]).then(
    ({ stdout }) => stdout,
    () => "",
  );
  return command.includes("postgres");
}

const worksIn = async (pid: number | string, folder: string): Promise<boolean> =>
  (await readlink(`/proc/${pid}/cwd`).catch(() => undefined)) === folder;

/**
 * Kill what a killed server left behind in this data folder: its children, which keep its shared memory in use until
 * they notice. They are known by three signs: they work in the data folder, have a child's title, and no living parent
 * there. Linux only; elsewhere nothing is done, and PostgreSQL itself refuses to start until they are gone.
 */
export async function killOrphans(data: string): Promise<number> {
  if (process.platform !== "linux") return 0;
  const folder = await realpath(data);
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const here = (
    await Promise.all(pids.map(async (pid) => ((await worksIn(pid, folder)) ? [pid] : [])))
  ).flat();
  let killed = 0;
  for (const pid of here) {
    const title = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
    const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
    const above = /^PPid:\s*(\d+)/m.exec(status)?.[1];
    if (!title.startsWith("postgres: ") || above === undefined || here.includes(above)) continue;
    killed += kill(Number(pid), "SIGKILL") ? 1 : 0;
  }
  return killed;
}

/** Kill the programs of a setup that was given up: those told of its folder or working in it. Linux only. */
export async function killSetup(folder: string): Promise<void> {
  if (process.platform !== "linux") return;
  // Unique: its name ends with a random part.
  const setup = `/${path.basename(folder)}`;
  for (const pid of (await readdir("/proc")).filter((name) => /^\d+$/.test(name))) {
    const cwd = await readlink(`/proc/${pid}/cwd`).catch(() => "");
    const words = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
    const told = words
      .split("\0")
      .some((word) => word.startsWith("--pgdata=") && word.endsWith(`${setup}/data`));
    if (told || cwd.endsWith(`${setup}/data`)) kill(Number(pid), "SIGKILL");
  }
}

export function kill(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}

/** A server writes its lock file at once after making it. */
const FILLED_WITHIN_MS = 5_000;

/** Remove a lock file without a number in it, left by a server that died between making and filling it. A young one is another's start. */
export async function removeEmptyLock(file: string): Promise<void> {
  const found = await stat(file).catch(() => undefined);
  if (found?.size === 0 && Date.now() - found.mtimeMs > FILLED_WITHIN_MS)
    await rm(file, { force: true });
}

/**
 * Remove a lock file of a server that is gone, whose number another program has now. PostgreSQL would take that program
 * for a server; where the number is free, it clears the file itself.
 */
export async function removeStaleLock(file: string, data: string): Promise<void> {
  const text = await readOptional(file);
  const pid = Math.abs(Number(text?.split("\n")[0]));
  if (text === undefined || (pid > 0 && (!exists(pid) || (await isServer(pid, data))))) return;
  // Rename, look, and put it back if it is not what was judged: a server may have come in between.
  const aside = `${file}.stale-${process.pid}`;
  await rename(file, aside).catch(() => undefined);
  const taken = await readOptional(aside);
  if (taken !== undefined && taken !== text) await link(aside, file).catch(() => undefined);
  await rm(aside, { force: true });
}
