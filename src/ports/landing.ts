import type { WavegateError } from "../core/error.ts";
import type { Result } from "../core/result.ts";
import type { FileChange } from "./workspaces.ts";

/** A branch that a run moves forward. Plain data, kept by the run: where it stands is what the run itself did to it. */
export type LandingBranch = {
  /** In full: `refs/heads/wavegate/RUN`. */
  readonly name: string;
  /** Commit that the run put it on last. */
  readonly at: string;
  /** Why it is behind the run's head, as the end of a sentence; null where it is not. */
  readonly lags: string | null;
  /** The commit that somebody else moved it forward to. */
  readonly theirs?: string;
};

/** One task's collected work on its way in. */
export type LandingItem = {
  readonly task: string;
  /** What the task left: a commit, of which only the tree counts. */
  readonly work: string;
  /** Commit that the task worked from. */
  readonly base: string;
  /** Of the commit that lands, whole, with its trailers (`execution/landing-message.ts`). */
  readonly message: string;
  /** The commit itself is taken in with its history, as the second parent of a merge: commits of others on a branch that follows. */
  readonly joins?: boolean;
};

export interface GatherRequest {
  readonly runId: string;
  /** Commit to put the work on. */
  readonly head: string;
  /** In this order; what does not fit is left out. */
  readonly items: readonly LandingItem[];
  /** Date of the commits, in seconds since 1970: the same request gives the same commits. */
  readonly at: number;
}

/** What is on both sides of a path that could not be merged. All texts are inert. */
export type ConflictSide = {
  readonly path: string;
  /** Git's word: `content`, `add/add`, `modify/delete`, `rename/delete`, `file/directory`, `binary`, … */
  readonly kind: string;
  /** In a sentence. */
  readonly message: string;
  /** Lines between `<<<<<<<` (what had landed), `|||||||` (what both began with) and `>>>>>>>` (the task's), where there are any. */
  readonly excerpt: string;
};

export type Merged =
  /** `changes`: against the commit before it. */
  | {
      readonly kind: "merged";
      readonly task: string;
      readonly commit: string;
      readonly changes: readonly FileChange[];
    }
  /** All of it is there already. */
  | { readonly kind: "nothing"; readonly task: string }
  /** With the head, or with what was put on it before this. `sides` are at most 20 of them; `paths` are all. */
  | {
      readonly kind: "conflict";
      readonly task: string;
      readonly paths: readonly string[];
      readonly sides: readonly ConflictSide[];
    };

export interface Gathered {
  /** With all that fitted; the head itself where nothing did. In the user's repository, and held by a ref. */
  readonly head: string;
  /** One for each item, in order. */
  readonly outcomes: readonly Merged[];
}

/** Expected failures: recorded, never thrown. */
export type LandingFailure = {
  readonly kind:
    /** A commit that is named is not in the repository. */
    | "unknown-commit"
    /** The run's head is not where it should be. */
    | "head-moved"
    | "timeout"
    | "canceled"
    /** Git refused; the message says what it said. */
    | "git-failed";
  /** One inert line. */
  readonly message: string;
  /** Where the head is, if that is further on: the run moved it there, and never heard of it. */
  readonly at?: string;
};

export interface LandOnto {
  readonly runId: string;
  /** Where the run says its head is, whichever machine it was on; undefined where it has none. */
  readonly head?: string;
  /** Name of a local branch; undefined for the one that HEAD is on. */
  readonly onto?: string;
  /** Only what had landed at this point (`keepPoint`); all of it without. */
  readonly point?: string;
}

/** A commit that the run's head was on, under a name of its own, for whoever wants to go back to it. */
export interface KeepPoint {
  readonly runId: string;
  /** Unique in the run: `checkpoint_001`. */
  readonly name: string;
  readonly commit: string;
}

/** What came of bringing a run's commits over. */
export interface LandedOnto {
  /** In full. */
  readonly branch: string;
  readonly from: string;
  readonly to: string;
  /** Commits that are new on the branch; 0: all of them were there. */
  readonly commits: number;
  /** Working tree that was brought along; null where the branch is checked out nowhere. */
  readonly tree: string | null;
}

/** A task with the run that landed it, as its commit says. */
export interface LandedTask {
  readonly runId: string;
  /** Key in that run. */
  readonly task: string;
}

/** A run's own branch that is apart from a commit. */
export interface ApartBranch {
  /** In full. */
  readonly branch: string;
  /** Tasks whose commits are on the branch only, the last first. */
  readonly missing: readonly LandedTask[];
  /** Those whose commits are in the commit's history only. */
  readonly there: readonly LandedTask[];
}

/** Where a run knows its commits to be. */
export interface StandingRun {
  readonly runId: string;
  readonly head: string;
  /** All that it moves; without them only its own. */
  readonly branches?: readonly LandingBranch[];
  /** Points to go back to. */
  readonly points?: readonly Pick<KeepPoint, "name" | "commit">[];
}

/**
 * Takes the work of tasks into the user's repository. Nothing is merged in the user's tree, no configuration, hook, filter or merge driver
 * of anyone's is heeded but git's own; what was collected under `refs/wavegate/RUN/TASK` stays there. Every call may be repeated.
 */
export interface Landing {
  /**
   * Make the branch that a run's commits gather on, at `base`, and find the target that is to follow it, if any (made where it is missing).
   * Again: as they stand. Errors: a target that is checked out, or is ahead of `base` or apart from it.
   */
  begin(request: {
    readonly runId: string;
    readonly base: string;
    /** Name of a local branch. */
    readonly target: string | null;
  }): Promise<Result<readonly LandingBranch[], WavegateError>>;
  /**
   * Whether a run that begins at `base` could have this target: what `begin` would say of it, without making anything. Gives the commit that
   * it is on; null where it is missing.
   */
  mayFollow(request: {
    readonly base: string;
    readonly target: string;
  }): Promise<Result<{ readonly at: string | null }, WavegateError>>;
  /**
   * Take this repository to where the run is, for one that was on another machine since: its head, its points and its branches, as far as
   * these only go forward. Where it is there or further, nothing happens. A head that is apart from the run's was moved by a step that the
   * run never heard of: it is kept under another ref, and goes where the run is. The commits must be here.
   */
  restore(standing: StandingRun): Promise<Result<void, LandingFailure>>;
  /** Put work on a head, one commit for each task, and keep it for tests. No branch moves. */
  gather(request: GatherRequest, signal: AbortSignal): Promise<Result<Gathered, LandingFailure>>;
  /**
   * Make `to` the run's head, if it is `from` or that already, and take along the branches that are still where the run put them and are
   * checked out nowhere. Gives all of them, as they are now. Where the head is further on than `from` it fails as `head-moved` and says where
   * it is: what is to land is put on that. Where it is missing or apart, the run goes on from `from`, as with `restore`.
   */
  advance(request: {
    readonly runId: string;
    readonly from: string;
    readonly to: string;
    readonly branches: readonly LandingBranch[];
  }): Promise<Result<readonly LandingBranch[], LandingFailure>>;
  /** Keep a commit reachable as a point to go back to; gives the ref, which is never moved. */
  keepPoint(request: KeepPoint): Promise<Result<{ readonly ref: string }, LandingFailure>>;
  /**
   * Bring a run's head to a branch because a person asks: forward only, and its working tree along where it has one, unless something
   * there is in the way; then nothing is touched.
   */
  landOnto(request: LandOnto): Promise<Result<LandedOnto, WavegateError>>;
  /**
   * Of files and folders of the project, the files that its working tree has otherwise than HEAD: new ones too, ignored ones not. Sorted; empty
   * where git can't tell.
   */
  uncommitted(paths: readonly string[]): Promise<readonly string[]>;
}
