import { chmod, lstat, mkdir, rm, stat } from "node:fs/promises";
import { WavegateError } from "../../../core/error.ts";
import { systemCode } from "../../../core/disk-error.ts";
import { throwDiskError } from "../throw-disk-error.ts";

/** How a folder is known again. */
export interface FolderMark {
  readonly folder: string;
  readonly dev: number;
  readonly ino: number;
  readonly mode: number;
}

/** The rights without which its owner can write nothing into a folder. */
const OWNERS = 0o700;

/** Look at an attempt's output folder before the program can do anything to it. */
export async function markFolder(folder: string): Promise<FolderMark> {
  const { dev, ino, mode } = await stat(folder);
  return { folder, dev, ino, mode: mode & 0o7777 };
}

/** Whether the folder is the one that was marked, by which no link can have got into its place. */
export async function isMarked({ folder, dev, ino }: FolderMark): Promise<boolean> {
  const now = await stat(folder).catch(() => undefined);
  return now !== undefined && now.dev === dev && now.ino === ino;
}

/**
 * See what a program did to its output folder, and make it one that can be written to again. Returns what that was, as
 * the end of a sentence that starts with the agent; undefined when it is the folder it was. What was in a folder that
 * was removed is lost. Must not be called while a process of the attempt is alive.
 */
export async function mendFolder({ folder, ...mark }: FolderMark): Promise<string | undefined> {
  const now = await stat(folder).catch(() => undefined);
  if (now !== undefined && now.dev === mark.dev && now.ino === mark.ino) {
    if ((now.mode & OWNERS) === (mark.mode & OWNERS)) return undefined;
    await chmod(folder, mark.mode).catch(throwDiskError(folder));
    return "took the rights off its output folder";
  }
  const there = await lstat(folder).catch(() => undefined);
  if (there?.isDirectory() === true) await chmod(folder, mark.mode).catch(() => {});
  else {
    await rm(folder, { force: true }).catch(throwDiskError(folder));
    await mkdir(folder, { recursive: true, mode: OWNERS }).catch(throwDiskError(folder));
  }
  return "removed or replaced its output folder";
}

const TAMPERED = new Set(["ENOENT", "ENOTDIR", "EISDIR", "ENOTEMPTY", "EEXIST", "ELOOP"]);

/**
 * What the program did that a write of ours failed while it ran or after it: as `mendFolder`, or its removing single
 * files under our hands. Throws the error where it is none of the program's doing, a full disk above all.
 */
export async function damageBehind(error: unknown, mark: FolderMark): Promise<string> {
  if (error instanceof WavegateError && error.code === "DISK_FULL") throw error;
  const damage = await mendFolder(mark);
  if (damage !== undefined) return damage;
  if (TAMPERED.has(systemCode(error) ?? "")) return "removed files of its output folder";
  throw error;
}
