import type { Change, Seen } from "../integrations/changes.ts";

/** The project's files as `init` deals with them. Paths are relative to the project, with slashes. */
export interface ProjectTree {
  /** What is at these paths. Nothing that lies outside the project is looked at. */
  look(paths: readonly string[]): Promise<ReadonlyMap<string, Seen>>;
  /** Change files, one `init` at a time. Throws for what a user can meet, e.g. a full disk; what was done then stays done. */
  change<T>(action: (hand: TreeHand) => Promise<T>): Promise<T>;
}

export interface TreeHand {
  /** What had to be made before anything could be changed: the state folder and what is in it. */
  readonly made: readonly string[];
  /** Write down what is installed, on disk when it returns; undefined for nothing. */
  keepRecord(text: string | undefined): Promise<void>;
  /** Make one change whole. Throws if the file is not what it was. */
  make(change: Change): Promise<void>;
  /** Remove those of the folders that are empty. */
  prune(folders: readonly string[]): Promise<void>;
  /** Have the state folder removed at the end, as far as it was made by `init` and holds nothing. */
  leave(made: readonly string[]): void;
}
