import type { RepositoryState } from "../../ports/workspaces.ts";
import { gitOutput, runGit } from "../shared/git/run-git.ts";
import { unfit, type UserRepository } from "../shared/git/locate-repository.ts";

const GITLINK = "160000 ";

/** What the repository is like; a `WavegateError` where no task could begin in it. Writes nothing, not even git's index. */
export async function repositoryState(repository: UserRepository): Promise<RepositoryState> {
  const { gitDir, workTree } = repository;
  const ask = (...args: readonly string[]) => runGit({ gitDir, workTree, args });
  const [head, branch, partial] = await Promise.all([
    ask("rev-parse", "-q", "--verify", "HEAD^{commit}"),
    ask("symbolic-ref", "-q", "HEAD"),
    ask("config", "--get-regexp", String.raw`^(extensions\.partialclone|remote\..*\.promisor)$`),
  ]);
  if (head.exitCode !== 0)
    throw unfit("has no commit yet", "Commit what is there: tasks work from a commit.");
  if (partial.exitCode === 0)
    throw unfit(
      "is a partial clone: contents of files are missing",
      "Fetch them all: git fetch --refetch --no-filter, then unset the filter.",
    );
  const [changes, index, lfs] = await Promise.all([
    ask("status", "--porcelain", "-z", "--ignore-submodules=all"),
    gitOutput({ gitDir, workTree, args: ["ls-files", "-s", "-z"], maxOutputBytes: 2 ** 28 }),
    ask("grep", "--cached", "-q", "-F", "filter=lfs", "--", ":(glob)**/.gitattributes"),
  ]);
  return {
    commit: head.stdout.toString("utf8").trim(),
    branch: branch.exitCode === 0 ? branch.stdout.toString("utf8").trim() : null,
    dirty: changes.exitCode !== 0 || changes.stdout.length > 0,
    shallow: repository.shallow,
    submodules: index
      .split("\0")
      .filter((line) => line.startsWith(GITLINK))
      .map((line) => line.slice(line.indexOf("\t") + 1)),
    lfs: lfs.exitCode === 0,
  };
}
