import type { Json } from "../../core/json.ts";
import type { JsonObject } from "./json.ts";
import type { ModelRequest } from "./model-request.ts";
import type { Reply } from "./reply.ts";

/** One event of a stream: `event:` where the interface has it, and `data:`. */
export interface StreamEvent {
  readonly event?: string;
  /** `[DONE]` is sent as it is. */
  readonly data: Json;
}

/** What one interface says of a body: all of a request but what the server counts itself. */
export type ReadBody = Omit<ModelRequest, "number" | "api" | "bytes">;

/** How one interface is read and written. */
export interface Dialect {
  readonly read: (body: JsonObject, url: URL) => ReadBody;
  readonly whole: (reply: Reply) => Json;
  readonly events: (reply: Reply) => readonly StreamEvent[];
  readonly error: (status: number, message: string) => Json;
}

/** Seconds since the epoch that answers say they were made at: the same always, so that runs can be compared. */
export const CREATED = 1_750_000_000;
