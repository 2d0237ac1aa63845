import type { MessageType } from "../../core/session-event.ts";

/** What one session tells others, in the form that S3 calls `structured_json_messaging`. */
export interface Message {
  /** 1, 2, …, in the run. */
  readonly number: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly kind: MessageType;
  /** A session, or `orchestrator`. */
  readonly from: string;
  readonly to: readonly string[];
  /** Keys of tasks. */
  readonly about: readonly string[];
  /** Safe to show. */
  readonly text: string;
}

export const ORCHESTRATOR = "orchestrator";

/** So many of what a session was told last are kept for it. */
export const INBOX = 10;

/** Messages by who they are for. */
export type Inboxes = ReadonlyMap<string, readonly Message[]>;

/** The inboxes with one message more. */
export function delivered(inboxes: Inboxes, message: Message): Inboxes {
  const after = new Map(inboxes);
  for (const to of message.to) after.set(to, [...(after.get(to) ?? []), message].slice(-INBOX));
  return after;
}

/** What agents of a session are told before they begin, one line each; what only counts progress is not worth their attention. */
export const wordsFor = (inboxes: Inboxes, session: string): readonly string[] =>
  (inboxes.get(session) ?? [])
    .filter(({ kind }) => kind === "coordination" || kind === "conflict")
    .map(({ kind, from, text }) => `${from} (${kind}): ${text}`);
