import type { FilePlace } from "../../core/place.ts";

/**
 * What a task reads or writes: a path relative to the project with `/`, a glob over such paths, a folder (ends with `/`), or
 * something that is no file (`database schema`). What no field of the plan declares is a guess (`sure: false`).
 */
export interface ResourceUse {
  readonly resource: string;
  readonly kind: ResourceKind;
  readonly access: Access;
  /** Whether a field declares it. */
  readonly sure: boolean;
  readonly source: UseSource;
  /** The words that say so. */
  readonly place: FilePlace;
  /** A name that says too little to tell which file it is; such a use is in no conflict. */
  readonly vague?: true;
}

export type ResourceKind = "file" | "glob" | "folder" | "other";

export type Access = "read" | "write";

/**
 * `declared`: a field of the task; `mention`: a path in its text; `inferred`: what the text says is done (`install zod` changes
 * package.json); `history`: what was mostly changed together with a file that it writes, so that it may well be touched; never
 * exclusive, and kept as a read.
 */
export type UseSource = "declared" | "mention" | "inferred" | "history";

/** Two tasks that nothing orders and that use one resource, at least one of them writing. */
export interface Conflict {
  /** Keys of their nodes, in the order of the document. */
  readonly a: string;
  readonly b: string;
  readonly resource: string;
  readonly kind: "write-write" | "read-write";
  /** Whether both uses are declared. */
  readonly sure: boolean;
  /**
   * Whether they are not to run at the same time: both write, or a declared read meets a declared write. A guessed read is
   * mostly a pattern to follow, and an agent reads in a working copy of its own.
   */
  readonly exclusive: boolean;
  /** What it rests on, and where each says so. */
  readonly sources: readonly [UseSource, UseSource];
  readonly places: readonly [FilePlace, FilePlace];
}

/** A resource that unordered tasks contend for. */
export interface Contention {
  readonly resource: string;
  readonly kind: ResourceKind;
  /** All that use it, ordered or not, in the order of the document. */
  readonly users: readonly ResourceUser[];
  /** How many pairs of unordered tasks there are: exact. Those of which one may touch it by history count as `readWrite`. */
  readonly writeWrite: number;
  readonly readWrite: number;
  /** Keys of all tasks in a write–write pair. */
  readonly colliding: readonly string[];
  /** Some of them, both kinds, in the order of the document. */
  readonly listed: readonly Conflict[];
}

export interface ResourceUser {
  readonly task: string;
  /** Its use; of a glob or folder that holds the resource, where it does not name the resource itself. */
  readonly use: ResourceUse;
}

export interface Conflicts {
  /** Most write–write pairs first, then most pairs, then by name. */
  readonly contentions: readonly Contention[];
  /** Sums over all of them; a pair that contends for two resources counts twice. */
  readonly writeWrite: number;
  readonly readWrite: number;
  /** False where globs and folders matched more than was followed. */
  readonly complete: boolean;
}
