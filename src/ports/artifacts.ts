import type { WavegateError } from "../core/error.ts";
import type { RecordedEvent } from "../core/event.ts";
import type { Result } from "../core/result.ts";

/** An artifact as it is referred to: a name and the SHA-256 of its bytes, in hex. */
export interface ArtifactRef {
  readonly name: string;
  readonly digest: string;
  readonly bytes: number;
}

/** Content by hash, and one folder per run that people can read. Writes are atomic and on disk when they return. */
export interface Artifacts {
  /** Keep content; the same bytes are kept once. */
  put(name: string, content: string): Promise<ArtifactRef>;
  /** Content by digest, checked against it. */
  get(digest: string): Promise<Result<string, WavegateError>>;
  /** Write a file of a run's folder, e.g. `attempts/requirements-1/prompt.md`. Gives the absolute path. Secrets are redacted. */
  writeRunFile(runId: string, path: string, content: string): Promise<string>;
  /** A folder inside a run's folder, made if missing. Gives the absolute path. */
  runFolder(runId: string, path: string): Promise<string>;
  /** Add an event to the run's `log.jsonl`; an event that is in it already is not added again. */
  appendLog(event: RecordedEvent): Promise<void>;
}

/** The user's own files, touched only where asked. */
export interface ProjectFiles {
  /** Text of a file with its digest, or undefined when there is none. Path relative to the project, or absolute. */
  read(path: string): Promise<{ readonly content: string; readonly digest: string } | undefined>;
  /**
   * Write a file whole, atomically, if it is still what `expected` says: a digest, or undefined for "not there".
   * The same content again is no error and writes nothing.
   */
  write(
    path: string,
    content: string,
    expected: string | undefined,
  ): Promise<Result<void, WavegateError>>;
}
