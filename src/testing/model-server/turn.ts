import type { Json } from "../../core/json.ts";
import type { ModelRequest } from "./model-request.ts";

/** Tokens of one answer. Each interface tells them in its own way; here the whole contains its parts. */
export interface ModelUsage {
  /** All that was sent, cached tokens too. */
  readonly input: number;
  /** Of these, read from the cache. Default 0. */
  readonly cacheRead?: number;
  /** Of these, written to the cache; told by Anthropic only. Default 0. */
  readonly cacheWrite?: number;
  /** All that was answered, reasoning too. */
  readonly output: number;
  /** Of these, reasoning; not told by Anthropic. Default 0. */
  readonly reasoning?: number;
}

export interface ModelCall {
  readonly tool: string;
  /** For a tool that takes plain text: that text. */
  readonly args: Json;
}

/** What goes wrong with one request. */
export type ModelFault =
  /** An error in the interface's own form. */
  | {
      readonly kind: "status";
      readonly status: number;
      /** Value of the header: seconds, or a date. */
      readonly retryAfter?: string;
      readonly message?: string;
    }
  /** Takes the request and never says a byte. */
  | { readonly kind: "hang" }
  /** Sends half of the answer, then closes the connection. */
  | { readonly kind: "half" }
  /** Sends half of the answer, then nothing, and keeps the connection. */
  | { readonly kind: "stall" }
  /** Names a length that is `by` bytes off, in an answer that is not streamed. */
  | { readonly kind: "wrong-length"; readonly by: number }
  | { readonly kind: "big-header"; readonly bytes: number }
  /** Sends to another address of its own, for ever. */
  | { readonly kind: "redirect-loop" }
  /** Answers with status 200 and this, whatever was asked. */
  | { readonly kind: "garbage"; readonly body: string };

/** What the server answers to one request. */
export interface Turn {
  readonly text?: string;
  readonly calls?: readonly ModelCall[];
  /**
   * The result that was asked for, given in the way the request offers: as text where it carries a schema, else by the
   * tool that takes results, else as JSON in the text.
   */
  readonly object?: Json;
  readonly usage?: ModelUsage;
  readonly fault?: ModelFault;
  /** Before the first byte, in milliseconds. */
  readonly delayMs?: number;
  /** Between two parts of a stream, in milliseconds. */
  readonly chunkMs?: number;
  /** Parts that texts and arguments are streamed in. Default 3. */
  readonly chunks?: number;
  /** Kept with the request in the record. */
  readonly label?: string;
}

/**
 * What a server says: the same to everyone, one turn after the other (a request past the last one is refused with status
 * 400, which nobody tries again), or what a function makes of each request.
 */
export type ModelScript =
  | Turn
  | readonly Turn[]
  | ((request: ModelRequest) => Turn | Promise<Turn>);

const isList = (script: Turn | readonly Turn[]): script is readonly Turn[] => Array.isArray(script);

/** The turn of a request. A script that throws is a status 400 with its message. */
export async function turnOf(script: ModelScript, request: ModelRequest): Promise<Turn> {
  if (typeof script === "function") {
    try {
      return await script(request);
    } catch (error) {
      return refusal(`the script failed: ${String(error)}`);
    }
  }
  if (!isList(script)) return script;
  return (
    script[request.number - 1] ?? refusal(`the script has no turn for request ${request.number}`)
  );
}

const refusal = (message: string): Turn => ({ fault: { kind: "status", status: 400, message } });
