import type { Observation } from "../execution/stall.ts";

/** An attempt that is watched while it is at work. */
export interface WatchedWork {
  /** Folder whose files show that something is done. */
  readonly folder: string;
  /** How long nothing may come, in milliseconds. */
  readonly limitMs: number;
  /** Stops watching. */
  readonly signal: AbortSignal;
  /** Told once when nothing came for so long; then watching ends. */
  readonly onStall: (seen: Observation) => void;
}

/** Tells when an attempt stands still: no output and no changed file for so long (PX-10). */
export interface WorkWatch {
  /** Gives what is to be called whenever output came, with its bytes. */
  watch(work: WatchedWork): (bytes: number) => void;
}
