import type { ErrorCode } from "../core/error.ts";
import type { BudgetFigures } from "../core/budget-figures.ts";
import type { DecisionKind, Measures, Rating } from "../core/event.ts";
import type { Json } from "../core/json.ts";
import type { Raise } from "./budget/ledger.ts";
import type { ReachedCap, ShortCall } from "./budget/reached.ts";
import type { IssueCounts } from "./contracts/leading.ts";

/** What only a person can mend, met on the way: a full disk, a folder that may not be written. */
export type StopReason = {
  readonly code: ErrorCode;
  readonly message: string;
  readonly hint: string;
  /** The call that a budget leaves no room for. */
  readonly short?: ShortCall;
};

/** How a role ended: the value that is journaled, whatever happened. */
export type RoleResult = {
  readonly role: string;
  readonly title: string;
  readonly status: "succeeded" | "partial" | "failed";
  /** The agent that gave the answer, or the last one asked. */
  readonly agent: string;
  readonly round: number;
  readonly attempts: number;
  /** The answer, matching the role's contract, or the simplified result. */
  readonly value: Json;
  /** Why it did not succeed. */
  readonly reason: string | null;
  /** Set where it is no fault of the agent's: the role is asked again once that is mended. */
  readonly stopped?: StopReason;
};

/** An artifact as proposed at a gate. */
export type Proposed = {
  readonly name: string;
  readonly digest: string;
  readonly bytes: number;
  /** Path relative to the project where approval writes it. */
  readonly target: string;
  /** Digest of the file that is there now and would be replaced, or null. */
  readonly replaces: string | null;
  /** Digest of what was approved before, where the gate asks again about it. */
  readonly approved?: string;
};

/** What the deterministic checks and the review say of a proposal; shown first at the gate. */
export type GateFigures = {
  readonly requirementsTotal: number;
  readonly requirementsCovered: number;
  readonly notCovered: readonly string[];
  readonly qualityScore: number;
  /** What the reviewer recommends (quality review); as the report says after what people accepted. */
  readonly recommendation?: "proceed" | "fix-first" | "abort";
  /** Whether it can be built from, as the reviewer says (preparation). */
  readonly approvalStatus?: "pass" | "conditional" | "fail";
  /** Open issues by weight, and those that people accepted, where the review has issues. */
  readonly issues?: IssueCounts;
  readonly conflicts: number;
  /** Conflicts left to people that nobody decided yet. */
  readonly escalated: readonly string[];
  /** Ids of those that people decided at this gate. */
  readonly decided?: readonly string[];
  readonly openQuestions: readonly string[];
  /** Questions that QA answered, each with the answer. */
  readonly resolvedQuestions: readonly string[];
  /** What QA or a check wanted changed and nobody did. */
  readonly openRework: readonly string[];
  readonly failedChecks: readonly string[];
  readonly tasks: number;
  readonly orphanTasks: readonly string[];
  readonly unmitigatedRisks: readonly string[];
  readonly unmeasurableCriteria: readonly string[];
  readonly signedOff: boolean;
  readonly qaNotes: string;
  /** Roles that did not succeed, with why. */
  readonly partial: readonly string[];
  readonly reworkRounds: number;
};

/** What a gate shows and binds a decision to. */
export type GateInfo = {
  readonly stage: string;
  readonly round: number;
  /** SHA-256 over the manifest of everything shown: the token a decision must name. */
  readonly digest: string;
  readonly prompt: string;
  /** An approval needs a reason, too: a rule asks for it. */
  readonly strict?: boolean;
  readonly artifacts: readonly Proposed[];
  readonly figures: GateFigures;
  /** What a person must know first: that the spec changed since, what voided the last approval. */
  readonly notice: string | null;
  /** Folder with the proposed files: as journaled, in the run's folder; in a view of the run, absolute. */
  readonly folder: string;
  /** Digest of the spec's file when the gate was opened, or null if it was gone. */
  readonly subjectDigest: string | null;
  /** The other files that the stage holds on to, as they were when the gate was opened. */
  readonly inputs: readonly FileState[];
  /** What was counted in what is shown, for metrics; absent in runs of earlier versions. */
  readonly measures?: Measures;
  /** What the run used so far; absent where no agent was asked that could use anything. */
  readonly cost?: BudgetFigures;
};

/** A file as it was at some moment; null if it was not there. */
export type FileState = { readonly path: string; readonly digest: string | null };

/** Why a run is held, and how to go on. */
export type HoldInfo = {
  /** Empty where it is no stage that is held. */
  readonly stage: string;
  /** An error's code. */
  readonly code: string;
  readonly reason: string;
  /** One line per role that failed: which and why. */
  readonly failures: readonly string[];
  readonly hint: string;
  /** The limits of budgets that were reached, if that is why. */
  readonly budget?: readonly ReachedCap[];
};

/** What a run waits for that is done outside of it, and where it says what that is. */
export type WorkInfo = {
  /** The part's name, as a stage's. */
  readonly stage: string;
  readonly title: string;
  readonly message: string;
  /** The document that holds the tasks, relative to the project; null where none of those looked at names a task. */
  readonly document: string | null;
  readonly tasks: number;
  /** Tasks whose box was ticked when the run began to wait. */
  readonly done: number;
  /** The stage that begins then. */
  readonly next: string;
  readonly hint: string;
};

/** How a person resumes a held run, or one that waited for work. */
export type HoldAnswer = {
  readonly by: string;
  /** What they want of the roles that come after, if anything. */
  readonly note?: string;
  /** Limits of budgets that they raise; only of a held run. */
  readonly raises?: readonly Raise[];
};

/** A person's decision as it is journaled. */
export type Decision = {
  readonly kind: DecisionKind;
  readonly by: string;
  readonly digest: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly reason: string | null;
  readonly changes: string | null;
  readonly edits: { readonly [name: string]: string } | null;
  /** What the person judged besides, if anything. */
  readonly ratings?: readonly Rating[];
};

/** How a run of one stage or several ended: what the last one said, and what came of each. */
export type RunOutcome = {
  readonly status: "completed" | "rejected";
  readonly message: string;
  readonly nextSteps: readonly string[];
  /** By all stages together. */
  readonly written: readonly string[];
  /** The last one; null where no stage was needed. */
  readonly decision: Decision | null;
  readonly stages: readonly {
    readonly stage: string;
    readonly status: StageOutcome["status"];
    readonly decision: Decision;
    readonly written: readonly string[];
  }[];
};

/** How a stage ended. */
export type StageOutcome = {
  readonly status: "completed" | "rejected";
  readonly decision: Decision;
  readonly written: readonly string[];
  readonly message: string;
  readonly nextSteps: readonly string[];
};
