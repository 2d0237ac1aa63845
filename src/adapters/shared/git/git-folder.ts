import { copyFile, mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { isMissing } from "../disk-error.ts";
import type { UserRepository } from "./locate-repository.ts";

/** The branch that an agent's clone is on. */
export const CLONE_BRANCH = "refs/heads/wavegate";

/** A clone for an agent: it may do there what it likes, and has nowhere to push to. Hooks, signing and tidying up are off. */
const CLONE_CONFIG = `[core]
	bare = false
	hooksPath = /dev/null
	logAllRefUpdates = true
[gc]
	auto = 0
[maintenance]
	auto = false
[commit]
	gpgSign = false
[push]
	default = nothing
[user]
	name = Wavegate agent
	email = agent@localhost
`;

/** A folder of ours that the user's repository fetches from: nothing that could lie about commits is believed. */
const OWN_CONFIG = `[core]
	bare = true
	hooksPath = /dev/null
	commitGraph = false
	multiPackIndex = false
	logAllRefUpdates = false
[gc]
	auto = 0
[pack]
	useBitmaps = false
`;

export interface GitFolder {
  readonly kind: "clone" | "own";
  /** Folders of objects that are used where they are. */
  readonly alternates: readonly string[];
  /** What HEAD is, where the folder begins with a commit. */
  readonly head?: string;
}

/**
 * Make a git folder by writing its files: what `git clone --shared` makes, without the user's refs, templates and remote.
 * Nothing may stand at the path.
 */
export async function makeGitFolder(
  folder: string,
  { objectFormat, shallow, commonDir }: UserRepository,
  { kind, alternates, head }: GitFolder,
): Promise<void> {
  await mkdir(folder, { mode: 0o700 });
  for (const part of ["objects", "objects/info", "objects/pack", "refs", "refs/heads", "info"])
    await mkdir(path.join(folder, part));
  const put = (file: string, text: string) => writeFile(path.join(folder, file), text);
  const version =
    objectFormat === "sha1"
      ? "[core]\n\trepositoryformatversion = 0\n"
      : `[core]\n\trepositoryformatversion = 1\n[extensions]\n\tobjectFormat = ${objectFormat}\n`;
  await put("config", version + (kind === "clone" ? CLONE_CONFIG : OWN_CONFIG));
  await put("objects/info/alternates", alternatesText(alternates));
  await put("HEAD", `ref: ${CLONE_BRANCH}\n`);
  if (head !== undefined) await put(CLONE_BRANCH, `${head}\n`);
  if (shallow)
    await copyFile(path.join(commonDir, "shallow"), path.join(folder, "shallow")).catch(
      (cause: unknown) => {
        if (!isMissing(cause)) throw cause;
      },
    );
}

export const alternatesText = (folders: readonly string[]): string =>
  folders.map((folder) => `${folder}\n`).join("");
