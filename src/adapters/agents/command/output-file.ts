import { open } from "node:fs/promises";
import { WavegateError } from "../../../core/error.ts";

/** A raw output on disk, written as it comes. */
export interface OutputFile {
  readonly path: string;
  /** Resolves when the bytes are with the system, so that a slow disk slows the program instead of filling memory. */
  write(chunk: Uint8Array): Promise<void>;
  close(): Promise<void>;
}

/** Create or empty the file. Errors of the disk come out as `WavegateError`. */
export async function openOutput(file: string): Promise<OutputFile> {
  const handle = await open(file, "w", 0o600).catch(diskError(file));
  return {
    path: file,
    // `writeFile` on a handle goes on where the last one ended, and repeats short writes.
    write: (chunk) => handle.writeFile(chunk).catch(diskError(file)),
    close: () => handle.close(),
  };
}

const isSystemError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && "code" in error;

/** What the user can do about a failed write; other errors pass through. */
export const diskError =
  (file: string) =>
  (error: unknown): never => {
    if (isSystemError(error) && (error.code === "ENOSPC" || error.code === "EDQUOT"))
      throw new WavegateError("DISK_FULL", `No space left while writing ${file}`, {
        hint: "Free some space and resume the run.",
        cause: error,
      });
    if (isSystemError(error) && ["EACCES", "EROFS", "EPERM"].includes(error.code ?? ""))
      throw new WavegateError("PROJECT_NOT_WRITABLE", `Cannot write ${file}`, {
        hint: "Make the folder writable for you and resume the run.",
        cause: error,
      });
    throw error;
  };
