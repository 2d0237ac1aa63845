import { appendFile, rm } from "node:fs/promises";
import path from "node:path";
import { gitOutput } from "../shared/git/run-git.ts";
import { copyFiles } from "./copy-files.ts";
import { WorkspaceError } from "./failure.ts";
import { install, type Installation } from "./install.ts";
import type { UserRepository } from "../shared/git/locate-repository.ts";
import { freshGitFolder } from "../shared/git/own-git.ts";
import { OutputLimitError, untracked } from "./untracked.ts";

/** More than this is no settings and lockfiles but output that git should ignore. */
const MAX_PROVIDED = 2_000;

export interface Bootstrap extends Installation {
  readonly repository: UserRepository;
  readonly workspace: string;
  readonly base: string;
  /** Path for a git folder of ours. */
  readonly ownGit: string;
}

/**
 * Make a fresh clone ready by the recipe: copied files, then the install command. Gives the paths that it left and git does
 * not ignore; the clone ignores them from now on. Tracked files are as in the base again.
 */
export async function bootstrap(work: Bootstrap): Promise<readonly string[]> {
  const { recipe, repository, workspace, project, base, ownGit } = work;
  if (recipe.copy.length === 0 && recipe.install.length === 0) return [];
  const userProject = path.join(repository.workTree, repository.prefix);
  await copyFiles(recipe.copy, userProject, project);
  await install(work);
  await freshGitFolder(ownGit, repository, [repository.objects]);
  const indexFile = path.join(ownGit, "index");
  const call = { gitDir: ownGit, workTree: workspace, indexFile };
  await gitOutput({ ...call, args: ["read-tree", base] });
  await gitOutput({ ...call, args: ["checkout-index", "-q", "-f", "-a"], timeoutMs: 600_000 });
  const limits = { maxFiles: MAX_PROVIDED, maxBytes: Infinity };
  const found = await untracked(ownGit, workspace, indexFile, limits).catch(tooMany);
  await rm(ownGit, { recursive: true, force: true });
  const ignored = found.paths.map((name) => `/${name.replace(/[\\*?[\]! #]/g, String.raw`\$&`)}\n`);
  await appendFile(path.join(workspace, ".git", "info", "exclude"), ignored.join(""));
  return found.paths;
}

function tooMany(error: unknown): never {
  if (!(error instanceof OutputLimitError)) throw error;
  throw new WorkspaceError(
    "bootstrap-failed",
    `The install command left more than ${MAX_PROVIDED} files that git does not ignore; name them in .gitignore.`,
  );
}
