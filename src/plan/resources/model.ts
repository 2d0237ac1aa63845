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
}

export type ResourceKind = "file" | "glob" | "folder" | "other";

export type Access = "read" | "write";

/** `declared`: a field of the task; `mention`: its text; `history`: files that were changed together with those it writes. */
export type UseSource = "declared" | "mention" | "history";
