import { systemCode } from "../../../core/disk-error.ts";
import { WavegateError } from "../../../core/error.ts";
import { oneLine } from "../../../core/text.ts";
import { GitError } from "./run-git.ts";

/** How the system's own words end a line of git's. */
const NO_SPACE = /: (?:No space left on device|Disk quota exceeded)$/m;
const CODES = new Set(["ENOSPC", "EDQUOT"]);

/**
 * A failure of git, or of a file beside it, as the user can act on it, where it says that there is no space left; undefined for all others.
 * No try of a task mends that, so none is to be used up by it.
 */
export function fullDisk(error: unknown): WavegateError | undefined {
  if (!(error instanceof Error) || error instanceof WavegateError) return undefined;
  const said = error instanceof GitError ? error.end.stderr : error.message;
  if (!NO_SPACE.test(said.trimEnd()) && !CODES.has(systemCode(error) ?? "")) return undefined;
  return new WavegateError("DISK_FULL", `No space left: ${oneLine(error.message, 300)}`, {
    hint: "Free some space; what was there before is intact.",
    cause: error,
  });
}
