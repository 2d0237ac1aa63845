import { WavegateError } from "./error.ts";

const FULL = new Set(["ENOSPC", "EDQUOT"]);
const REFUSED = new Set(["EACCES", "EPERM", "EROFS"]);

/** The system's code of a file error, e.g. `ENOENT`. */
export const systemCode = (error: unknown): string | undefined =>
  error instanceof Error && "code" in error && typeof error.code === "string"
    ? error.code
    : undefined;

/**
 * A failed write as the user can act on it (`DISK_FULL`, `PROJECT_NOT_WRITABLE`); anything that is not about the disk is
 * given back as it is. `bytes` is how much was to be written, if that is known.
 */
export function diskError(cause: unknown, file: string, bytes?: number): unknown {
  if (cause instanceof WavegateError) return cause;
  const code = systemCode(cause) ?? "";
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
  if (code === "EIO")
    return new WavegateError("PROJECT_NOT_WRITABLE", `The disk failed while writing ${file}.`, {
      hint: "Check the disk; nothing was reported as written.",
      cause,
    });
  return cause;
}
