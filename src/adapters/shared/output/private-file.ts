import { randomBytes } from "node:crypto";
import { constants } from "node:fs";
import { lstat, open, rename, rm, writeFile, type FileHandle } from "node:fs/promises";
import path from "node:path";
import { diskError, systemCode } from "../../../core/disk-error.ts";
import { throwDiskError } from "../throw-disk-error.ts";

/** A new name beside the file that nobody can have put a link at. */
export const temporaryBeside = (file: string): string =>
  path.join(path.dirname(file), `.wavegate-${randomBytes(8).toString("hex")}.tmp`);

/**
 * Write a file whole or not at all, readable by its owner alone. What stands at the path, a link or a folder included, is
 * replaced and never followed. Errors of the disk come out as `WavegateError`.
 */
export async function writePrivate(file: string, text: string): Promise<void> {
  const temporary = temporaryBeside(file);
  await putInPlace(temporary, file, () => writeFile(temporary, text, { flag: "wx", mode: 0o600 }));
}

/** Fill a temporary file and let it take the file's place; it is gone if that fails. Errors as of `writePrivate`. */
export async function putInPlace(
  temporary: string,
  file: string,
  fill: () => Promise<void>,
): Promise<void> {
  try {
    await fill();
    await rename(temporary, file).catch(async (error: unknown) => {
      if (systemCode(error) !== "EISDIR") throw error;
      await rm(file, { recursive: true, force: true });
      await rename(temporary, file);
    });
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    throw diskError(error, file);
  }
}

/**
 * Open a file that a program may have made, for reading: undefined for whatever is no regular file or cannot be opened.
 * Links are not followed, and a pipe is not waited for.
 */
export async function openRegular(file: string): Promise<FileHandle | undefined> {
  let handle: FileHandle;
  try {
    handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch {
    return undefined;
  }
  if ((await handle.stat()).isFile()) return handle;
  await handle.close();
  return undefined;
}

/** Whether anything stands at the path, be it a link to nothing. */
export const isThere = (file: string): Promise<boolean> =>
  lstat(file).then(
    () => true,
    () => false,
  );

/**
 * Move aside what an earlier start of the same attempt left at the path: `stdout.log` becomes `stdout.1.log`, the next
 * one `stdout.2.log`. Errors of the disk come out as `WavegateError`.
 */
export async function keepEarlier(file: string): Promise<void> {
  if (!(await isThere(file))) return;
  const { dir, name, ext } = path.parse(file);
  const numbered = (number: number): string => path.join(dir, `${name}.${number}${ext}`);
  let number = 1;
  while (await isThere(numbered(number))) number += 1;
  await rename(file, numbered(number)).catch(throwDiskError(file));
}
