import type { Usage } from "../../../../core/event.ts";
import type { Json } from "../../../../core/json.ts";
import type { JsonObject } from "../../shared/safe-json.ts";

/** What a program said went wrong, in its own words. */
export interface Problem {
  readonly kind: "crashed" | "refused";
  readonly text: string;
  /** The program named a rate limit or an overloaded provider itself. */
  readonly rateLimited?: boolean;
  readonly retryAfterMs?: number;
}

/** What a program's events add up to. */
export interface Transcript {
  readonly usage: Usage;
  readonly problem?: Problem;
  /** A value as it stands, or text to look for one in. Absent: the program never answered. */
  readonly answer?: { readonly value: Json } | { readonly text: string };
  /** Said in the failure when no value is found: tools it was denied, for example. */
  readonly note?: string;
}

/** Reads one program's events in order. Unknown events are passed over: programs add some with every release. */
export interface TranscriptReader {
  take(event: JsonObject): void;
  end(): Transcript;
}

/** A program's way of writing events. */
export interface TranscriptFormat {
  reader(): TranscriptReader;
  /** What people watching should see of an event; undefined for nothing. */
  progress(event: JsonObject): string | undefined;
}
