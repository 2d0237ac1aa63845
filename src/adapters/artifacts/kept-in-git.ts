import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { findRepository } from "../shared/git/locate-repository.ts";
import { ensureFolderIn, PRIVATE_FILE } from "../shared/state-folder.ts";
import { writeAtomic } from "../shared/write-atomic.ts";

/** Below the git folder of a working tree. */
const [FOLDER, FILE] = ["wavegate", "projects.json"];

export const KEPT_ID = z.object({
  id: z.string().regex(/^[0-9a-f-]{36}$/),
  /** Absolute path of the project when this was written. */
  root: z.string(),
});

/** Which project a folder is. */
export type KeptId = z.infer<typeof KEPT_ID>;

const NOTE = z.object({
  /** Number of the git folder on its disk: that of a copy is another. */
  inode: z.string(),
  /** By the project's folder in the working tree. */
  projects: z.record(z.string(), KEPT_ID),
});

/** What a repository knows of a project in it. */
export interface KeptInGit {
  readonly kept: KeptId | undefined;
  /** Write it down, if it is not. What can't be written is left: the state folder has it, too. */
  readonly keep: (kept: KeptId) => Promise<void>;
}

/**
 * Which project a folder is, from a note in the git folder of its working tree, where no `git clean` comes and which no clone, fetch
 * or push takes along. Neither refs nor configuration nor index know of it. A note that was copied with its folder says nothing.
 * Undefined where there is no repository that git works with.
 */
export async function keptInGit(root: string): Promise<KeptInGit | undefined> {
  const repository = await findRepository(root).catch(() => undefined);
  if (!repository) return undefined;
  const { gitDir, prefix } = repository;
  const inode = String((await stat(gitDir, { bigint: true })).ino);
  const file = path.join(gitDir, FOLDER, FILE);
  const note = await readNote(file);
  const projects = note?.inode === inode ? note.projects : {};
  const kept = projects[prefix];
  return {
    kept,
    async keep({ id, root: now }) {
      if (kept?.id === id && kept.root === now) return;
      // Where it was before, another project may begin.
      const others = Object.entries(projects).filter(([, other]) => other.id !== id);
      const written = {
        inode,
        projects: { ...Object.fromEntries(others), [prefix]: { id, root: now } },
      };
      const bytes = Buffer.from(`${JSON.stringify(written)}\n`);
      await ensureFolderIn(gitDir, [FOLDER])
        .then(() => writeAtomic(file, bytes, { mode: PRIVATE_FILE }))
        .catch(() => {});
    },
  };
}

async function readNote(file: string): Promise<z.infer<typeof NOTE> | undefined> {
  try {
    return NOTE.safeParse(JSON.parse(await readFile(file, "utf8"))).data;
  } catch {
    return undefined;
  }
}
