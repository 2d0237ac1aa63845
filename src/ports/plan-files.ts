import type { WavegateError } from "../core/error.ts";
import type { Result } from "../core/result.ts";

/** A file of the user's as text, without loss: writing the text as UTF-8 gives its bytes. A byte order mark is part of it. */
export interface PlanFile {
  /** Relative to the project, with `/`. */
  readonly path: string;
  readonly text: string;
  /** SHA-256 of the bytes, in hex. */
  readonly digest: string;
}

/** Files in which plans may be. What they are is told by reading them. */
export interface FoundPlans {
  /** Relative to the project, with `/`, sorted. */
  readonly paths: readonly string[];
  /** Whether there are more than are looked for. */
  readonly more: boolean;
}

/** A plan's file with what belongs to it on disk. */
export interface LoadedPlan {
  readonly file: PlanFile;
  /** Further files of the same plan. */
  readonly companions: readonly PlanFile[];
  /** Why some of those could not be read. */
  readonly problems: readonly WavegateError[];
  /** Undefined where plans of this place have none. */
  readonly status: LoadedStatus | undefined;
}

export interface LoadedStatus {
  /** Where the status file is, or would be made. */
  readonly path: string;
  /** Undefined where there is none yet. */
  readonly file: Result<PlanFile, WavegateError> | undefined;
  /** Names of the files in the folder of findings, sorted. */
  readonly findings: readonly string[];
}

export interface NewText {
  /** One of the change's `files`. */
  readonly path: string;
  readonly text: string;
}

export interface PlanChange {
  /** All files that the change looks at or writes, relative to the project. They need not be there. */
  readonly files: readonly { readonly path: string; readonly expected?: string }[];
  /**
   * The new texts, in the order they are to take the old ones' places; what is not named, or is as it was, is not written. Is
   * called again when a file was changed meanwhile, so it must do nothing but compute.
   *
   * @param now the files as they are, by path; those that aren't there are missing
   */
  readonly edit: (now: ReadonlyMap<string, PlanFile>) => Result<readonly NewText[], WavegateError>;
}

/**
 * Plans and their status files. Nothing outside the project is read or written; links are followed as long as they stay
 * inside. Errors of reading: PLAN_NOT_FOUND; PLAN_UNREADABLE (a folder, a pipe, a device, a circle of links, no permission, more than 32 MiB,
 * not UTF-8); USAGE (outside the project).
 */
export interface PlanFiles {
  /** Where plans usually are (`plan/places.ts`). */
  find(): Promise<FoundPlans>;
  /** The path, relative to the project, of a file that a person named where they are; of a folder, the `tasks.md` in it. */
  named(given: string): Promise<Result<string, WavegateError>>;
  /** Undefined where there is no such file. */
  read(path: string): Promise<Result<PlanFile, WavegateError> | undefined>;
  /** A plan with its companions and its status. */
  load(path: string): Promise<Result<LoadedPlan, WavegateError>>;
  /**
   * Change files while no other process does that goes through here, nor the tool that S4's plans were made for. All
   * new texts are on disk before the first takes its place; a process that dies between two of them leaves the earlier
   * ones changed, and the same change made again makes them agree. Modes and owners stay. Gives what was written.
   * Errors: those of reading; PLAN_CHANGED where a file is not what `expected` says (a digest), or is changed again and
   * again meanwhile; what `edit` refuses; DISK_FULL, PROJECT_NOT_WRITABLE.
   */
  change(change: PlanChange): Promise<Result<readonly PlanFile[], WavegateError>>;
}
