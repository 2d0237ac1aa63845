import type { Usage } from "../../../../core/event.ts";
import type { Json } from "../../../../core/json.ts";
import type { JsonObject } from "../safe-json.ts";

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

export const UNKNOWN_USAGE: Usage = {
  inputTokens: "unknown",
  outputTokens: "unknown",
  costUsd: "unknown",
};

/** A count or a price as reported; anything that is not a number of at least 0 is unknown. */
export const reported = (value: Json | undefined): number | "unknown" =>
  typeof value === "number" && Number.isFinite(value) && value >= 0 ? value : "unknown";

/** The sum of what is known; unknown when nothing is. */
export const total = (...parts: readonly (number | "unknown")[]): number | "unknown" => {
  const known = parts.filter((part) => part !== "unknown");
  return known.length === 0 ? "unknown" : known.reduce((sum, part) => sum + part, 0);
};

export const textOf = (value: Json | undefined): string | undefined =>
  typeof value === "string" ? value : undefined;
