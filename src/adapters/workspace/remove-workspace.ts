import { rm } from "node:fs/promises";
import type { UserRepository } from "../shared/git/locate-repository.ts";
import { ownGitOf } from "../shared/git/own-git.ts";
import { releaseBase } from "./bases.ts";
import { deleteFolder, emptyTrash } from "./delete-folder.ts";
import { endInstall } from "./install.ts";
import { removeEntry, standing, type Entry, type Layout } from "./registry.ts";

/**
 * Take away all that there is of a workspace that holds nobody's work which is not held elsewhere. Its entry goes last: who comes after a kill
 * finds by it what is left. What stands in its place and is not ours stays, as does the entry.
 */
export async function removeWorkspace(
  on: { readonly repository: UserRepository; readonly layout: Layout },
  entry: Entry,
): Promise<void> {
  const { layout } = on;
  const { id } = entry;
  await endInstall(layout.own, id);
  const stands = await standing(layout, entry);
  if (stands === "replaced") throw new Error(`${entry.folder} is not the folder that was made`);
  if (stands !== "gone") await deleteFolder(layout, entry);
  await emptyTrash(layout, id);
  for (const name of [id, readerOf(id)])
    await rm(ownGitOf(layout.own, name), { recursive: true, force: true });
  await releaseBase(on, entry);
  await removeEntry(layout, id);
}

/** Name of the git folder of ours that reads a clone's objects. */
export const readerOf = (id: string): string => `${id}.reader`;
