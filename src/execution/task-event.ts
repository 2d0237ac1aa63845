import type { WorkEvidence } from "./evidence.ts";
import type { FailureReason, Question, ResultRef } from "./task-state.ts";

/** What happens to a task. Data, so that it can be journaled; who says when it happened keeps the time. */
export type TaskEvent =
  | { readonly kind: "started" }
  /** The agent came to its end and its result is collected. */
  | { readonly kind: "worked"; readonly result: ResultRef }
  /** The result is good, and is to be landed. */
  | { readonly kind: "accepted"; readonly evidence: WorkEvidence }
  /** The result is good, and there is nothing to land. */
  | { readonly kind: "completed"; readonly evidence: WorkEvidence }
  | { readonly kind: "landed"; readonly commit: string }
  /** The attempt came to nothing. `again`: another one may help. */
  | { readonly kind: "failed"; readonly reason: FailureReason; readonly again: boolean }
  /** What was landed meanwhile and the result don't fit: the agent gets both sides, at last a person. */
  | { readonly kind: "conflicted"; readonly question: Question }
  /** Goes on only by a person's word. */
  | { readonly kind: "asked"; readonly question: Question }
  /** Ended by us (failure mode `kill`, a person who stops the run): does not count as tried. */
  | { readonly kind: "canceled" }
  /** The wait before the next attempt is over. */
  | { readonly kind: "retry-due" }
  /** All parts of a task with sub-tasks are finished. */
  | { readonly kind: "settled"; readonly parts: readonly string[] }
  | { readonly kind: "person"; readonly by: string; readonly says: PersonSays };

/** A person's word on a task. */
export type PersonSays =
  /** What was asked about is fine: the paths of the question may change, the conflict is solved. */
  | { readonly what: "allow" }
  | { readonly what: "retry" }
  | { readonly what: "refuse"; readonly why: string }
  | { readonly what: "skip"; readonly why: string }
  /** It is done, not by the run: ticked by hand. */
  | { readonly what: "tick"; readonly note: string };
