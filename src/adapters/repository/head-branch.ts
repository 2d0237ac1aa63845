import path from "node:path";
import { gitFolder, textOf } from "./git-folder.ts";

/** The branch that is checked out, or undefined: no git, no branch. Reads files of git's only; starts nothing. */
export async function headBranch(root: string): Promise<string | undefined> {
  const folder = await gitFolder(root);
  const head = folder === undefined ? undefined : await textOf(path.join(folder, "HEAD"));
  return /^ref: refs\/heads\/(.{1,255})$/.exec(head ?? "")?.[1];
}
