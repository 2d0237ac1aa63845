import { mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { gitBytes, namesIn, runGit } from "../shared/git/run-git.ts";

const NAME = ".gitattributes";
/** More of them, or larger ones, are not heeded: then their paths are merged as plain text. */
const MAX_FILES = 1_000;
const MAX_BYTES = 100_000;

/** A `.gitattributes` of a commit. */
export interface Attributes {
  readonly name: string;
  readonly object: string;
}

/** Those of a commit that are heeded. */
export async function attributesIn(gitDir: string, commit: string): Promise<readonly Attributes[]> {
  const listed = await gitBytes({
    gitDir,
    args: ["ls-tree", "-r", "-z", commit],
    maxOutputBytes: 2 ** 29,
  });
  return found(namesIn(listed));
}

/**
 * A folder with the `.gitattributes` of a commit and nothing else, for git to read while it merges: so `merge=union`, `-merge` and
 * `binary` hold. Drivers and filters that they name do not exist in a git folder of ours, and are not run. Nothing may stand there.
 */
export async function attributesTree(
  gitDir: string,
  attributes: readonly Attributes[],
  folder: string,
): Promise<string> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const { name, object } of attributes) {
    const args = ["cat-file", "blob", object];
    const read = await runGit({ gitDir, args, maxOutputBytes: MAX_BYTES });
    if (read.exitCode !== 0) continue;
    const file = path.join(folder, ...name.split("/"));
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, read.stdout);
  }
  return folder;
}

function found(lines: readonly string[]): readonly Attributes[] {
  return lines
    .filter((line) => line.endsWith(NAME))
    .flatMap((line) => {
      const tab = line.indexOf("\t");
      const [mode = "", , object = ""] = line.slice(0, tab).split(" ");
      const name = line.slice(tab + 1);
      const isPlain = mode.startsWith("100") && isInside(name);
      return isPlain && path.posix.basename(name) === NAME ? [{ name, object }] : [];
    })
    .slice(0, MAX_FILES);
}

/** Trees that nobody checked may have such names. */
const isInside = (name: string): boolean =>
  name.split("/").every((part) => !["", ".", "..", ".git"].includes(part.toLowerCase()));
