import { open, type FileHandle } from "node:fs/promises";
import type { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { throwDiskError } from "../throw-disk-error.ts";
import { keepEarlier, putInPlace, temporaryBeside } from "./private-file.ts";

/** A raw output on disk, written as it comes. */
export interface OutputFile {
  readonly path: string;
  /** Resolves when the bytes are with the system, so that a slow disk slows the program instead of filling memory. */
  write(chunk: Uint8Array): Promise<void>;
  close(): Promise<void>;
}

/** Makes a fresh filter that takes secrets out of a stream of bytes. */
export type MakeFilter = () => Transform;

/**
 * Create the file; one that an earlier start left there is kept under a number. What is written passes through the
 * filter, and `seen` gets what comes out of it: whatever is shown or quoted must be taken from there, because a text
 * that was cut first may hold a part of a secret that no filter knows. Errors of the disk come out as `WavegateError`.
 */
export async function openOutput(
  file: string,
  makeFilter?: MakeFilter,
  seen: (chunk: Uint8Array) => void = () => {},
): Promise<OutputFile> {
  await keepEarlier(file);
  const handle = await open(file, "wx", 0o600).catch(throwDiskError(file));
  // `writeFile` on a handle goes on where the last one ended, and repeats short writes.
  const keep = (chunk: Uint8Array) => handle.writeFile(chunk).catch(throwDiskError(file));
  const close = () => handle.close().catch(throwDiskError(file));
  if (!makeFilter)
    return {
      path: file,
      write(chunk) {
        seen(chunk);
        return keep(chunk);
      },
      close,
    };

  const filter = makeFilter();
  let passed: Uint8Array[] = [];
  filter.on("data", (chunk: Uint8Array) => {
    passed.push(chunk);
    seen(chunk);
  });
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
      await flush().finally(close);
    },
  };
}

/**
 * Write a file that a program left behind anew: its first `most` bytes, without secrets. `source` is the same file, open.
 * Errors of the disk come out as `WavegateError`.
 */
export async function filterFile(
  source: FileHandle,
  file: string,
  { makeFilter, most }: { readonly makeFilter: MakeFilter | undefined; readonly most: number },
): Promise<void> {
  const temporary = temporaryBeside(file);
  await putInPlace(temporary, file, async () => {
    const target = (await open(temporary, "wx", 0o600)).createWriteStream();
    const bytes = source.createReadStream({ autoClose: false, start: 0, end: most - 1 });
    await (makeFilter ? pipeline(bytes, makeFilter(), target) : pipeline(bytes, target));
  });
}
