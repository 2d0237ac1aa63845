import { lstat, readFile, rm, rmdir, statfs, writeFile } from "node:fs/promises";
import path from "node:path";
import { WavegateError } from "../../core/error.ts";
import { gitOutput } from "../shared/git/run-git.ts";
import { changesOf, inTheWay, type Step, type StepChanges } from "./in-the-way.ts";
import { usersGit } from "./users-git.ts";
import type { WorkingTree } from "./working-trees.ts";

/** What a file takes besides its bytes, and what git writes besides files. */
const [BLOCK, SPARE] = [4096, 2 ** 20];

/** A working tree before a step that has nothing of anybody's in its way. */
export interface Before extends StepChanges {
  /** Folders that the step makes, the innermost first. */
  readonly folders: readonly string[];
  /** ORIG_HEAD, which a merge writes first. */
  readonly origHead: Uint8Array | undefined;
}

/** Throws DISK_FULL where there is no room for what is to be written. */
export async function lookBefore(tree: WorkingTree, step: Step): Promise<Before> {
  const changes = await changesOf(tree, step);
  const needed = SPARE + (await bytesOf(tree, changes.blobs));
  const disk = await statfs(tree.folder);
  const free = disk.bavail * disk.bsize;
  // Some file systems do not tell.
  if (disk.blocks > 0 && free < needed)
    throw new WavegateError(
      "DISK_FULL",
      `${tree.folder} needs ${needed} bytes for the new commits, and ${free} are free. Nothing was changed.`,
      { hint: "Free some space, then try again." },
    );
  const folders = await missingFolders(tree.folder, changes.added);
  const origHead = await readFile(origHeadOf(tree)).catch(() => undefined);
  return { ...changes, folders, origHead };
}

const origHeadOf = ({ gitDir }: WorkingTree): string => path.join(gitDir, "ORIG_HEAD");

async function bytesOf({ gitDir }: WorkingTree, blobs: readonly string[]): Promise<number> {
  if (blobs.length === 0) return 0;
  const args = ["cat-file", "--batch-check=%(objectsize)", "--buffer"];
  const input = blobs.map((id) => `${id}\n`).join("");
  const sizes = await gitOutput({ gitDir, args, input, maxOutputBytes: 2 ** 29 });
  return sizes
    .trimEnd()
    .split("\n")
    .reduce((sum, size) => sum + Math.ceil(Number(size) / BLOCK + 1) * BLOCK, 0);
}

async function missingFolders(root: string, added: readonly string[]): Promise<readonly string[]> {
  const known = new Map<string, boolean>();
  for (const name of added)
    for (let at = path.dirname(name); at !== "." && !known.has(at); at = path.dirname(at))
      known.set(at, (await lstat(path.join(root, at)).catch(() => undefined)) === undefined);
  const missing = [...known].flatMap(([folder, isMissing]) => (isMissing ? [folder] : []));
  return missing.toSorted((a, b) => b.length - a.length);
}

/**
 * How git says that it wrote nothing: something came to be in the way since it was looked, or another git is at work there. What is there now
 * is somebody's.
 */
const NOT_BEGUN =
  /^error: (?:Your local changes to|The following untracked|Updating the following)|^fatal: Unable to create '.*index\.lock'/m;

/**
 * The tree as it was before a step that git gave up in the middle: the index is still the old one, and of the paths none was anybody's. What is
 * new goes first, which makes room. Gives what is not as it was.
 */
export async function putBack(
  tree: WorkingTree,
  step: Step,
  { changed, added, folders, origHead, said }: Before & { readonly said: string },
): Promise<readonly string[]> {
  if (NOT_BEGUN.test(said)) {
    await putOrigHeadBack(tree, origHead);
    return [];
  }
  const fresh = new Set(added);
  for (const name of added) await rm(path.join(tree.folder, name), { force: true }).catch(() => {});
  for (const folder of folders) await rmdir(path.join(tree.folder, folder)).catch(() => {});
  const old = [...changed].filter((name) => !fresh.has(name));
  // Of many that are larger now, the first to be written back may find no room yet: the second time it is there.
  for (let round = 0; round < 2; round++)
    await usersGit(
      tree,
      ["checkout-index", "--force", "--quiet", "-z", "--stdin"],
      old.map((name) => `${name}\0`).join(""),
    );
  await putOrigHeadBack(tree, origHead);
  return inTheWay(tree, step);
}

const putOrigHeadBack = (tree: WorkingTree, before: Uint8Array | undefined): Promise<void> =>
  (before ? writeFile(origHeadOf(tree), before) : rm(origHeadOf(tree), { force: true })).catch(
    () => {},
  );
