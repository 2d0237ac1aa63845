import { err, ok } from "../../core/result.ts";
import type { CommitLog } from "../../ports/commit-log.ts";
import { runGit } from "./run-git.ts";

/** Stands before the files of each commit; no path holds it next to a NUL. */
const MARK = "\u0001commit\u0001";

/**
 * The commits of a project as git logs them.
 *
 * @param root absolute path of the project
 */
export function createCommitLog({ root }: { readonly root: string }): CommitLog {
  return {
    async changedFiles({ commits }) {
      const logged = await runGit(
        root,
        [
          "log",
          "-z",
          "--no-merges",
          "--no-renames",
          "--no-ext-diff",
          "--no-textconv",
          "--no-color",
          "--no-notes",
          "--name-only",
          "--relative",
          "--format=tformat:%x01commit%x01",
          `--max-count=${Math.max(1, Math.floor(commits))}`,
          "HEAD",
          "--",
          ".",
        ],
        "its log is too long",
      );
      if (!logged.ok) return err(logged.error);
      return ok(
        logged.value
          .toString("utf8")
          .split(MARK)
          .slice(1)
          .map((files) =>
            files
              .split("\0")
              .map((path) => path.replace(/^\n/, ""))
              .filter((path) => path !== ""),
          ),
      );
    },
  };
}
