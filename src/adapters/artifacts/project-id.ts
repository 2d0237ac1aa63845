import { randomUUID } from "node:crypto";
import { readFile, realpath, stat } from "node:fs/promises";
import path from "node:path";
import { WavegateError } from "../../core/error.ts";
import { isMissing, onDisk } from "../shared/disk-error.ts";
import { withFileLock } from "../shared/file-lock.ts";
import { ensureFolderIn, ensureStateFolder, PRIVATE_FILE } from "../shared/state-folder.ts";
import { writeAtomic } from "../shared/write-atomic.ts";

const FILE = "project.json";

/** What a project's runs are filed under in a database, however many projects share it. */
export interface ProjectId {
  readonly id: string;
  /** See that the id is kept, before anything is filed under it. Nothing happens if it is. */
  readonly keep: () => Promise<void>;
}

interface Kept {
  readonly id: string;
  /** Absolute path of the project when the file was written. */
  readonly root: string;
}

/**
 * The id of a project, from `project.json` in its state folder: it goes where the folder goes, and whoever shares the
 * folder shares the id. A project that has a state folder gets one at once; one that has none, when the id is kept, so
 * that looking at runs leaves nothing behind. A folder that was copied while the original is still there is refused with
 * PROJECT_COPIED: both would take the same runs.
 */
export async function openProjectId(stateFolder: string): Promise<ProjectId> {
  return onDisk(path.join(stateFolder, FILE), undefined, async () => {
    const root = await realpath(path.dirname(stateFolder));
    const fresh = { id: randomUUID(), root };
    const kept =
      (await readKept(stateFolder)) ??
      ((await isFolder(stateFolder)) ? await create(stateFolder, fresh) : undefined);
    if (!kept)
      return {
        id: fresh.id,
        keep: async () => {
          if ((await create(stateFolder, fresh)).id !== fresh.id) throw madeMeanwhile(root);
        },
      };
    if (kept.root !== root) await moveIn(stateFolder, kept, root);
    return { id: kept.id, keep: async () => {} };
  });
}

/** The folder is somewhere else than it was: moved, seen from another machine or container, or copied. */
async function moveIn(stateFolder: string, kept: Kept, root: string): Promise<void> {
  const other = path.join(kept.root, path.basename(stateFolder));
  const there = await readKept(other).catch(() => undefined);
  if (there?.id === kept.id && !(await isSame(other, stateFolder))) throw copied(root, kept.root);
  // Only so that a copy is noticed: a folder that may not be written is used all the same.
  await write(stateFolder, { ...kept, root }).catch(() => {});
}

/** Write the file unless there is one. Gives what is there then. */
async function create(stateFolder: string, fresh: Kept): Promise<Kept> {
  await ensureStateFolder(stateFolder);
  const locks = await ensureFolderIn(stateFolder, ["locks"]);
  return withFileLock(path.join(locks, "project"), async () => {
    const kept = await readKept(stateFolder);
    if (!kept) await write(stateFolder, fresh);
    return kept ?? fresh;
  });
}

const write = (stateFolder: string, kept: Kept): Promise<void> =>
  writeAtomic(path.join(stateFolder, FILE), Buffer.from(`${JSON.stringify(kept)}\n`), {
    mode: PRIVATE_FILE,
  });

async function readKept(stateFolder: string): Promise<Kept | undefined> {
  const file = path.join(stateFolder, FILE);
  const text = await readFile(file, "utf8").catch((cause: unknown) => {
    if (isMissing(cause)) return undefined;
    throw cause;
  });
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && "id" in value && "root" in value) {
      const { id, root } = value;
      if (typeof id === "string" && /^[0-9a-f-]{36}$/.test(id) && typeof root === "string")
        return { id, root };
    }
  } catch {
    // Told below.
  }
  throw new WavegateError("PROJECT_ID_DAMAGED", `${file} does not say which project this is.`, {
    hint: "Restore it from a backup. Without it the runs of this project can't be found; if there is none, remove the file to begin anew.",
    place: { file },
  });
}

async function isFolder(folder: string): Promise<boolean> {
  return stat(folder).then(
    (about) => about.isDirectory(),
    (cause: unknown) => {
      if (isMissing(cause)) return false;
      throw cause;
    },
  );
}

async function isSame(one: string, other: string): Promise<boolean> {
  const [a, b] = await Promise.all([stat(one), stat(other)]);
  return a.dev === b.dev && a.ino === b.ino;
}

const copied = (root: string, original: string): WavegateError =>
  new WavegateError("PROJECT_COPIED", `${root} is a copy of the project ${original}.`, {
    hint: "Remove its .wavegate folder to make it a project of its own; if the copy is to go on instead, remove that of the original.",
    place: { file: root },
  });

const madeMeanwhile = (root: string): WavegateError =>
  new WavegateError("PROJECT_NOT_WRITABLE", `Another process began the project ${root} just now.`, {
    hint: "Run the command again.",
  });
