import type { AnyMessage, Stream } from "@agentclientprotocol/sdk";
import type { Readable, Writable } from "node:stream";
import type { Json } from "../../../core/json.ts";
import { isObject, parseSafely, textOf, type JsonObject } from "../../shared/safe-json.ts";
import { decodeStrict } from "../shared/utf8.ts";

/** What an agent prints, in order. The next thing is read when the promise resolves. */
export interface WireSinks {
  /** A message, before anybody acts on it. Resolves with whether it is done with, and the library gets none of it. */
  message(message: JsonObject, bytes: number): Promise<boolean>;
  /** Something that is no message of the protocol: log lines, an answer to nothing, a part of an endless line. */
  noise(bytes: Uint8Array): Promise<void>;
}

/** A longer line is no message: nothing that agents send comes near it, and it has to be held whole. */
export const MAX_LINE_BYTES = 10 * 1024 * 1024;
/** Short lines that can be no message come so many bytes at once: one at a time, a flood of them would take a core for minutes. */
const NOISE_BYTES = 2_000;
/** Most requests of the agent that are answered at once; until one is, nothing more is read. */
const MAX_REQUESTS = 32;

type MessageId = string | number;
const INTERNAL_ERROR = -32_603;

/**
 * The lines of an agent as the library's stream of messages. Not the library's own reader: what agents print besides
 * messages must not be answered with errors, nor an endless line or a flood be held in memory, and answers that nobody
 * asked for must not be logged.
 */
export function openWire(stdin: Writable, stdout: Readable, sinks: WireSinks): Stream {
  const lines = boundedLines(stdout);
  const asked = new Set<MessageId>();
  const answering = createTurnstile();

  const taken = async (line: Line): Promise<JsonObject | undefined> => {
    const message = line.whole ? messageIn(line.bytes) : undefined;
    if (message === undefined || (isAnswer(message) && !asked.delete(idOf(message) ?? ""))) {
      await sinks.noise(line.bytes);
      return undefined;
    }
    if (await sinks.message(message, line.bytes.length)) return undefined;
    if (isRequest(message)) await answering.enter();
    return message;
  };

  return {
    readable: new ReadableStream<AnyMessage>(
      {
        async pull(controller) {
          for (;;) {
            const next = await lines.next();
            if (next.done === true) return controller.close();
            const message = await taken(next.value);
            if (message === undefined) continue;
            return controller.enqueue(forLibrary(message));
          }
        },
        cancel: () => void lines.return(undefined),
      },
      { highWaterMark: 0 },
    ),
    writable: new WritableStream<AnyMessage>({
      async write(message) {
        const id = "id" in message ? message.id : undefined;
        if ("method" in message && id !== undefined && id !== null) asked.add(id);
        if (!("method" in message)) answering.leave();
        await written(stdin, `${JSON.stringify(message)}\n`);
      },
    }),
  };
}

/** Lets so many in at once; the next waits until one left. */
function createTurnstile() {
  let inside = 0;
  let left: (() => void) | undefined;
  return {
    async enter() {
      inside += 1;
      if (inside < MAX_REQUESTS) return;
      await new Promise<void>((resolve) => {
        left = resolve;
      });
    },
    leave() {
      inside = Math.max(0, inside - 1);
      left?.();
    },
  };
}

const written = (stdin: Writable, text: string): Promise<void> =>
  new Promise((resolve, reject) => {
    stdin.write(text, (error) => (error ? reject(error) : resolve()));
  });

function messageIn(line: Uint8Array): JsonObject | undefined {
  const decoded = decodeStrict(line);
  const value = "text" in decoded ? parseSafely(decoded.text) : undefined;
  return isObject(value) && value["jsonrpc"] === "2.0" ? value : undefined;
}

/** The message as the library types it; what it does not have stays away. */
function forLibrary(message: JsonObject): AnyMessage {
  const { params, result, error } = message;
  const method = textOf(message["method"]);
  const id = idOf(message);
  if (method !== undefined)
    return id === undefined
      ? { jsonrpc: "2.0", method, params }
      : { jsonrpc: "2.0", id, method, params };
  if (!isObject(error)) return { jsonrpc: "2.0", id: id ?? null, result: result ?? null };
  const { code, data } = error;
  return {
    jsonrpc: "2.0",
    id: id ?? null,
    error: {
      code: typeof code === "number" && Number.isInteger(code) ? code : INTERNAL_ERROR,
      message: textOf(error["message"]) ?? "an error without a message",
      data,
    },
  };
}

const idOf = ({ id }: JsonObject): MessageId | undefined =>
  typeof id === "string" || typeof id === "number" ? id : undefined;
const isText = (value: Json | undefined): boolean => typeof value === "string";
const isAnswer = (message: JsonObject): boolean => !isText(message["method"]);
const isRequest = (message: JsonObject): boolean =>
  isText(message["method"]) && idOf(message) !== undefined;

interface Line {
  readonly bytes: Uint8Array;
  /** Not whole: one part of a line that is too long, or several that are no messages. */
  readonly whole: boolean;
}

/** Lines with something in them. Of one that is too long come its parts, so that never more than one line is held; log lines come together. */
async function* boundedLines(stdout: Readable): AsyncGenerator<Line, void> {
  let parts: Uint8Array[] = [];
  let held = 0;
  let tooLong = false;
  const line = (): Line => {
    const bytes = Buffer.concat(parts);
    const whole = !tooLong;
    [parts, held, tooLong] = [[], 0, false];
    return { bytes, whole };
  };
  try {
    for await (const chunk of stdout as AsyncIterable<Uint8Array>) {
      let from = 0;
      while (from < chunk.length) {
        const noise = held > 0 || tooLong ? from : noiseEnd(chunk, from);
        if (noise > from) {
          const bytes = chunk.subarray(from, noise - 1);
          from = noise;
          if (isVisible(bytes)) yield { bytes, whole: false };
          continue;
        }
        const newline = chunk.indexOf(0x0a, from);
        const part = chunk.subarray(from, newline < 0 ? chunk.length : newline);
        from += part.length + 1;
        parts.push(part);
        held += part.length;
        if (held > MAX_LINE_BYTES || (tooLong && held > 0 && newline < 0)) {
          tooLong = true;
          yield line();
          tooLong = newline < 0;
        } else if (newline >= 0) {
          const found = line();
          if (isVisible(found.bytes)) yield found;
        }
      }
    }
  } catch {
    // Destroyed because the agent is ended: what came until then counts.
  }
  if (held > 0) yield line();
}

const isVisible = (bytes: Uint8Array): boolean => bytes.some((byte) => byte > 0x20);

/** Where the lines from here on end, of some `NOISE_BYTES`, that begin as no object of JSON does: with neither `{` nor a mark of byte order. */
function noiseEnd(chunk: Uint8Array, from: number): number {
  let end = from;
  while (end - from < NOISE_BYTES) {
    let first = end;
    while (isBlank(chunk[first])) first += 1;
    if (chunk[first] === 0x7b || chunk[first] === 0xef) return end;
    const newline = chunk.indexOf(0x0a, first);
    if (newline < 0) return end;
    end = newline + 1;
  }
  return end;
}

/** Within a line. */
const isBlank = (byte: number | undefined): boolean =>
  byte !== undefined && byte <= 0x20 && byte !== 0x0a;
