import { randomBytes } from "node:crypto";
import { open, rename, rm, type FileHandle } from "node:fs/promises";
import path from "node:path";
import { onDisk } from "./disk-error.ts";

/** How temporary files are called: hidden, and recognisable as ours when a crash leaves one behind. */
export const TEMPORARY_NAME = /^\.wavegate-[0-9a-f]{16}\.tmp$/;

export interface WriteOptions {
  /** Permission bits of the new file. */
  readonly mode: number;
  /** Where the temporary file is made; the file's own folder without it. Must be on the same file system. */
  readonly temporaryFolder?: string;
  /** Set after the file is made, where the writer may. */
  readonly owner?: { readonly uid: number; readonly gid: number };
  /** Last look before the new content takes the old one's place; throws to leave the old one. */
  readonly beforeRename?: () => Promise<void>;
}

/** A file's new content, on disk under another name. */
export interface PreparedWrite {
  /** Give it the file's name. */
  commit(): Promise<void>;
  /** Remove it. */
  discard(): Promise<void>;
}

/**
 * Replace a file whole: a reader, or a process that comes after a crash, sees the old bytes or the new ones. On disk
 * when it returns. A symbolic link at the path is replaced, not followed. The folder must exist.
 */
export async function writeAtomic(
  file: string,
  content: Uint8Array,
  options: WriteOptions,
): Promise<void> {
  const prepared = await prepareWrite(file, content, options);
  await prepared.commit();
}

/** The first half of `writeAtomic`, so that of several files none is replaced before there is room for all. */
export async function prepareWrite(
  file: string,
  content: Uint8Array,
  options: WriteOptions,
): Promise<PreparedWrite> {
  const folder = path.dirname(file);
  const temporary = path.join(
    options.temporaryFolder ?? folder,
    `.wavegate-${randomBytes(8).toString("hex")}.tmp`,
  );
  const discard = () => rm(temporary, { force: true }).catch(() => undefined);
  const orDiscard = (action: () => Promise<void>) =>
    onDisk(file, content.byteLength, async () => {
      try {
        await action();
      } catch (cause) {
        await discard();
        throw cause;
      }
    });
  await orDiscard(() => writeNew(temporary, content, options));
  return {
    async commit() {
      await orDiscard(async () => {
        await options.beforeRename?.();
        await rename(temporary, file);
      });
      await onDisk(file, undefined, () => syncFolder(folder));
    },
    discard,
  };
}

async function writeNew(file: string, content: Uint8Array, options: WriteOptions): Promise<void> {
  const handle = await open(file, "wx", options.mode);
  try {
    await writeFully(handle, content);
    await handle.chmod(options.mode);
    const { owner } = options;
    if (owner) await handle.chown(owner.uid, owner.gid).catch(() => undefined);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Write every byte: a nearly full disk takes a part of them and reports no error (RELIABILITY F-05). */
export async function writeFully(handle: FileHandle, content: Uint8Array): Promise<void> {
  let done = 0;
  while (done < content.byteLength) {
    const { bytesWritten } = await handle.write(content, done, content.byteLength - done);
    if (bytesWritten === 0) throw Object.assign(new Error("nothing was written"), { code: "EIO" });
    done += bytesWritten;
  }
}

/** Make a rename or a new name in a folder survive a power cut. Systems that can't open folders need no such thing. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
