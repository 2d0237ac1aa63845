import type { Usage } from "../../../../core/event.ts";
import type { Json } from "../../../../core/json.ts";
import type { ProviderFailureKind } from "../../shared/classify-failure.ts";
import type { JsonObject } from "../../../shared/safe-json.ts";

/** What a program said went wrong, in its own words. */
export interface Problem {
  /** `cost-limit`: it was given a most that it may spend, and ended by it, whatever else it says. */
  readonly kind: "crashed" | "refused" | "cost-limit";
  readonly text: string;
  /** What the program itself called it; counts where the text tells nothing. */
  readonly called?: ProviderFailureKind;
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
  /** The last trouble that it told of and went on: why it took so long, if it had to be stopped. */
  readonly complaint?: string;
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
