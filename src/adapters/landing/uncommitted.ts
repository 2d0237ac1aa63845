import { namesIn } from "../shared/git/run-git.ts";
import type { UserRepository } from "../shared/git/locate-repository.ts";
import { usersGit } from "./users-git.ts";

/** What stands otherwise in the project's working tree than in HEAD, of these files and folders; nothing is written, not even git's index. */
export async function uncommitted(
  { gitDir, workTree, prefix }: UserRepository,
  paths: readonly string[],
): Promise<readonly string[]> {
  if (paths.length === 0) return [];
  const status = await usersGit({ gitDir, folder: workTree }, [
    "--no-optional-locks",
    "--literal-pathspecs",
    "status",
    "--porcelain",
    "-z",
    "--untracked-files=all",
    "--no-renames",
    "--ignore-submodules=all",
    "--",
    ...paths.map((path) => prefix + path),
  ]);
  if (status.exitCode !== 0) return [];
  return namesIn(status.output)
    .map((line) => line.slice(3 + prefix.length))
    .toSorted();
}
