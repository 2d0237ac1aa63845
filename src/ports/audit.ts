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
  verify(): Promise<Result<{ readonly entries: number; readonly head: string }, WavegateError>>;
}

/** Where the head of the audit chain is kept besides the file, so that cutting the file's end is noticed. */
export interface AuditAnchor {
  load(): Promise<{ readonly entries: number; readonly head: string } | undefined>;
  store(anchor: { readonly entries: number; readonly head: string }): Promise<void>;
}
