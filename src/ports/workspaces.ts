import type { Result } from "../core/result.ts";

/** `read`: tasks that change nothing; all of one base share a folder. */
export type WorkspaceMode = "write" | "read";

export interface WorkspaceRequest {
  readonly runId: string;
  readonly task: string;
  /** From 1. Each attempt at writing has a folder of its own. */
  readonly attempt: number;
  /** Full id of the commit to work from. */
  readonly base: string;
  readonly mode: WorkspaceMode;
  /** Commits besides that who works in it is told of. Where one is nowhere to be had, they do without. */
  readonly mentions?: readonly string[];
}

/** An agent's working copy, an own clone (PX-06). Plain data: a replay has it from the journal. */
export interface Workspace extends WorkspaceRequest {
  /** Names it for ever: safe in refs and file names. */
  readonly id: string;
  /** Absolute, real path of the clone. The one place where the agent may write. */
  readonly folder: string;
  /** Folder inside of it that is the project's: deeper where the project is a part of its repository. */
  readonly project: string;
  /** Folder of the user's objects, which git in the clone must be able to read. */
  readonly objects: string;
  /** TCP ports on loopback that no other workspace has. */
  readonly ports: readonly number[];
  /** What programs in it are told: its ports, and where what was installed for it lies. */
  readonly env: Readonly<Record<string, string>>;
  /** Folders elsewhere that programs in it must be able to read, the user's objects among them. */
  readonly readable: readonly string[];
}

/** What the user's repository is like when a run begins. */
export interface RepositoryState {
  /** Of HEAD. */
  readonly commit: string;
  /** Full name of the branch that HEAD is on; null where it is detached. */
  readonly branch: string | null;
  /** Whether anything is changed and not committed, which agents don't see; also where git can't tell. */
  readonly dirty: boolean;
  readonly shallow: boolean;
  /** Paths of submodules: empty folders in workspaces. */
  readonly submodules: readonly string[];
  /** Whether files are kept by LFS: workspaces have their pointers. */
  readonly lfs: boolean;
}

/** Git's mode of a path: a file, an executable, a symbolic link, a commit of another repository. */
export type FileMode = "100644" | "100755" | "120000" | "160000";

/** What became of one path between base and result. A file that moved is one deleted and one added. */
export interface FileChange {
  readonly path: string;
  /** Null: it was not there. */
  readonly before: FileMode | null;
  /** Null: it is not there any more. */
  readonly after: FileMode | null;
  /** Bytes of the new content; null where there is none, and for commits of other repositories. */
  readonly size: number | null;
  /** Of a symbolic link, at most 4096 bytes: where it points to, as it is written. */
  readonly target?: string;
}

/** A task's work, taken into the user's repository under a ref. Whether it is any good is not judged here. */
export interface CollectedWork {
  readonly ref: string;
  /** One commit on the base, by our own identity; the base itself where nothing was changed. */
  readonly commit: string;
  readonly base: string;
  /** Sorted by path. */
  readonly changes: readonly FileChange[];
  /** Commit that the agent's own HEAD was on; null where it is the base's or could not be read. */
  readonly agentCommit: string | null;
  /** Folders with a repository of their own, whose files were taken in as ordinary ones. */
  readonly nested: readonly string[];
  /** How the clone's git folder is not any more as it was made, as ends of sentences: its history was not read. */
  readonly tampered: readonly string[];
  /** Of the files that were asked for, those that are not in the commit. */
  readonly absent?: readonly string[];
}

/** Expected failures: recorded as the task's, never thrown. */
export interface WorkspaceFailure {
  readonly kind:
    /** The folder is not there any more. */
    | "workspace-gone"
    /** Another folder, or a link, stands in its place. */
    | "workspace-replaced"
    /** More files or bytes than the limits allow. */
    | "output-limit"
    /** A file of the recipe could not be copied, or the install command failed. */
    | "bootstrap-failed"
    | "timeout"
    | "canceled"
    /** Git refused; the message says what it said. */
    | "git-failed";
  /** One inert line. */
  readonly message: string;
}

/** What was not deleted. `reason` ends a sentence. */
export interface Kept {
  readonly kind: "kept";
  readonly folder: string;
  readonly reason: string;
}

/** Whether a run is known to have ended. */
export type IsOver = (runId: string) => Promise<boolean>;

/** What became of a workspace that is no longer needed. */
export type Discarded =
  | {
      readonly kind: "discarded";
      /** Where work that no other ref held was saved first; null where there was none. */
      readonly rescue: string | null;
    }
  /** Nothing was there, or it went before. */
  | { readonly kind: "absent" }
  /** Others use the same folder. */
  | { readonly kind: "shared" }
  | Kept;

/**
 * Working copies of the user's repository for tasks. The user's tree, index, HEAD and configuration are never written (I-35). A workspace
 * that was made on another machine is looked for in its place on this one: what `check` and `begin` give holds here, also the folder.
 */
export interface Workspaces {
  /** Rejects with a `WavegateError` where tasks can't work from the repository. */
  state(): Promise<RepositoryState>;
  /** Find the workspace of this attempt, or make it. Safe to be called again, and at once by several processes. */
  open(
    request: WorkspaceRequest,
    signal: AbortSignal,
  ): Promise<Result<Workspace, WorkspaceFailure>>;
  /** Whether the folder is still the one that was made: to be asked before every start of a program in it (I-34). */
  check(workspace: Workspace): Promise<Result<Workspace, WorkspaceFailure>>;
  /**
   * Ready it for an agent that is let in now. Where one was let in before, whatever became of it, what that left is saved under a ref and the
   * clone is made anew in the same place, so that nothing is done twice on top of what was half done. One for reading is only looked at.
   */
  begin(workspace: Workspace, signal: AbortSignal): Promise<Result<Workspace, WorkspaceFailure>>;
  /**
   * Take what is in a workspace for writing. No program may run in it any more. Again: the same ref, renewed. `files`: paths in the
   * repository that are looked for in it.
   */
  collect(
    workspace: Workspace,
    files?: readonly string[],
  ): Promise<Result<CollectedWork, WorkspaceFailure>>;
  /**
   * Delete it, once all that is in it and not ignored is reachable from a ref. What is not provably ours stays. `content`: `dropped`,
   * only of one for reading, where nothing in it is anybody's work: our own tests wrote it.
   */
  discard(workspace: Workspace, content?: "saved" | "dropped"): Promise<Discarded>;
  /**
   * Delete all that runs which are over have left on this machine, half made and half deleted workspaces among it, by the rules of `discard`:
   * who executed them may have died at any point. Gives what stays.
   */
  clear(isOver: IsOver): Promise<readonly Kept[]>;
}
