import type { Resources } from "./resources.ts";
import type { StagesVoided } from "./stages-voided.ts";
import type { ProviderSlowed } from "./provider-slowed.ts";
import type { BudgetFigures, BudgetReached, RaisedCap } from "./budget-figures.ts";
import type { ChildTaken } from "./child-taken.ts";
import type { CacheNote } from "./cache-note.ts";
import type { Usage } from "./usage.ts";
import type { PlanEvent } from "./plan-event.ts";
import type { SessionEvent } from "./session-event.ts";

export type { Usage } from "./usage.ts";

/** How one role of a stage ended. A partial result says what is known and missing, and does not count for the quorum. */
export type RoleStatus = "succeeded" | "partial" | "failed";

/** What was counted or said in what an agent or a stage made; see `stage/measures`. */
export type Measures = { readonly [name: string]: number | string };

/** What somebody who can judge said of a metric that nothing can count. */
export type Rating = {
  /** Name of the metric. */
  readonly metric: string;
  /** The specialist whose work was judged; absent for the work of the whole stage. */
  readonly role?: string;
  /** 1 (bad) to 5 (good). */
  readonly score: number;
};

export type DecisionKind = "approve" | "reject" | "modify";

/**
 * Everything that happens in a run. Only reporters and entry points print; all others emit.
 * Types are `<noun>-<past participle>`.
 */
export type RunEvent =
  | {
      readonly type: "run-started";
      readonly workflow: string;
      readonly subject: string;
      readonly digest: string;
    }
  | {
      readonly type: "stage-started";
      readonly stage: string;
      readonly roles: readonly string[];
      readonly concurrency: number;
      readonly profile: string;
    }
  | {
      /** A stage that was not needed. */
      readonly type: "stage-skipped";
      readonly stage: string;
      readonly reason: string;
    }
  | {
      /** How deep the roles of a stage go (ST-15). */
      readonly type: "depth-chosen";
      readonly stage: string;
      readonly level: "low" | "medium" | "high";
      readonly complexity: number;
      /** Word of the depth by role. */
      readonly depths: { readonly [role: string]: string };
    }
  | {
      /** An adaptive rule held, and what it changed (ST-14); nothing where the stage was as strict already. */
      readonly type: "rule-fired";
      readonly stage: string;
      readonly rule: string;
      /** Seed and section, or the user's file. */
      readonly source: string;
      /** A score, `resources` or `implementation`. */
      readonly on: string;
      readonly value: string | number;
      readonly is: "above" | "below" | "equal";
      readonly threshold: string | number;
      readonly from: "computed" | "measured" | "configuration" | "command line";
      readonly changes: readonly {
        readonly what: string;
        readonly from: string;
        readonly to: string;
      }[];
    }
  | {
      /** The synthesizer wrote once more on its own draft, because a rule asked for it. */
      readonly type: "draft-iterated";
      readonly stage: string;
      readonly iteration: number;
      readonly of: number;
      /** Artifacts that differ from the draft before. */
      readonly changed: readonly string[];
      /** What the checks had found in the draft before. */
      readonly findings: number;
    }
  | {
      /** Where programs of these agents run, looked at when a stage begins (AG-04). */
      readonly type: "sandbox-checked";
      readonly stage: string;
      readonly agents: readonly string[];
      readonly mode: "required" | "preferred" | "off";
      /** What holds them; null: nothing does. */
      readonly by: string | null;
      /** Why nothing does, although something is wanted. */
      readonly reason: string | null;
    }
  | {
      readonly type: "agent-started";
      readonly stage: string;
      readonly role: string;
      readonly agent: string;
      /** 1-based, over the whole life of the role in this round. */
      readonly attempt: number;
      readonly round: number;
      /** Why no earlier answer was taken. */
      readonly cache?: CacheNote;
    }
  | {
      /** A call has ended. Without an `agent-started` before it, and with a `hit` in `cache`, nobody was asked: an earlier answer was taken. */
      readonly type: "agent-finished";
      readonly stage: string;
      readonly role: string;
      readonly agent: string;
      readonly attempt: number;
      readonly round: number;
      readonly outcome: "succeeded" | "failed";
      readonly durationMs: number;
      readonly outputBytes: number;
      readonly usage: Usage;
      /** `prices`: the agent did not say what it cost; that is by the configuration's price of its tokens. */
      readonly costFrom?: "prices";
      /** How the run stands with it; absent where nobody was asked, or nothing is counted. */
      readonly budget?: BudgetFigures;
      /** Why it failed: the failure's kind and message. */
      readonly reason?: string;
      /** What the cache of answers said. */
      readonly cache?: CacheNote;
      /** What its processes took of the machine; not there where nothing is known, as of agents without a process. */
      readonly resources?: Resources;
    }
  | {
      readonly type: "agent-retried";
      readonly stage: string;
      readonly role: string;
      readonly attempt: number;
      readonly waitMs: number;
      readonly reason: string;
    }
  | ProviderSlowed
  | {
      readonly type: "role-settled";
      readonly stage: string;
      readonly role: string;
      readonly status: RoleStatus;
      readonly round: number;
      /** One line for people: what the role found, or why it failed. */
      readonly summary: string;
      /** What was counted in the answer; absent in runs of earlier versions. */
      readonly measures?: Measures;
    }
  | {
      readonly type: "quorum-tallied";
      readonly stage: string;
      readonly met: boolean;
      readonly succeeded: readonly string[];
      readonly missing: readonly string[];
      readonly because?: string;
    }
  | {
      readonly type: "review-finished";
      readonly stage: string;
      readonly qualityScore: number;
      readonly conflicts: number;
      readonly escalated: number;
      readonly gaps: number;
      readonly openQuestions: number;
      readonly measures?: Measures;
      /** For each conflict, the specialists whose statements disagree. */
      readonly conflicting?: readonly (readonly string[])[];
      /** What the reviewer judged. */
      readonly ratings?: readonly Rating[];
    }
  | {
      readonly type: "checks-run";
      readonly stage: string;
      readonly round: number;
      readonly passed: number;
      readonly failed: readonly string[];
      /** Files that QA changed itself before the checks. */
      readonly touched?: number;
    }
  | {
      readonly type: "rework-requested";
      readonly stage: string;
      readonly round: number;
      readonly reasons: readonly string[];
    }
  | {
      readonly type: "artifact-proposed";
      readonly stage: string;
      readonly name: string;
      readonly digest: string;
      readonly bytes: number;
    }
  | {
      readonly type: "stage-signed-off";
      readonly stage: string;
      readonly signedOff: boolean;
      readonly notes: string;
      /** What QA judged. */
      readonly ratings?: readonly Rating[];
    }
  | {
      readonly type: "gate-opened";
      readonly stage: string;
      readonly round: number;
      readonly digest: string;
      readonly prompt: string;
      /** What was counted in what the gate shows. */
      readonly measures?: Measures;
    }
  | {
      readonly type: "gate-decided";
      readonly stage: string;
      readonly round: number;
      readonly decision: DecisionKind;
      readonly by: string;
      readonly digest: string;
      readonly reason?: string;
      /** What the person judged. */
      readonly ratings?: readonly Rating[];
    }
  | {
      readonly type: "gate-voided";
      readonly stage: string;
      readonly round: number;
      readonly reason: string;
    }
  | {
      readonly type: "stage-held";
      readonly stage: string;
      readonly code: string;
      readonly reason: string;
      readonly hint: string;
    }
  | BudgetReached
  | {
      /** A document next to the spec that no role gets. */
      readonly type: "document-skipped";
      readonly stage: string;
      readonly name: string;
      readonly reason: string;
    }
  | {
      readonly type: "stage-resumed";
      readonly stage: string;
      readonly by: string;
      /** What the person said about it. */
      readonly note?: string;
      /** Limits that the person raised with it. */
      readonly raised?: readonly RaisedCap[];
    }
  | {
      readonly type: "artifact-written";
      readonly stage: string;
      readonly path: string;
      readonly digest: string;
    }
  | StagesVoided
  | {
      /** The run waits for work that is done outside of it. */
      readonly type: "work-requested";
      readonly stage: string;
      readonly document: string | null;
      readonly tasks: number;
      readonly done: number;
      readonly message: string;
      readonly hint: string;
    }
  | PlanEvent
  | SessionEvent
  | { readonly type: "run-taken-over"; readonly from: string; readonly by: string }
  | ChildTaken
  | {
      readonly type: "run-finished";
      readonly status: "completed" | "rejected" | "failed" | "canceled";
      readonly message: string;
    };

/** A stored event: its place in the run's history and when the database saw it. */
export interface RecordedEvent {
  readonly runId: string;
  /** 1-based, gap-free is not promised, order is. */
  readonly seq: number;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly event: RunEvent;
}

/** A passing sign of life from a running agent. Shown live, never stored. */
export interface Progress {
  readonly runId: string;
  readonly stage: string;
  readonly role: string;
  /** The last line the agent said, at most 200 characters, control characters removed. */
  readonly line: string;
}
