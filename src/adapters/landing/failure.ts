import { WavegateError } from "../../core/error.ts";
import { err, ok, type Result } from "../../core/result.ts";
import { oneLine } from "../../core/text.ts";
import type { LandingFailure } from "../../ports/landing.ts";
import { fullDisk } from "../shared/git/full-disk.ts";
import { GitError } from "../shared/git/run-git.ts";

/** A failure of landing, thrown on the way to whoever makes a value of it. */
export class LandingError extends Error {
  override readonly name = "LandingError";
  readonly failure: LandingFailure;

  /** @param at where the head is, if that is further on */
  constructor(kind: LandingFailure["kind"], message: string, at?: string) {
    super(message);
    this.failure = { kind, message: oneLine(message, 400), ...(at !== undefined && { at }) };
  }
}

/** The value of an action in such folders, or its expected failure. What the user must mend (a full disk) is thrown on. */
export async function orFailure<T>(
  folders: readonly string[],
  action: () => Promise<T>,
): Promise<Result<T, LandingFailure>> {
  try {
    return ok(await action());
  } catch (error) {
    if (error instanceof WavegateError) throw error;
    const full = await fullDisk(error, folders);
    if (full) throw full;
    if (error instanceof LandingError) return err(error.failure);
    const message = oneLine(error instanceof Error ? error.message : String(error), 400);
    const stopped = error instanceof GitError ? error.end.stopped : undefined;
    const kind = stopped === "timeout" || stopped === "canceled" ? stopped : "git-failed";
    return err({ kind, message });
  }
}

/** The value of an action; what is for the user to act on is a value, too. */
export async function orRefusal<T>(
  folders: readonly string[],
  action: () => Promise<T>,
): Promise<Result<T, WavegateError>> {
  try {
    return ok(await action());
  } catch (error) {
    if (error instanceof WavegateError) return err(error);
    const full = await fullDisk(error, folders);
    if (full) return err(full);
    throw error;
  }
}
