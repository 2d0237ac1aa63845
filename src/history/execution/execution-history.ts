import type { SessionEvent } from "../../core/session-event.ts";
import type { BudgetFigures } from "../../core/budget-figures.ts";
import type { Usage } from "../../core/event.ts";
import type {
  PlanEvent,
  PlanSource,
  PlanTask,
  TaskEventKind,
  TaskQuestion,
  TaskReason,
  TaskStatusName,
} from "../../core/plan-event.ts";

/** Times are milliseconds since the epoch, as the store saw them. */

/** A stretch of time in which a task stood one way. */
export interface Stretch {
  readonly status: TaskStatusName;
  /** The attempt that was begun last; 0 before the first. */
  readonly attempt: number;
  readonly from: number;
  /** Absent while it lasts. */
  readonly to?: number;
  /** The worker that it took, from 1; only where it took one. */
  readonly lane?: number;
  /** Of `failed`: not tried again but by a person's word. */
  readonly final?: true;
}

/** A command that we ran, or what an agent judged. */
export interface CheckRun {
  readonly name: string;
  readonly by: "command" | "judged";
  readonly command?: string;
  readonly outcome: "passed" | "failed" | "not-run";
  readonly shown: string;
  readonly durationMs: number;
  readonly endedAt: number;
}

/** One try at a task. */
export interface TaskAttempt {
  readonly number: number;
  /** Who was asked; absent where nobody was. */
  readonly agent?: string;
  /** The process that took it, where that is another than the run's. */
  readonly elsewhere?: { readonly pid: number; readonly host: string };
  readonly startedAt: number;
  /** The worker that took it first, from 1. */
  readonly lane: number;
  /** What happened to it last. */
  readonly last: TaskEventKind;
  /** When nothing more was to be done for it; absent while something is. */
  readonly endedAt?: number;
  readonly reason?: TaskReason;
  readonly question?: TaskQuestion;
  readonly usage?: Usage;
  /** How long agents were at work for it, as it was measured where they ran. */
  readonly workMs?: number;
  /** Changed files. */
  readonly changed?: number;
  readonly commit?: string;
  /** Artifact with what shows that it is good. */
  readonly evidence?: string;
  /** Files that the plan declares and that its result has not. */
  readonly missing?: readonly string[];
  readonly checks: readonly CheckRun[];
}

/** What a person said of a task. */
export interface PersonWord {
  readonly at: number;
  readonly by: string;
  readonly says: string;
}

export interface TaskHistory {
  readonly planned: PlanTask;
  readonly status: TaskStatusName;
  /** Since when it stands so. */
  readonly since: number;
  readonly stretches: readonly Stretch[];
  readonly attempts: readonly TaskAttempt[];
  /** When the next attempt is due, of one that failed and is tried again. */
  readonly retryAt?: number;
  readonly words: readonly PersonWord[];
  /** What its agent said last; empty when it is not at work. */
  readonly line: string;
}

/** One batch that was merged and tested. */
export interface Landing {
  readonly batch: number;
  readonly tasks: readonly string[];
  readonly from: number;
  /** Absent while it lasts, as all that follows. */
  readonly to?: number;
  readonly head?: string;
  readonly landed: readonly { readonly task: string; readonly commit: string }[];
  readonly conflicted: readonly { readonly task: string; readonly paths: readonly string[] }[];
  readonly failed: readonly { readonly task: string; readonly reason: TaskReason }[];
  /** What its tests printed last, while it lasts. */
  readonly line?: string;
}

export type NotedEvent = Extract<
  PlanEvent,
  {
    readonly type:
      | "plan-changed"
      | "plan-refused"
      | "plan-marked"
      | "plan-replanned"
      | "base-tested"
      | "target-moved"
      | "word-refused";
  }
>;

/** What somebody has to see to, while it is so: an escalation or a risk that was raised, a wave that did not pass its gate. */
export type ConcernEvent = Extract<
  SessionEvent,
  { readonly type: "escalation-raised" | "risk-raised" | "wave-judged" }
>;

/** What was recorded of the carrying out of plans, as far as it has come. */
export interface ExecutionHistory {
  readonly runId: string;
  /** The last event taken in. */
  readonly seq: number;
  readonly subject: string;
  readonly startedAt: number;
  /** When the last event was seen. */
  readonly seenAt: number;
  readonly endedAt?: number;
  /** How it ended, in a word and a sentence. */
  readonly end?: { readonly status: string; readonly message: string };
  readonly plans: readonly PlanSource[];
  readonly workers: number;
  readonly pattern: string;
  readonly failures: string;
  readonly base: string;
  readonly branch: string;
  readonly target: string | null;
  /** Commit of the run's branch, as far as something was landed. */
  readonly head?: string;
  /** By key, in the order of the plans. */
  readonly tasks: ReadonlyMap<string, TaskHistory>;
  readonly landings: readonly Landing[];
  /** How the run stands with its budget, as of the last attempt that told it. */
  readonly budget: BudgetFigures | undefined;
  /** Why nothing leads on without a person, while that is so. */
  readonly held:
    | { readonly code: string; readonly reason: string; readonly hint: string }
    | undefined;
  /** Sync points that wait for a person's word. */
  readonly points: readonly string[];
  /** What somebody has to see to now, oldest first. */
  readonly concerns: readonly { readonly at: number; readonly event: ConcernEvent }[];
  readonly checkpoints: readonly {
    readonly at: number;
    readonly event: Extract<SessionEvent, { readonly type: "checkpoint-taken" }>;
  }[];
  /** What happened to the plans meanwhile, and words that changed nothing. */
  readonly notes: readonly { readonly at: number; readonly event: NotedEvent }[];
}
