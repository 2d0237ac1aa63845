import type { Result } from "../core/result.ts";

/** What could not be claimed, and the run that has it. The first of them in the order asked. */
export interface ClaimConflict {
  readonly name: string;
  readonly heldBy: string;
}

/**
 * What runs have for themselves, by name (PX-09): no two runs of a project that have not ended have the same. What a run
 * claimed is its own until it has ended, however it ended, in whichever process: nobody has to give anything back.
 */
export interface Claims {
  /**
   * Claim all of the names, or none. What the run has already stays its own, so it may be asked again after a kill.
   * Throws RUN_NOT_FOUND, and RUN_FINISHED for a run that has ended.
   */
  claim(runId: string, names: readonly string[]): Promise<Result<void, ClaimConflict>>;
}
