import { readdir, rm } from "node:fs/promises";
import path from "node:path";
import { withFileLock, type LockTimes } from "./file-lock.ts";
import { ensureFolderIn, ensureStateFolder } from "./state-folder.ts";
import { TEMPORARY_NAME } from "./write-atomic.ts";

/**
 * Run an action on the user's files while no other wavegate process of the project does. Not re-entrant.
 *
 * @param root absolute path of the project
 * @param action is given the folder of locks, for what it must leave to who has the lock next
 */
export async function withProjectLock<T>(
  root: string,
  action: (locks: string) => Promise<T>,
  times?: LockTimes,
): Promise<T> {
  const state = path.join(root, ".wavegate");
  await ensureStateFolder(state);
  const locks = await ensureFolderIn(state, ["locks"]);
  return withFileLock(path.join(locks, "project-files"), () => action(locks), times);
}

/** Remove temporary files of writers that were killed: under the project's lock there is no live one. */
export async function removeLeftovers(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => TEMPORARY_NAME.test(name));
  await Promise.all(names.map((name) => rm(path.join(folder, name), { force: true })));
}
