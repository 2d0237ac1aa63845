import path from "node:path";
import { runGit, whyFailed } from "../shared/git/run-git.ts";
import { WorkspaceError } from "./failure.ts";
import { makeGitFolder } from "../shared/git/git-folder.ts";
import type { UserRepository } from "../shared/git/locate-repository.ts";

/** A large repository on a slow disk. */
const CHECKOUT_MS = 15 * 60_000;

/** Make a clone at a commit, in an empty folder. Submodules stay empty, no filter runs: LFS files are pointers. */
export async function makeClone(
  repository: UserRepository,
  folder: string,
  base: string,
  signal: AbortSignal,
): Promise<void> {
  const gitDir = path.join(folder, ".git");
  await makeGitFolder(gitDir, repository, {
    kind: "clone",
    alternates: [repository.objects],
    head: base,
  });
  const args = ["read-tree", "--reset", "-u", base];
  const end = await runGit({ gitDir, workTree: folder, args, timeoutMs: CHECKOUT_MS, signal });
  if (end.exitCode === 0) return;
  const kind = end.stopped === "timeout" || end.stopped === "canceled" ? end.stopped : "git-failed";
  throw new WorkspaceError(kind, `The clone of ${base} could not be made: ${whyFailed(end)}`);
}
