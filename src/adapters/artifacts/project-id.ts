import { randomUUID } from "node:crypto";
import { readFile, realpath, stat } from "node:fs/promises";
import path from "node:path";
import type { z } from "zod";
import { WavegateError } from "../../core/error.ts";
import { isMissing, onDisk } from "../shared/disk-error.ts";
import { withFileLock } from "../shared/file-lock.ts";
import { ensureFolderIn, ensureStateFolder, PRIVATE_FILE } from "../shared/state-folder.ts";
import { writeAtomic } from "../shared/write-atomic.ts";
import { KEPT_ID, keptInGit, type KeptId } from "./kept-in-git.ts";

const FILE = "project.json";

/** What a project's runs are filed under in a database, however many projects share it. */
export interface ProjectId {
  readonly id: string;
  /** What its audit log is filed under: its own id, until the log was lost with the state folder. */
  readonly log: string;
  /** See that the id is kept, before anything is filed under it. Nothing happens if it is. */
  readonly keep: () => Promise<void>;
}

const KEPT = KEPT_ID.extend({ log: KEPT_ID.shape.id.optional() });
type Kept = z.infer<typeof KEPT>;

/**
 * The id of a project, from `project.json` in its state folder: it goes where the folder goes, and whoever shares the
 * folder shares the id. In a repository it is kept in the git folder as well, and found there when the state folder is gone, as
 * after `git clean -fdx`; `found` is told so. A project that has a state folder gets an id at once; one that has none, when the id is kept, so
 * that looking at runs leaves nothing behind. A folder that was copied while the original is still there is refused with
 * PROJECT_COPIED: both would take the same runs.
 */
export async function openProjectId(
  stateFolder: string,
  found: (root: string) => void = () => {},
): Promise<ProjectId> {
  return onDisk(path.join(stateFolder, FILE), undefined, async () => {
    const root = await realpath(path.dirname(stateFolder));
    const inGit = await keptInGit(root);
    const begun = async (kept: Kept): Promise<ProjectId> => {
      if (kept.root !== root) await moveIn(stateFolder, kept, root);
      await inGit?.keep({ id: kept.id, root });
      return { id: kept.id, log: kept.log ?? kept.id, keep: async () => {} };
    };
    const file = await readKept(stateFolder);
    if (file) return begun(file);
    const noted = inGit?.kept;
    if (noted && !(await isElsewhere(noted, stateFolder))) {
      const again = { id: noted.id, root, log: randomUUID() };
      const kept = await create(stateFolder, again);
      if (kept === again) found(root);
      return begun(kept);
    }
    const fresh = { id: randomUUID(), root };
    if (await isFolder(stateFolder)) return begun(await create(stateFolder, fresh));
    return {
      id: fresh.id,
      log: fresh.id,
      keep: async () => {
        if ((await create(stateFolder, fresh)).id !== fresh.id) throw madeMeanwhile(root);
        await inGit?.keep(fresh);
      },
    };
  });
}

/** The folder is somewhere else than it was: moved, seen from another machine or container, or copied. */
async function moveIn(stateFolder: string, kept: Kept, root: string): Promise<void> {
  if (await isElsewhere(kept, stateFolder)) throw copied(root, kept.root);
  // Only so that a copy is noticed: a folder that may not be written is used all the same.
  await write(stateFolder, { ...kept, root }).catch(() => {});
}

/** Whether the project is still where it was, and that is another folder than this; also where its state folder is gone. */
async function isElsewhere(was: KeptId, stateFolder: string): Promise<boolean> {
  const other = path.join(was.root, path.basename(stateFolder));
  if (other === stateFolder) return false;
  const file = await readKept(other).catch(() => undefined);
  const { id } = file ?? (await keptInGit(was.root))?.kept ?? {};
  return id === was.id && !(await isSame(other, stateFolder));
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
    const kept = KEPT.safeParse(JSON.parse(text));
    if (kept.success) return kept.data;
  } catch {
    // Told below.
  }
  throw new WavegateError("PROJECT_ID_DAMAGED", `${file} does not say which project this is.`, {
    hint: "Restore it from a backup. Without it the runs of this project can't be found; if there is none, remove the file: in a git repository the id is found again, else the project begins anew.",
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
  const [a, b] = await Promise.all([one, other].map((folder) => stat(folder).catch(() => null)));
  return a != null && a.dev === b?.dev && a.ino === b.ino;
}

const copied = (root: string, original: string): WavegateError =>
  new WavegateError("PROJECT_COPIED", `${root} is a copy of the project ${original}.`, {
    hint: "Remove its .wavegate folder to make it a project of its own; if the copy is to go on instead, remove that of the original, and wavegate in its git folder.",
    place: { file: root },
  });

const madeMeanwhile = (root: string): WavegateError =>
  new WavegateError("PROJECT_NOT_WRITABLE", `Another process began the project ${root} just now.`, {
    hint: "Run the command again.",
  });
