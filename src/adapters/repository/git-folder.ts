import { readFile } from "node:fs/promises";
import path from "node:path";

/** `.git`, here or above; a worktree's is a file that says where. */
export async function gitFolder(root: string): Promise<string | undefined> {
  for (let folder = root; ; folder = path.dirname(folder)) {
    const git = path.join(folder, ".git");
    if ((await textOf(path.join(git, "HEAD"))) !== undefined) return git;
    const [, elsewhere] = /^gitdir: (.+)$/.exec((await textOf(git)) ?? "") ?? [];
    if (elsewhere !== undefined) return path.resolve(folder, elsewhere);
    if (path.dirname(folder) === folder) return undefined;
  }
}

/** The text of a small file, without blanks around it; undefined where it can't be read. */
export const textOf = async (file: string): Promise<string | undefined> =>
  (await readFile(file, "utf8").catch(() => undefined))?.trim();
