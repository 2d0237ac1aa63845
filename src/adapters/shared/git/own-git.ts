import { rm } from "node:fs/promises";
import path from "node:path";
import { gitPatiently } from "./patient-git.ts";
import { gitOutput, runGit } from "./run-git.ts";
import { makeGitFolder } from "./git-folder.ts";
import type { UserRepository } from "./locate-repository.ts";

/** Make a git folder of ours anew, that borrows objects. */
export async function freshGitFolder(
  folder: string,
  repository: UserRepository,
  alternates: readonly string[],
): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await makeGitFolder(folder, repository, { kind: "own", alternates });
}

/**
 * Take commits into the user's repository, checked object by object. `from` is a folder of ours with refs for them: git
 * runs in it with our configuration only.
 */
export async function takeIn(
  { commonDir }: UserRepository,
  from: string,
  refs: readonly { readonly from: string; readonly to: string }[],
): Promise<void> {
  await gitPatiently({
    gitDir: commonDir,
    durable: true,
    args: [
      "fetch",
      "-q",
      "--no-tags",
      "--no-recurse-submodules",
      "--no-auto-maintenance",
      "--no-write-fetch-head",
      "--no-show-forced-updates",
      "--end-of-options",
      from,
      ...refs.map((ref) => `+${ref.from}:${ref.to}`),
    ],
    timeoutMs: 600_000,
  });
}

/** The commit of a ref of the user's repository; undefined where there is none. */
export async function commitOf(
  { commonDir }: UserRepository,
  ref: string,
): Promise<string | undefined> {
  const end = await runGit({
    gitDir: commonDir,
    args: ["rev-parse", "-q", "--verify", `${ref}^{commit}`],
  });
  return end.exitCode === 0 ? end.stdout.toString("utf8").trim() : undefined;
}

/** As `commitOf`, of several by one command; tags are no commits here. */
export async function commitsOf(
  { commonDir }: UserRepository,
  names: readonly string[],
): Promise<readonly (string | undefined)[]> {
  const args = ["cat-file", "--batch-check=%(objecttype) %(objectname)"];
  const input = names.map((name) => `${name}\n`).join("");
  const lines = (await gitOutput({ gitDir: commonDir, args, input })).split("\n");
  return names.map((_, index) => /^commit ([0-9a-f]+)$/.exec(lines[index] ?? "")?.[1]);
}

/** Set a ref of ours in the user's repository. */
export const setRef = async (
  { commonDir }: UserRepository,
  ref: string,
  commit: string,
): Promise<void> => {
  await gitPatiently({ gitDir: commonDir, durable: true, args: ["update-ref", ref, commit] });
};

export const ownGitOf = (folder: string, id: string): string => path.join(folder, `${id}.git`);
