import { WavegateError } from "../../core/error.ts";

const FULL = new Set(["ENOSPC", "EDQUOT"]);
const REFUSED = new Set(["EACCES", "EPERM", "EROFS"]);

/** The system's code of a file error, e.g. `ENOENT`. */
const errnoOf = (cause: unknown): string | undefined =>
  cause instanceof Error && "code" in cause && typeof cause.code === "string"
    ? cause.code
    : undefined;

/** Whether a file error only says that nothing is there. */
export const isMissing = (cause: unknown): boolean =>
  errnoOf(cause) === "ENOENT" || errnoOf(cause) === "ENOTDIR";

/** A failed write as the user can act on it; anything that is not about the disk is given back as it is. */
function diskError(cause: unknown, file: string, bytes?: number): unknown {
  if (cause instanceof WavegateError) return cause;
  const code = errnoOf(cause) ?? "";
  if (FULL.has(code))
    return new WavegateError(
      "DISK_FULL",
      `No space left to write ${file}${bytes === undefined ? "" : ` (${bytes} bytes)`}.`,
      { hint: "Free some space; what was there before is intact.", cause },
    );
  if (REFUSED.has(code))
    return new WavegateError("PROJECT_NOT_WRITABLE", `Writing ${file} is not allowed (${code}).`, {
      hint: "Give your user the right to write there.",
      cause,
    });
  if (code === "ELOOP")
    return new WavegateError("PROJECT_NOT_WRITABLE", `${file} is a symbolic link.`, {
      hint: "Remove the link: files of the state folder are never links.",
      cause,
    });
  if (code === "EIO")
    return new WavegateError("PROJECT_NOT_WRITABLE", `The disk failed while writing ${file}.`, {
      hint: "Check the disk; nothing was reported as written.",
      cause,
    });
  return cause;
}

/** Run an action on a file, with its disk errors translated. */
export async function onDisk<T>(
  file: string,
  bytes: number | undefined,
  action: () => Promise<T>,
): Promise<T> {
  try {
    return await action();
  } catch (cause) {
    throw diskError(cause, file, bytes);
  }
}
