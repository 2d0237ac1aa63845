import { constants } from "node:fs";
import { open, type FileHandle } from "node:fs/promises";
import path from "node:path";
import { isMissing, onDisk } from "../shared/disk-error.ts";
import { PRIVATE_FILE } from "../shared/state-folder.ts";
import { syncFolder, writeFully } from "../shared/write-atomic.ts";

export interface Lines {
  /** Complete lines, without their line ends. */
  readonly lines: readonly string[];
  /** Offset of the byte after the last complete line. */
  readonly end: number;
  /** What follows the last line end: a line that a crash cut off. Empty in a healthy file. */
  readonly torn: Buffer;
}

/** The lines of a file from an offset on. A file that is missing, or shorter than the offset, has none and ends at 0. */
export async function readLines(file: string, from: number): Promise<Lines> {
  const handle = await openIfThere(file);
  if (!handle) return { lines: [], end: 0, torn: Buffer.alloc(0) };
  try {
    const { size } = await handle.stat();
    if (size < from) return { lines: [], end: 0, torn: Buffer.alloc(0) };
    const bytes = Buffer.alloc(size - from);
    let filled = 0;
    while (filled < bytes.length) {
      const { bytesRead } = await handle.read(bytes, filled, bytes.length - filled, from + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    const read = bytes.subarray(0, filled);
    const end = read.lastIndexOf(0x0a) + 1;
    const text = read.toString("utf8", 0, Math.max(0, end - 1));
    return {
      lines: end === 0 ? [] : text.split("\n"),
      end: from + end,
      torn: read.subarray(end),
    };
  } finally {
    await handle.close();
  }
}

/** Add one line, on disk when it returns. A torn tail is first put into `<file>.torn`, so that nothing is thrown away. */
export async function appendLine(file: string, line: string, torn: Buffer): Promise<void> {
  const bytes = Buffer.from(`${line}\n`);
  await onDisk(file, bytes.byteLength, async () => {
    if (torn.byteLength > 0) await setTornAside(file, torn);
    await appendBytes(file, bytes);
  });
}

async function setTornAside(file: string, torn: Buffer): Promise<void> {
  await appendBytes(`${file}.torn`, Buffer.concat([torn, Buffer.from("\n")]));
  const handle = await open(file, "r+");
  try {
    await handle.truncate((await handle.stat()).size - torn.byteLength);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Append, and take back what was written when the disk is full half-way. Symbolic links are not followed. */
async function appendBytes(file: string, bytes: Uint8Array): Promise<void> {
  const { O_WRONLY, O_APPEND, O_CREAT, O_NOFOLLOW } = constants;
  const handle = await open(file, O_WRONLY | O_APPEND | O_CREAT | (O_NOFOLLOW ?? 0), PRIVATE_FILE);
  try {
    const { size } = await handle.stat();
    try {
      await writeFully(handle, bytes);
      await handle.sync();
    } catch (cause) {
      await handle.truncate(size).catch(() => undefined);
      throw cause;
    }
    if (size === 0) await syncFolder(path.dirname(file));
  } finally {
    await handle.close();
  }
}

async function openIfThere(file: string): Promise<FileHandle | undefined> {
  try {
    return await open(file, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
  } catch (cause) {
    if (isMissing(cause)) return undefined;
    throw cause;
  }
}
