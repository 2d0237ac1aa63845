import { lstat } from "node:fs/promises";
import path from "node:path";
import { GitError, namesIn, runGit } from "../shared/git/run-git.ts";

/** What a task may leave at most; past it there is no result, and what it left stays in its clone. */
export interface OutputLimits {
  readonly maxFiles: number;
  readonly maxBytes: number;
}

/** Above what is taken for the work of one task (`execution/judge-result.ts`), so that it can be looked at; below what would fill a repository. */
export const OUTPUT_LIMITS: OutputLimits = { maxFiles: 20_000, maxBytes: 256 * 2 ** 20 };

/** More than the limits allow was left in a workspace. */
export class OutputLimitError extends Error {
  override readonly name = "OutputLimitError";
}

export interface Found {
  /** Relative to the workspace, with `/`. Files and links only. */
  readonly paths: readonly string[];
  /** Folders with a repository of their own, relative to the workspace. */
  readonly nested: readonly string[];
}

/**
 * Paths that git would take in besides those of the index: not tracked and not ignored. Files in repositories inside of the
 * workspace are among them, by the rules of ignoring of those. `gitDir` is a folder of ours: no configuration, filter or
 * hook of the workspace is heard.
 */
export async function untracked(
  gitDir: string,
  workspace: string,
  indexFile: string,
  { maxFiles }: OutputLimits,
): Promise<Found> {
  const paths: string[] = [];
  const nested: string[] = [];
  const open = [{ folder: "", indexFile }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { folder } = next;
    for (const name of await listed(gitDir, path.join(workspace, folder), next.indexFile)) {
      const at = folder + name;
      if (!name.endsWith("/")) paths.push(at);
      else {
        nested.push(at.slice(0, -1));
        open.push({ folder: at, indexFile: path.join(gitDir, "no-index") });
      }
      if (paths.length + nested.length > maxFiles)
        throw new OutputLimitError(`more than ${maxFiles} files were left`);
    }
  }
  return { paths, nested: nested.toSorted() };
}

async function listed(
  gitDir: string,
  workTree: string,
  indexFile: string,
): Promise<readonly string[]> {
  // A nested repository with nothing in its place any more, or a link, is not entered.
  if (!(await lstat(workTree).catch(() => undefined))?.isDirectory()) return [];
  const args = ["ls-files", "-o", "--exclude-standard", "-z"];
  const maxOutputBytes = 2 ** 29;
  const end = await runGit({ gitDir, workTree, indexFile, args, maxOutputBytes });
  if (end.stopped === "output-limit")
    throw new OutputLimitError(`names of files left take more than ${maxOutputBytes} bytes`);
  if (end.exitCode !== 0) throw new GitError("ls-files", end);
  return namesIn(end.stdout);
}
