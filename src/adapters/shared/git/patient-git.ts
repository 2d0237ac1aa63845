import { setTimeout as pause } from "node:timers/promises";
import { gitOutput, GitError, type GitCall } from "./run-git.ts";

/** A git holds the lock of a ref for moments; one whose worker was killed goes on to its end, on a slow disk for some seconds. */
const TRIES = 12;
const PAUSE_MS = 250;

/**
 * As `gitOutput`, for what moves refs of ours: tried again while another git is at the same ref. Who made that move wanted the same, or
 * the next try sees what became of it.
 */
export async function gitPatiently(call: GitCall): Promise<string> {
  for (let tries = 1; ; tries++) {
    try {
      return await gitOutput(call);
    } catch (error) {
      if (tries === TRIES || call.signal?.aborted === true || !isHeld(error)) throw error;
      await pause(PAUSE_MS);
    }
  }
}

const isHeld = (error: unknown): boolean =>
  error instanceof GitError && /cannot lock ref|\.lock': File exists/.test(error.end.stderr);
