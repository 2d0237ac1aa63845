import type { WavegateError } from "../core/error.ts";
import type { Result } from "../core/result.ts";

/** A document of the user's, as it is on disk. */
export interface Document {
  /** Relative to the project, with `/`. */
  readonly path: string;
  readonly bytes: Uint8Array;
  /** SHA-256 of the bytes, in hex. */
  readonly digest: string;
}

/** Reads the user's documents; never writes. Only regular files inside the project count. */
export interface Documents {
  /**
   * A document the user named. Errors: SPEC_NOT_FOUND, SPEC_UNREADABLE (not a regular file, too large, no permission),
   * USAGE (outside the project).
   */
  named(path: string, maxBytes: number): Promise<Result<Document, WavegateError>>;
  /** A document that may or may not exist: why it cannot be had, or undefined when there is none. */
  optional(path: string, maxBytes: number): Promise<Result<Document, WavegateError> | undefined>;
  /** Paths of the regular files in a folder, sorted, not recursive; none if there is no such folder. */
  list(folder: string): Promise<readonly string[]>;
}
