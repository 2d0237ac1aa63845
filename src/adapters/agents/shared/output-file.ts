import { createWriteStream } from "node:fs";
import { open, rename } from "node:fs/promises";
import type { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { WavegateError } from "../../../core/error.ts";

/** A raw output on disk, written as it comes. */
export interface OutputFile {
  readonly path: string;
  /** Resolves when the bytes are with the system, so that a slow disk slows the program instead of filling memory. */
  write(chunk: Uint8Array): Promise<void>;
  close(): Promise<void>;
}

/** Makes a fresh filter that takes secrets out of a stream of bytes. */
export type MakeFilter = () => Transform;

/** Create or empty the file; what is written passes through the filter. Errors of the disk come out as `WavegateError`. */
export async function openOutput(file: string, makeFilter?: MakeFilter): Promise<OutputFile> {
  const handle = await open(file, "w", 0o600).catch(diskError(file));
  // `writeFile` on a handle goes on where the last one ended, and repeats short writes.
  const keep = (chunk: Uint8Array) => handle.writeFile(chunk).catch(diskError(file));
  if (!makeFilter) return { path: file, write: keep, close: () => handle.close() };

  const filter = makeFilter();
  let passed: Uint8Array[] = [];
  filter.on("data", (chunk: Uint8Array) => passed.push(chunk));
  const flush = async () => {
    const chunks = passed;
    passed = [];
    for (const chunk of chunks) await keep(chunk);
  };
  return {
    path: file,
    async write(chunk) {
      await new Promise<void>((resolve) => filter.write(chunk, () => resolve()));
      await flush();
    },
    async close() {
      const ended = new Promise<void>((resolve) => filter.once("end", resolve));
      filter.end();
      await ended;
      await flush().finally(() => handle.close());
    },
  };
}

/** Write a file that a program left behind anew, without secrets. */
export async function filterFile(file: string, makeFilter: MakeFilter): Promise<void> {
  const source = await open(file, "r");
  const filter = makeFilter();
  const target = `${file}.filtered`;
  try {
    await pipeline(
      source.createReadStream({ autoClose: false }),
      filter,
      createWriteStream(target, { mode: 0o600 }),
    );
    await rename(target, file);
  } finally {
    await source.close();
  }
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
