import { chmod, mkdir, readdir, rename, rm, rmdir } from "node:fs/promises";
import path from "node:path";
import { systemCode } from "../../core/disk-error.ts";
import { identityOf, isFolder, type Entry, type Layout } from "./registry.ts";

/** A folder that is out of the way: of which workspace, and which folder it must be. */
const DOOMED = /^(.+)\.(\d+)\.(\d+)$/;

/**
 * Delete the folder of a workspace, and nothing else that may stand in its place: out of the way first, under a name that says which
 * folder it must be; then for good. Links are removed, never followed. What a kill leaves out of the way is found by `emptyTrash`.
 */
export async function deleteFolder(
  layout: Layout,
  { id, folder, made, making }: Entry,
): Promise<void> {
  const own = made ?? making;
  if (!own) throw new Error(`${folder} was never made`);
  const doomed = path.join(layout.trash, `${id}.${own.dev}.${own.ino}`);
  await rename(folder, doomed);
  if (!(await isFolder(doomed, own))) {
    await rename(doomed, folder);
    throw new Error(`${folder} was replaced while it was deleted`);
  }
  await removeFolder(doomed);
}

/** Delete what is left of the folders of a workspace that were on their way out. What is not the folder that its name says stays. */
export async function emptyTrash(layout: Layout, id: string): Promise<void> {
  for (const name of await readdir(layout.trash)) {
    const [, of, dev = "", ino = ""] = DOOMED.exec(name) ?? [];
    const folder = path.join(layout.trash, name);
    if (of === id && (await isFolder(folder, { dev, ino }))) await removeFolder(folder);
  }
  await rmdir(stageOf(layout, id)).catch(() => {});
}

/** An empty folder for a workspace, not yet in its place, so that nothing ever stands there of which is not known what it is. */
export async function stageFolder(
  layout: Layout,
  id: string,
): Promise<{ readonly stage: string; readonly making: NonNullable<Entry["making"]> }> {
  const stage = stageOf(layout, id);
  await rmdir(stage).catch(() => {});
  await mkdir(stage, { mode: 0o700 });
  const making = await identityOf(stage);
  if (!making) throw new Error(`${stage} went away`);
  return { stage, making };
}

const stageOf = (layout: Layout, id: string): string => path.join(layout.trash, `${id}.new`);

async function removeFolder(folder: string): Promise<void> {
  const remove = () => rm(folder, { recursive: true, force: true, maxRetries: 3 });
  await remove().catch(async (error: unknown) => {
    if (!["EACCES", "EPERM"].includes(systemCode(error) ?? "")) throw error;
    await makeRemovable(folder);
    await remove();
  });
}

/** Folders that their owner may not change can't be emptied. */
async function makeRemovable(folder: string): Promise<void> {
  await chmod(folder, 0o700);
  for (const entry of await readdir(folder, { withFileTypes: true }))
    if (entry.isDirectory()) await makeRemovable(path.join(folder, entry.name));
}
