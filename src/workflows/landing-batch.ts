import type { FailureReason, Question } from "../execution/task-state.ts";
import type { ConflictSide, LandingBranch } from "../ports/landing.ts";

/** A task whose result was accepted. */
export type LandBatchItem = {
  readonly task: string;
  readonly title: string;
  readonly attempt: number;
  /** As it was collected, and what it was made from. */
  readonly commit: string;
  readonly base: string;
  /** Paths that a person let through. */
  readonly shown: readonly string[];
  /** Checks of the result that passed, each a line: name and what shows it. */
  readonly verified: readonly string[];
};

/** What the workflow `land-batch` gets. It tells of itself: `landing-started`, `landing-finished`. */
export type LandBatch = {
  /** From 1, unique in the run. */
  readonly batch: number;
  /** The run's head: it passes the tests as far as is known. */
  readonly head: string;
  readonly branches: readonly LandingBranch[];
  /** In the order they are to land. */
  readonly items: readonly LandBatchItem[];
  /** Command for the merged result; null: there is none, what fits together lands. */
  readonly test: { readonly command: string; readonly timeoutMs: number } | null;
  /** A person knows that the tests fail: what they fail on lands as long as they fail without it, too. */
  readonly lenient?: boolean;
};

/** Each item is in one of the lists. */
export type LandBatchOutput = {
  readonly head: string;
  readonly branches: readonly LandingBranch[];
  /** `commit`: of the task on the run's branch; the head of that moment where all of it was there already. */
  readonly landed: readonly { readonly task: string; readonly commit: string }[];
  /** It does not fit what is landed: for the task's agent, with both sides. */
  readonly conflicted: readonly {
    readonly task: string;
    readonly question: Question;
    readonly sides: readonly ConflictSide[];
  }[];
  /** Only a person can let it in. */
  readonly asked: readonly { readonly task: string; readonly question: Question }[];
  /** The tests fail with it, and pass without it. */
  readonly failed: readonly { readonly task: string; readonly reason: FailureReason }[];
  /** Nobody can say: the tests fail without them, too, or could not be run. Not the tasks' fault. */
  readonly undecided: readonly { readonly task: string; readonly reason: FailureReason }[];
  /** Whether the tests fail on the head, which a person let be. */
  readonly failing: boolean;
  /** The head, where the tests passed on it in this batch, and what shows it. */
  readonly proven: { readonly commit: string; readonly shown: string } | null;
  /** How often the tests were run. */
  readonly tests: number;
  readonly durationMs: number;
};
