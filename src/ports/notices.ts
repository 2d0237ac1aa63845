import type { SessionEvent } from "../core/session-event.ts";

/** Something of a run that somebody outside of it has to know of. */
export interface Notice {
  /** The same however often it is sent: who gets it twice can tell. */
  readonly id: string;
  readonly runId: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly event: SessionEvent;
}

/** `off`: nobody wants to know. `to` is shown to people: no path, no password. */
export type NoticeOutcome =
  | { readonly outcome: "off" }
  | { readonly outcome: "delivered"; readonly to: string }
  | { readonly outcome: "failed"; readonly to: string; readonly reason: string };

/** Tells programs outside what happens in a run. Takes seconds at most, and never rejects: a run does not fail because nobody listens. */
export interface Notices {
  tell(notice: Notice, signal: AbortSignal): Promise<NoticeOutcome>;
}
