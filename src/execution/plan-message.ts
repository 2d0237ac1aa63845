import type { PersonSays } from "./task-event.ts";

/** What a person, or a program for one, tells a run that carries out plans while it goes on. Each is taken in once. */
export type PlanMessage =
  /** A word on a task or a verification. */
  | {
      readonly kind: "task";
      readonly task: string;
      readonly by: string;
      readonly says: PersonSays;
    }
  /** Lets a sync point that waits for a person be passed. */
  | { readonly kind: "release"; readonly point: string; readonly by: string }
  /** Nothing new is started any more; what is at work may finish. */
  | { readonly kind: "stop"; readonly by: string; readonly why: string }
  /**
   * Goes on where it was held: what was reached is raised, what was stopped is not any more, and every task that failed
   * for good is tried again.
   */
  | {
      readonly kind: "resume";
      readonly by: string;
      readonly note?: string;
      readonly raises?: readonly RaisedLimit[];
    };

/** A limit of the budget with what it is raised to: tokens, or millionths of a US dollar. The same as `Raise` of ledgers. */
export type RaisedLimit = {
  readonly stage: string | null;
  readonly role: string | null;
  readonly unit: "tokens" | "microUsd";
  readonly to: number;
};

/** What a person may be asked for, as shown by whoever waits: `info` of the run's wait. */
export type PlanHoldInfo = {
  readonly code: string;
  readonly reason: string;
  readonly hint: string;
  readonly questions: readonly {
    readonly task: string;
    readonly kind: string;
    readonly message: string;
    readonly paths: readonly string[];
  }[];
  readonly failed: readonly {
    readonly task: string;
    readonly kind: string;
    readonly message: string;
    readonly details: readonly string[];
  }[];
  /** Keys of sync points that wait for a word. */
  readonly points: readonly string[];
};
