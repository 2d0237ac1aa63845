import type { WavegateError } from "../core/error.ts";
import type { Json } from "../core/json.ts";
import type { Result } from "../core/result.ts";

/** One line of the audit log. `id` makes appending idempotent. */
export interface AuditEntry {
  readonly id: string;
  /** ISO 8601, UTC: when what is recorded happened. */
  readonly at: string;
  readonly actor: string;
  readonly action: string;
  readonly runId: string;
  /** SHA-256 of what was decided on. */
  readonly digest: string;
  readonly details: Json;
}

/** Append-only, hash-chained. */
export interface AuditLog {
  append(entry: AuditEntry): Promise<void>;
  /** All entries, oldest first, as they stand. */
  entries(): Promise<readonly AuditEntry[]>;
  /** All entries verified, or the first line that is wrong and how. */
  verify(): Promise<Result<AuditStanding, WavegateError>>;
}

/** Where a chain stands: how many entries, and the hash of the last. */
export interface AuditHead {
  readonly entries: number;
  readonly head: string;
}

export interface AuditStanding extends AuditHead {
  /** Entries, from the first on, that only their own hashes speak for: the anchor was begun after them, or is not there. */
  readonly unanchored: number;
  /** Whether there is an anchor at all. */
  readonly anchored: boolean;
}

/** What an anchor holds. */
export interface AnchoredHead extends AuditHead {
  /** Hash of the one entry that may follow: it was announced, and perhaps written. */
  readonly pending: string | undefined;
  /** How many entries there were when the anchor was begun. */
  readonly adopted: number;
}

/**
 * Where the head of the audit chain is kept besides the file, so that an entry that was cut off or added by other means
 * is noticed. An entry is announced, written, and then settled.
 */
export interface AuditAnchor {
  load(): Promise<AnchoredHead | undefined>;
  /** Say which entry is about to be written after `before`. Begins the anchor if there is none. False if it stands elsewhere. */
  announce(before: AuditHead, hash: string): Promise<boolean>;
  /** The announced entry has been written and is the head now. Nothing happens if it was not announced. */
  settle(head: AuditHead): Promise<void>;
}
