import type { SessionStatus } from "../../core/session-event.ts";
import { err, ok, type Result } from "../../core/result.ts";

/** The work on one unit of a run: a phase of a plan, or what of it stands outside of phases (S3 `session_management`). */
export interface PlannedSession {
  /** `session_001` */
  readonly id: string;
  /** `phaseName` of the graph. */
  readonly unit: string;
  readonly title: string;
  /** Keys of its tasks and verifications. */
  readonly tasks: readonly string[];
  /** Ids of sessions that it waits for, directly. */
  readonly waitsFor: readonly string[];
}

/**
 * How a session stands (S3 `session_lifecycle`). Times are milliseconds since 1970.
 *
 * ```
 *   ┌─────────┐ opened ┌────────┐ sync-begun ┌──────────────┐
 *   │ created │ ─────► │ active │ ─────────► │ coordinating │
 *   └────┬────┘        └─▲─┬──▲─┘ ◄───────── └──────┬───────┘
 *        │      reopened │ │  │      sync-ended     │
 *        │ finished      │ │ finished               │ finished
 *        │             ┌─┴─▼───────┐ archived ┌──────────┐
 *        └───────────► │ completed │ ───────► │ archived │
 *                      └─────▲─────┘          └──────────┘
 *                            └── from coordinating, too
 * ```
 */
export type SessionState =
  | { readonly status: "created" }
  | {
      readonly status: "active";
      readonly since: number;
      /** Attempts of agents that ended: in all, and since it was last in sync with the others. */
      readonly interactions: number;
      readonly unsynced: number;
    }
  | {
      readonly status: "coordinating";
      readonly since: number;
      readonly interactions: number;
      readonly why: string;
    }
  | { readonly status: "completed"; readonly at: number; readonly interactions: number }
  | { readonly status: "archived"; readonly at: number; readonly interactions: number };

export type SessionChange =
  | { readonly kind: "opened" }
  | { readonly kind: "interacted" }
  | { readonly kind: "sync-begun"; readonly why: string }
  | { readonly kind: "sync-ended" }
  | { readonly kind: "finished" }
  /** Something of it is to be done again. */
  | { readonly kind: "reopened" }
  | { readonly kind: "archived" };

/** A change that the state does not know; it changes nothing. */
export interface NoSuchStep {
  readonly status: SessionStatus;
  readonly change: SessionChange["kind"];
}

export const CREATED: SessionState = { status: "created" };

/** The state after a change. Pure: `at` is given. */
export function advanceSession(
  state: SessionState,
  change: SessionChange,
  at: number,
): Result<SessionState, NoSuchStep> {
  const next = after(state, change, at);
  return next ? ok(next) : err({ status: state.status, change: change.kind });
}

function after(state: SessionState, change: SessionChange, at: number): SessionState | undefined {
  const interactions = state.status === "created" ? 0 : state.interactions;
  const active: SessionState = { status: "active", since: at, interactions, unsynced: 0 };
  const completed: SessionState = { status: "completed", at, interactions };
  switch (state.status) {
    case "created":
      if (change.kind === "opened") return active;
      return change.kind === "finished" ? completed : undefined;
    case "active":
      if (change.kind === "interacted")
        return { ...state, interactions: interactions + 1, unsynced: state.unsynced + 1 };
      if (change.kind === "sync-begun")
        return { status: "coordinating", since: at, interactions, why: change.why };
      return change.kind === "finished" ? completed : undefined;
    case "coordinating":
      if (change.kind === "interacted") return { ...state, interactions: interactions + 1 };
      if (change.kind === "sync-ended") return active;
      return change.kind === "finished" ? completed : undefined;
    case "completed":
      if (change.kind === "reopened") return active;
      return change.kind === "archived" ? { status: "archived", at, interactions } : undefined;
    case "archived":
      return undefined;
  }
}
