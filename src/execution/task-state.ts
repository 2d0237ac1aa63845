import type { Evidence } from "./evidence.ts";

/** How often a task was tried, over the whole life of a run. */
export interface Tries {
  /** Number of the attempt that was begun last, from 1; 0 before the first. Never used twice. */
  readonly attempt: number;
  /** Attempts that count: all that were begun, lost ones too (I-08), but those that we ended ourselves. */
  readonly used: number;
  /** Attempts that a person granted beyond the policy. */
  readonly granted: number;
}

/** Where a collected result is: a ref or a digest, for whoever verifies and lands it. */
export type ResultRef = string;

/**
 * How a task, or a verification, stands in a run.
 *
 * ```
 *             started           worked              accepted            landed
 *   ┌──────┐ ────────► ┌─────────┐ ───► ┌───────────┐ ───► ┌─────────┐ ───► ┌──────┐
 *   │ open │           │ running │      │ verifying │      │ landing │      │ done │
 *   └─▲──▲─┘ ◄──────── └────┬──┬─┘ ◄─── └──┬─────┬──┘      └──┬───┬──┘      └──────┘
 *     │  │    canceled      │  │  canceled │     │ asked      │   │ conflicted once more than tries allow
 *     │  │ retry-due        │  └─ asked ───┼─────┴────────────┼───┴──► ┌─────────┐
 *     │  └──── ┌────────┐ ◄─┴── failed ────┴── conflicted ────┘        │ blocked │ ── answered by a person:
 *     └─────── │ failed │ ◄────────────────────────────────── refused  └─────────┘    allowed (on it goes), retried,
 *     reopened └────────┘                                                             refused, skipped, ticked
 * ```
 *
 * What nobody wants any more is `skipped` from `open`, `failed` and `blocked`; what a person did is ticked, from there too.
 */
export type TaskState =
  | { readonly status: "open"; readonly tries: Tries }
  | { readonly status: "running"; readonly tries: Tries }
  | {
      readonly status: "verifying";
      readonly tries: Tries;
      readonly result: ResultRef;
      /** Paths that a person let through for this result. */
      readonly shown: readonly string[];
    }
  | {
      readonly status: "landing";
      readonly tries: Tries;
      readonly result: ResultRef;
      readonly evidence: Evidence;
    }
  | { readonly status: "done"; readonly evidence: Evidence }
  /** `final`: not tried again but by a person's word. */
  | {
      readonly status: "failed";
      readonly tries: Tries;
      readonly reason: FailureReason;
      readonly final: boolean;
    }
  | {
      readonly status: "blocked";
      readonly tries: Tries;
      readonly question: Question;
      readonly from: BlockedFrom;
    }
  | {
      readonly status: "skipped";
      readonly tries: Tries;
      readonly by: string;
      readonly why: string;
    };

export type TaskStatus = TaskState["status"];

/** What it goes on from when a person lets it. */
export type BlockedFrom =
  | { readonly status: "running" }
  | {
      readonly status: "verifying";
      readonly result: ResultRef;
      readonly shown: readonly string[];
    }
  | { readonly status: "landing"; readonly result: ResultRef; readonly evidence: Evidence };

/** Why an attempt came to nothing. `kind` is an agent's failure (`timeout`, `stalled`, …) or one of `judge-result.ts`. */
export type FailureReason = {
  readonly kind: string;
  /** One sentence, safe to show. */
  readonly message: string;
  /** What shows it, as lines safe to show: of a stall how long nothing came, of a command its end. */
  readonly details: readonly string[];
};

/** What a person is asked, and about which paths. */
export type Question = {
  readonly kind: "outside-declared" | "protected-change" | "conflict" | "agent-asked";
  readonly message: string;
  readonly paths: readonly string[];
};

export const NOT_TRIED: Tries = { attempt: 0, used: 0, granted: 0 };
export const OPEN: TaskState = { status: "open", tries: NOT_TRIED };

/** Nothing is left to do. */
export const isFinished = ({ status }: TaskState): boolean =>
  status === "done" || status === "skipped";

/** An attempt is at work or its result is on the way in: it keeps the resources of its task. */
export const isActive = ({ status }: TaskState): boolean =>
  status === "running" || status === "verifying" || status === "landing";
