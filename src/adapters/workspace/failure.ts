import { oneLine } from "../../core/text.ts";
import { WavegateError } from "../../core/error.ts";
import { err, ok, type Result } from "../../core/result.ts";
import type { WorkspaceFailure } from "../../ports/workspaces.ts";
import { fullDisk } from "../shared/git/full-disk.ts";
import { GitError } from "../shared/git/run-git.ts";
import { OutputLimitError } from "./untracked.ts";

/** A failure of a workspace, thrown on the way to whoever makes a value of it. */
export class WorkspaceError extends Error {
  override readonly name = "WorkspaceError";
  readonly failure: WorkspaceFailure;

  constructor(kind: WorkspaceFailure["kind"], message: string) {
    super(message);
    this.failure = { kind, message: oneLine(message, 400) };
  }
}

/** The value of an action in such folders, or its expected failure. What the user must mend (a full disk) is thrown on. */
export async function orFailure<T>(
  folders: readonly string[],
  action: () => Promise<T>,
): Promise<Result<T, WorkspaceFailure>> {
  try {
    return ok(await action());
  } catch (error) {
    if (error instanceof WavegateError) throw error;
    const full = await fullDisk(error, folders);
    if (full) throw full;
    if (error instanceof WorkspaceError) return err(error.failure);
    const message = oneLine(error instanceof Error ? error.message : String(error), 400);
    if (error instanceof OutputLimitError) return err({ kind: "output-limit", message });
    const stopped = error instanceof GitError ? error.end.stopped : undefined;
    const kind = stopped === "timeout" || stopped === "canceled" ? stopped : "git-failed";
    return err({ kind, message });
  }
}
