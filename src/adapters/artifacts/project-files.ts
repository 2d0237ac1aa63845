import { constants } from "node:fs";
import { lstat, mkdir, open, realpath, stat } from "node:fs/promises";
import path from "node:path";
import { WavegateError } from "../../core/error.ts";
import { leadsOut } from "../../core/leads-out.ts";
import { err, ok, type Result } from "../../core/result.ts";
import type { ProjectFiles } from "../../ports/artifacts.ts";
import { digestOf } from "../shared/digest.ts";
import { isMissing, onDisk } from "../shared/disk-error.ts";
import { removeLeftovers, withProjectLock } from "../shared/project-lock.ts";
import { writeAtomic } from "../shared/write-atomic.ts";

export interface ProjectFilesOptions {
  /** Absolute path of the project. Nothing outside it is written, whatever links there are inside. */
  readonly root: string;
}

const NEW_FILE_MODE = 0o644;

/**
 * The user's files. A write compares with what is there under a lock that all wavegate processes of the project
 * share, so no edit made by one of them is lost; an editor's save between the comparison and the rename can't be seen.
 */
export function createProjectFiles({ root }: ProjectFilesOptions): ProjectFiles {
  const absolute = (file: string) => path.resolve(root, file);

  return {
    read: async (file) => {
      const bytes = await readRegular(absolute(file));
      return bytes && { content: bytes.toString("utf8"), digest: digestOf(bytes) };
    },

    async write(file, content, expected) {
      const asked = absolute(file);
      const bytes = Buffer.from(content);
      try {
        const target = await realTarget(asked, root);
        return await withProjectLock(root, () => replace({ asked, target, bytes, expected }));
      } catch (cause) {
        if (cause instanceof WavegateError) return err(cause);
        throw cause;
      }
    },
  };
}

interface Replacement {
  readonly asked: string;
  readonly target: string;
  readonly bytes: Buffer;
  readonly expected: string | undefined;
}

async function replace(request: Replacement): Promise<Result<void, WavegateError>> {
  const { asked, target, bytes, expected } = request;
  const there = await readRegular(target);
  const found = there && digestOf(there);
  if (found === digestOf(bytes)) return ok(undefined);
  if (found !== expected) return err(changed(asked, found));
  await onDisk(asked, bytes.byteLength, () => mkdir(path.dirname(target), { recursive: true }));
  await removeLeftovers(path.dirname(target));
  const old = there && (await stat(target));
  await writeAtomic(target, bytes, {
    mode: old ? old.mode & 0o7777 : NEW_FILE_MODE & ~process.umask(),
    ...(old && { owner: { uid: old.uid, gid: old.gid } }),
    beforeRename: async () => {
      const now = await readRegular(target);
      if ((now && digestOf(now)) !== found) throw changed(asked, now && digestOf(now));
    },
  });
  return ok(undefined);
}

/** Where a path really leads, links followed. Refused when that is outside the project. */
async function realTarget(file: string, root: string): Promise<string> {
  const target = await realOf(file);
  if (isInside(await realOf(root), target)) return target;
  throw new WavegateError(
    "PROJECT_NOT_WRITABLE",
    `${file} leads out of the project, to ${target}.`,
    {
      hint: "Remove the link, or run in the folder that holds the file.",
    },
  );
}

/** The real path of a file that may not exist yet: the nearest folder that does, and the rest of the names. */
async function realOf(file: string): Promise<string> {
  try {
    return await realpath(file);
  } catch (cause) {
    if (!isMissing(cause)) throw cause;
  }
  const dangling = await lstat(file).catch(() => undefined);
  if (dangling?.isSymbolicLink())
    throw new WavegateError("PROJECT_NOT_WRITABLE", `${file} is a link to something missing.`, {
      hint: "Remove the link, then try again.",
    });
  return path.join(await realOf(path.dirname(file)), path.basename(file));
}

const isInside = (folder: string, file: string): boolean => {
  const relative = path.relative(folder, file);
  return relative !== "" && !leadsOut(relative, path.sep) && !path.isAbsolute(relative);
};

/** Bytes of a plain file; devices, pipes and folders are refused before they can block or surprise. */
async function readRegular(file: string): Promise<Buffer | undefined> {
  try {
    const handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      if (!(await handle.stat()).isFile()) throw unreadable(file, "it is not a plain file");
      return await handle.readFile();
    } finally {
      await handle.close();
    }
  } catch (cause) {
    if (isMissing(cause)) return undefined;
    if (cause instanceof WavegateError) throw cause;
    throw unreadable(file, cause instanceof Error ? cause.message : String(cause));
  }
}

const unreadable = (file: string, why: string): WavegateError =>
  new WavegateError("FILE_UNREADABLE", `${file} can't be read: ${why}`, {
    hint: "Check the path and its permissions.",
    place: { file },
  });

const changed = (file: string, found: string | undefined): WavegateError =>
  new WavegateError(
    "ARTIFACT_WOULD_OVERWRITE",
    found === undefined
      ? `${file} was there when the change was shown, and is gone now.`
      : `${file} is not what it was when the change was shown (now ${found.slice(0, 12)}).`,
    { hint: "Look at the file as it is now, then decide again.", place: { file } },
  );
