import type { KeyParts } from "../core/cache-note.ts";
import type { Json } from "../core/json.ts";

/** An answer that is kept. Times are milliseconds since the epoch, by the clock of who stores it. */
export interface KeptAnswer {
  /** SHA-256 of the parts, in hex. */
  readonly key: string;
  /** Answers that are worth comparing with each other: those of one role of one stage. */
  readonly family: string;
  readonly parts: KeyParts;
  readonly answer: Json;
  readonly runId: string;
  readonly step: string;
  readonly storedAt: number;
  /** From then on it may be removed. */
  readonly keepUntil: number;
}

/** A kept answer's key, with where it came from. */
export type EarlierKey = Pick<KeptAnswer, "parts" | "runId" | "step" | "storedAt">;

export interface CacheLook {
  /** What is kept under the very key; its answer is undefined where what is stored is not what was put in. */
  readonly same: (EarlierKey & { readonly answer: Json | undefined }) | undefined;
  /** Other keys of the family, newest first, at most 20. */
  readonly others: readonly EarlierKey[];
}

/**
 * Agents' answers by content, across the runs of a project. It holds no policy: whether an answer counts is decided by who
 * looks. While the store can't be reached calls wait, as long as the signal allows.
 */
export interface AnswerCache {
  look(request: Pick<KeptAnswer, "key" | "family">, signal: AbortSignal): Promise<CacheLook>;
  /**
   * Keep an answer, in place of what is there under its key. Makes room: entries whose time is over by `storedAt` of this
   * one go, and where there are too many, those stored later than this one, then the oldest.
   */
  keep(answer: KeptAnswer, signal: AbortSignal): Promise<void>;
}
