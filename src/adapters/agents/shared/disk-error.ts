import { WavegateError } from "../../../core/error.ts";

/** The system's code of a file error, e.g. `ENOENT`. */
export const systemCode = (error: unknown): string | undefined =>
  error instanceof Error && "code" in error && typeof error.code === "string"
    ? error.code
    : undefined;

/** What the user can do about a failed write (`DISK_FULL`, `PROJECT_NOT_WRITABLE`); other errors pass through. */
export const diskError =
  (file: string) =>
  (error: unknown): never => {
    if (error instanceof WavegateError) throw error;
    const code = systemCode(error) ?? "";
    if (code === "ENOSPC" || code === "EDQUOT")
      throw new WavegateError("DISK_FULL", `No space left while writing ${file}`, {
        hint: "Free some space and resume the run.",
        cause: error,
      });
    if (code === "EIO")
      throw new WavegateError("PROJECT_NOT_WRITABLE", `The disk failed while writing ${file}`, {
        hint: "Check the disk and resume the run.",
        cause: error,
      });
    if (["EACCES", "EROFS", "EPERM"].includes(code))
      throw new WavegateError("PROJECT_NOT_WRITABLE", `Cannot write ${file}`, {
        hint: "Make the folder writable for you and resume the run.",
        cause: error,
      });
    throw error;
  };
