import type { Dirent } from "node:fs";
import { readdir } from "node:fs/promises";
import path from "node:path";
import { isForsaken, killLeftovers } from "./attempt-record.ts";

/** How deep below a run's folder attempts and their checks are. */
const DEPTH = 3;
/** In an attempt's folder, what its agent may write. */
const AGENTS_OWN = "work";

/**
 * Kill what attempts left running whose process of ours has certainly ended, wherever they are below the folder of a run, and return how many
 * processes that were. Those of a process that lives are its own to end.
 */
export async function endForsaken(runFolder: string): Promise<number> {
  let ended = 0;
  for (const folder of await foldersIn(runFolder, DEPTH))
    if (await isForsaken(folder)) ended += await killLeftovers(folder);
  return ended;
}

/** Links are not followed. */
async function foldersIn(folder: string, depth: number): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((): Dirent[] => []);
  const own = entries.filter((entry) => entry.isDirectory() && entry.name !== AGENTS_OWN);
  const below = depth === 1 ? [] : own.map(({ name }) => path.join(folder, name));
  const deeper = await Promise.all(below.map((each) => foldersIn(each, depth - 1)));
  return [...own.map(({ name }) => path.join(folder, name)), ...deeper.flat()];
}
