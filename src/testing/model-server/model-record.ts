import type { ModelRequest } from "./model-request.ts";
import type { ModelUsage, Turn } from "./turn.ts";

/** One request as it was, without its key. */
export interface ModelRecord {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Where its key stood; `none` without one. */
  readonly keyPlace: string;
  /** Size of the body. */
  readonly bytes: number;
  /** Answers under way when it came, itself included; 0 for what asks for none. */
  readonly inFlight: number;
  /** Milliseconds since the server started. */
  readonly at: number;
  /** What was asked, where an answer was asked for. */
  readonly asked?: ModelRequest;
  /** The turn that answered it; none for requests that were refused. */
  readonly turn?: Turn;
  /** What it was told to have used; none where it was told nothing. */
  readonly usage?: Required<ModelUsage>;
  /** Status of the answer; undefined while there is none. */
  readonly status?: number;
  /** The client went before the answer was whole. */
  readonly aborted: boolean;
}
