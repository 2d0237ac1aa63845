import path from "node:path";
import { gitFolder, textOf } from "./git-folder.ts";

const COMMIT = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;
/** A branch may point to a branch, but not for ever. */
const MAX_STEPS = 5;

/**
 * The commit that the project is at, or undefined where that can't be told: no git, no commit yet, a way of storing
 * branches that we don't know. Reads files of git's only; starts nothing.
 */
export async function headCommit(root: string): Promise<string | undefined> {
  const folder = await gitFolder(root);
  if (folder === undefined) return undefined;
  const common = await textOf(path.join(folder, "commondir"));
  const folders = [folder, ...(common === undefined ? [] : [path.resolve(folder, common)])];
  let name = "HEAD";
  for (let step = 0; step < MAX_STEPS; step += 1) {
    const found = (await loose(folders, name)) ?? (await packed(folders, name));
    if (found === undefined || COMMIT.test(found)) return found;
    const [, next] = /^ref: (refs\/.+)$/.exec(found) ?? [];
    if (next === undefined || next.split("/").includes("..")) return undefined;
    name = next;
  }
  return undefined;
}

async function loose(folders: readonly string[], name: string): Promise<string | undefined> {
  for (const folder of folders) {
    const found = await textOf(path.join(folder, name));
    if (found !== undefined) return found;
  }
  return undefined;
}

async function packed(folders: readonly string[], name: string): Promise<string | undefined> {
  for (const folder of folders) {
    const lines = ((await textOf(path.join(folder, "packed-refs"))) ?? "").split("\n");
    const line = lines.find((each) => each.endsWith(` ${name}`));
    if (line !== undefined) return line.slice(0, line.indexOf(" "));
  }
  return undefined;
}
