import type { BudgetFigures, RaisedCap } from "./budget-figures.ts";
import type { Usage } from "./usage.ts";

/** What happens to a task; the same words as `execution/task-event.ts`. */
export type TaskEventKind =
  | "started"
  | "worked"
  | "accepted"
  | "completed"
  | "landed"
  | "failed"
  | "conflicted"
  | "asked"
  | "canceled"
  | "retry-due"
  | "settled"
  | "person";

/** How a task stands; the same words as `execution/task-state.ts`. */
export type TaskStatusName =
  | "open"
  | "running"
  | "verifying"
  | "landing"
  | "done"
  | "failed"
  | "blocked"
  | "skipped";

/** A task or a verification of a run, as it is carried out. */
export type PlanTask = {
  /** Unique in the run; with the plan's name in front (`core:1.1`) where there are several plans. */
  readonly key: string;
  readonly title: string;
  /** Name of its plan. */
  readonly plan: string;
  /** Title of its phase; null outside of phases. */
  readonly phase: string | null;
  readonly kind: "task" | "verification";
  /** Expected. */
  readonly minutes: number;
  /** Keys of the tasks and verifications that it waits for, through whatever lies between. */
  readonly waitsFor: readonly string[];
  /** Done when its parts are: no agent gets it. */
  readonly parts?: readonly string[];
  /** How it stood when the run began, or the plan was read anew. */
  readonly status: TaskStatusName;
};

/** A plan as it was read. */
export type PlanSource = {
  readonly name: string;
  /** Relative to the project. */
  readonly file: string;
  readonly title: string;
  /** Of its file's bytes, in hex; the text is an artifact. */
  readonly digest: string;
};

/** Why a task failed. */
export type TaskReason = {
  readonly kind: string;
  readonly message: string;
  readonly details: readonly string[];
};

/** What a person is asked. */
export type TaskQuestion = {
  readonly kind: string;
  readonly message: string;
  readonly paths: readonly string[];
};

type PlanRunStarted = {
  readonly type: "plan-run-started";
  readonly plans: readonly PlanSource[];
  /** In the order of the documents. */
  readonly tasks: readonly PlanTask[];
  readonly workers: number;
  readonly pattern: string;
  readonly failures: string;
  /** Name of the agent that works on tasks. */
  readonly agent: string;
  /** Commit that the run works from. */
  readonly base: string;
  /** Full name of the run's own branch. */
  readonly branch: string;
  /** Full name of the branch that follows it; null: a person lands. */
  readonly target: string | null;
};

type TaskAdvanced = {
  readonly type: "task-advanced";
  readonly task: string;
  /** Number of its attempt, from 1; 0 before the first. */
  readonly attempt: number;
  readonly event: TaskEventKind;
  /** After it. */
  readonly status: TaskStatusName;
  /** Who is asked; null where nobody is: commands of our own. */
  readonly agent?: string | null;
  readonly reason?: TaskReason;
  /** Of `failed`: not tried again but by a person's word. */
  readonly final?: boolean;
  /** Of `failed`: until the next attempt. */
  readonly waitMs?: number;
  readonly question?: TaskQuestion;
  /** Of `person`: who, and what was said. */
  readonly by?: string;
  readonly says?: string;
  /** Of what ended an attempt. */
  readonly usage?: Usage;
  readonly costFrom?: "prices";
  readonly budget?: BudgetFigures;
  /** From the making of its clone to its judgement. */
  readonly durationMs?: number;
  /** Of that, how long agents were at work. */
  readonly agentMs?: number;
  readonly outputBytes?: number;
  /** Changed files. */
  readonly changed?: number;
  /** The commit with the work: of `worked` before, of `landed` after the landing. */
  readonly commit?: string;
  /** Artifact with what shows it. */
  readonly evidence?: string;
  /** Of a result that is good: files that the plan declares and that it has not. */
  readonly missing?: readonly string[];
};

type CheckFinished = {
  readonly type: "check-finished";
  readonly task: string;
  readonly attempt: number;
  readonly name: string;
  /** `judged`: by an agent, because it is prose. */
  readonly by: "command" | "judged";
  readonly command?: string;
  readonly outcome: "passed" | "failed" | "not-run";
  /** What shows it, as a line. */
  readonly shown: string;
  readonly durationMs: number;
};

type LandingStarted = {
  readonly type: "landing-started";
  /** From 1. */
  readonly batch: number;
  readonly tasks: readonly string[];
};

type LandingFinished = {
  readonly type: "landing-finished";
  readonly batch: number;
  /** Commit of the run's branch after it. */
  readonly head: string;
  readonly landed: readonly { readonly task: string; readonly commit: string }[];
  readonly conflicted: readonly { readonly task: string; readonly paths: readonly string[] }[];
  readonly failed: readonly { readonly task: string; readonly reason: TaskReason }[];
  readonly durationMs: number;
};

/** A plan was edited while the run went on, not by the run. */
type PlanChanged = {
  readonly type: "plan-changed";
  readonly plans: readonly PlanSource[];
  readonly edits: readonly {
    readonly task: string;
    readonly what:
      | "added"
      | "removed"
      | "renamed"
      | "reworded"
      | "replaced"
      | "ticked"
      | "unticked";
    readonly status: TaskStatusName;
    /** Key before, where it is another. */
    readonly from?: string;
  }[];
  /** All of them, as they are now. */
  readonly tasks: readonly PlanTask[];
};

/** A plan was edited and can't be carried out so: the run goes on with what it was. */
type PlanRefused = {
  readonly type: "plan-refused";
  readonly plan: string;
  readonly code: string;
  readonly reason: string;
};

/** The run wrote how tasks stand into boxes and status file; `problem` where it could not. */
type PlanMarked = {
  readonly type: "plan-marked";
  readonly plan: string;
  readonly tasks: readonly string[];
  readonly state: "completed" | "in_progress" | "failed" | "skipped" | "pending";
  readonly files: readonly string[];
  readonly problem?: string;
};

/** The end moved so far that what goes first was computed anew, from what tasks took. */
type PlanReplanned = {
  readonly type: "plan-replanned";
  /** Actual by expected duration. */
  readonly factor: number;
  /** Tasks that it rests on. */
  readonly measured: number;
  /** Minutes to the end: as planned before, and as expected now. */
  readonly plannedMinutes: number;
  readonly expectedMinutes: number;
  readonly why: string;
};

/** Somebody else moved a branch that follows the run: what they put on it was merged and tested, or the branch is left where it is. */
type TargetMoved = {
  readonly type: "target-moved";
  readonly branch: string;
  /** Their commit; null where it was not moved forward. */
  readonly theirs: string | null;
  /** The run's head now. */
  readonly head: string;
  /** Why it is left, as the end of a sentence; null where it goes on with both. */
  readonly left: string | null;
};

/** The project's tests on what the run begins from, before anything of it was begun. */
type BaseTested = {
  readonly type: "base-tested";
  readonly commit: string;
  readonly command: string;
  readonly outcome: "passed" | "failed" | "not-run";
  /** What shows it. */
  readonly shown: string;
  readonly durationMs: number;
};

/** Nothing leads on without a person, who gets to know what is asked and what failed. */
type PlanRunHeld = {
  readonly type: "plan-run-held";
  /** An error's code, `PLAN_TASK_FAILED`, or `PLAN_TASK_ASKS`. */
  readonly code: string;
  readonly reason: string;
  readonly hint: string;
  readonly questions: readonly { readonly task: string; readonly question: TaskQuestion }[];
  readonly failed: readonly { readonly task: string; readonly reason: TaskReason }[];
  /** Keys of sync points that wait for a word. */
  readonly points: readonly string[];
};

type PlanRunResumed = {
  readonly type: "plan-run-resumed";
  readonly by: string;
  readonly note?: string;
  readonly raised?: readonly RaisedCap[];
};

type SyncPointReached = { readonly type: "sync-point-reached"; readonly point: string };
type SyncPointReleased = {
  readonly type: "sync-point-released";
  readonly point: string;
  readonly by: string;
};

/** A person's word that changed nothing. */
type WordRefused = {
  readonly type: "word-refused";
  readonly task: string | null;
  readonly by: string;
  readonly reason: string;
};

type PlanRunFinished = {
  readonly type: "plan-run-finished";
  readonly done: number;
  readonly failed: number;
  readonly skipped: number;
  readonly blocked: number;
  readonly open: number;
  /** Commit of the run's branch. */
  readonly head: string;
};

/** What happens in a run that carries out plans. None of them names a stage. */
export type PlanEvent =
  | PlanRunStarted
  | TaskAdvanced
  | CheckFinished
  | LandingStarted
  | LandingFinished
  | PlanChanged
  | PlanRefused
  | PlanMarked
  | PlanReplanned
  | BaseTested
  | TargetMoved
  | PlanRunHeld
  | PlanRunResumed
  | SyncPointReached
  | SyncPointReleased
  | WordRefused
  | PlanRunFinished;

const TYPES: Readonly<Record<PlanEvent["type"], true>> = {
  "plan-run-started": true,
  "task-advanced": true,
  "check-finished": true,
  "landing-started": true,
  "landing-finished": true,
  "plan-changed": true,
  "plan-refused": true,
  "plan-marked": true,
  "plan-replanned": true,
  "base-tested": true,
  "target-moved": true,
  "plan-run-held": true,
  "plan-run-resumed": true,
  "sync-point-reached": true,
  "sync-point-released": true,
  "word-refused": true,
  "plan-run-finished": true,
};

export const isPlanEvent = (event: { readonly type: string }): event is PlanEvent =>
  Object.hasOwn(TYPES, event.type);
