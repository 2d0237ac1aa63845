import { lstat, readdir } from "node:fs/promises";
import path from "node:path";
import { namesIn, gitBytes } from "../shared/git/run-git.ts";
import { usersGit } from "./users-git.ts";
import type { WorkingTree } from "./working-trees.ts";

export interface Step {
  readonly from: string;
  readonly to: string;
}

/** Paths of a working tree that a step would overwrite, found without writing anything: git itself refreshes the index when it looks. */
export async function inTheWay(tree: WorkingTree, step: Step): Promise<readonly string[]> {
  const { changed, added } = await changesOf(tree, step);
  const args = ["--no-optional-locks", "status", "--porcelain", "-z", "-uno", "--no-renames"];
  const status = await usersGit(tree, [...args, "--ignore-submodules=all"]);
  const atWork = namesIn(status.output).map((line) => line.slice(3));
  const found = atWork.filter((name) => changed.has(name));
  for (const name of added)
    if (!found.includes(name)) {
      const other = await standsAt(tree.folder, name, changed);
      if (other !== undefined) found.push(other);
    }
  return [...new Set(found)].toSorted();
}

export interface StepChanges {
  readonly changed: ReadonlySet<string>;
  /** Of those, the new ones. */
  readonly added: readonly string[];
  /** Ids of the files that are to be written. */
  readonly blobs: readonly string[];
}

export async function changesOf({ gitDir }: WorkingTree, { from, to }: Step): Promise<StepChanges> {
  const args = ["diff-tree", "-r", "-z", "--raw", "--no-abbrev", "--no-renames", from, to];
  const fields = namesIn(await gitBytes({ gitDir, args, maxOutputBytes: 2 ** 29 }));
  const changed = new Set<string>();
  const added: string[] = [];
  const blobs: string[] = [];
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const name = fields[at + 1] ?? "";
    const [, mode = "", , id = "", status = ""] = (fields[at] ?? "").split(" ");
    changed.add(name);
    if (status === "A") added.push(name);
    if (status !== "D" && mode.startsWith("1") && mode !== "160000") blobs.push(id);
  }
  return { changed, added, blobs };
}

/** What git does not know and a new path needs the place of: itself, or a file where its folder is to be. */
async function standsAt(
  folder: string,
  name: string,
  changed: ReadonlySet<string>,
): Promise<string | undefined> {
  const parts = name.split("/");
  for (let count = 1; count <= parts.length; count++) {
    const place = parts.slice(0, count).join("/");
    const about = await lstat(path.join(folder, place)).catch(() => undefined);
    if (!about) return undefined;
    if (!about.isDirectory()) return count < parts.length && changed.has(place) ? undefined : place;
  }
  return (await holdsOther(folder, name, changed)) ? name : undefined;
}

/** Whether a folder in place of a new file has anything in it that does not go with the same step. */
async function holdsOther(
  folder: string,
  place: string,
  changed: ReadonlySet<string>,
): Promise<boolean> {
  const entries = await readdir(path.join(folder, place), { withFileTypes: true });
  for (const entry of entries) {
    const name = `${place}/${entry.name}`;
    const isOther = entry.isDirectory()
      ? await holdsOther(folder, name, changed)
      : !changed.has(name);
    if (isOther) return true;
  }
  return false;
}
