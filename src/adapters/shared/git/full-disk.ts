import { statfs } from "node:fs/promises";
import { systemCode } from "../../../core/disk-error.ts";
import { WavegateError } from "../../../core/error.ts";
import { oneLine } from "../../../core/text.ts";
import { GitError } from "./run-git.ts";

/** How lines of git's end where there is no space, by the system's words and by its own. */
const NO_SPACE =
  /(?:: (?:No space left on device|Disk quota exceeded)|write error\. Out of diskspace)$/m;
const CODES = new Set(["ENOSPC", "EDQUOT"]);
/** A disk with less than this is full: git needs more for anything. */
const LEAST_BYTES = 2 ** 20;

/**
 * A failure of git, or of a file beside it, as the user can act on it, where it says that there is no space left, or where it doesn't say why
 * (`unable to write file x`) and there is none in one of the folders; undefined for all others. No try of a task mends that, so none is to be
 * used up by it.
 */
export async function fullDisk(
  error: unknown,
  folders: readonly string[],
): Promise<WavegateError | undefined> {
  if (!(error instanceof Error) || error instanceof WavegateError) return undefined;
  const said = error instanceof GitError ? error.end.stderr : error.message;
  const isSaid = NO_SPACE.test(said.trimEnd()) || CODES.has(systemCode(error) ?? "");
  if (!isSaid && !/unable to/.test(said)) return undefined;
  const full = await firstFull(folders);
  if (!isSaid && full === undefined) return undefined;
  const where = full === undefined ? "" : ` for ${full}`;
  return new WavegateError("DISK_FULL", `No space left${where}: ${oneLine(error.message, 300)}`, {
    hint: "Free some space; what was there before is intact.",
    cause: error,
  });
}

async function firstFull(folders: readonly string[]): Promise<string | undefined> {
  for (const folder of folders) {
    const disk = await statfs(folder).catch(() => undefined);
    if (disk && disk.bavail * disk.bsize < LEAST_BYTES) return folder;
  }
  return undefined;
}
