import path from "node:path";
import type { Json } from "../../../core/json.ts";
import { createLineFeed } from "../../shared/output/line-feed.ts";
import { openOutput, type MakeFilter } from "../../shared/output/output-file.ts";
import { isObject, parseSafely, textOf, type JsonObject } from "../../shared/safe-json.ts";

/** An entry of a transcript: what happened, in words of ours. */
export interface TranscriptEntry {
  readonly type: "tool" | "tool-ended" | "permission" | "file" | "submission" | "note" | "noise";
  readonly [key: string]: Json;
}

/** What happened in a session, on its way to `transcript.jsonl` and to the people who watch. */
export interface SessionTranscript {
  /** Text as it is streamed; kept line by line. */
  say(kind: "message" | "thought", text: string): void;
  enter(entry: TranscriptEntry): void;
  /** Resolves when little waits to be written: a slow disk slows the agent instead of filling memory. */
  written(): Promise<void>;
  grumbled(bytes: Uint8Array): Promise<void>;
  /** The last line on stderr, inert. */
  lastError(): string;
  /** The last kilobytes on stderr. */
  errorTail(): string;
  close(): Promise<void>;
}

/** Where it is kept and shown. */
interface Watched {
  readonly outputFolder: string;
  readonly onLine: (line: string) => void;
}

/** Longer text without a newline is kept in pieces of this size, in characters. */
const LONGEST = 4_000;
const TAIL_CHARS = 8_000;
const WAITING_BYTES = 256 * 1024;

/**
 * Write `transcript.jsonl` and `stderr.log` into the attempt's folder, each at most `most` bytes, without secrets; the
 * latest line is shown as it comes, cut from what the filter let through.
 */
export async function openTranscript(
  request: Watched,
  most: number,
  makeFilter?: MakeFilter,
): Promise<SessionTranscript> {
  const feed = createLineFeed(request.onLine, shown);
  const file = await openOutput(
    path.join(request.outputFolder, "transcript.jsonl"),
    makeFilter,
    (chunk) => feed.push(chunk),
  );
  const stderr = await openErrors(request, most, makeFilter).catch(async (error: unknown) => {
    await file.close();
    throw error;
  });

  const queue = createQueue((bytes) => file.write(bytes), most);
  // Noise is not shown; of anything else each entry is, which takes a write of its own.
  const enter = (entry: JsonObject) =>
    queue.add(Buffer.from(`${JSON.stringify(entry)}\n`), entry["type"] === "noise");
  const spoken = createSpeech((type, text) => enter({ type, text }));
  return {
    say: (kind, text) => spoken.say(kind, text),
    enter(entry) {
      spoken.flush();
      enter(entry);
    },
    written: () => queue.drained(WAITING_BYTES),
    grumbled: stderr.take,
    lastError: stderr.last,
    errorTail: stderr.tail,
    async close() {
      spoken.flush();
      try {
        await queue.drained(0);
      } finally {
        try {
          await Promise.all([file.close(), stderr.close()]);
        } finally {
          feed.end();
        }
      }
    },
  };
}

/** `stderr.log`, of which the last line and the last kilobytes are held. It is not shown: agents log there what they do inside. */
async function openErrors(
  { outputFolder }: Watched,
  most: number,
  makeFilter: MakeFilter | undefined,
) {
  const feed = createLineFeed(() => {});
  let tail = "";
  let bytesTaken = 0;
  const file = await openOutput(path.join(outputFolder, "stderr.log"), makeFilter, (chunk) => {
    feed.push(chunk);
    tail = `${tail}${Buffer.from(chunk).toString("utf8")}`.slice(-TAIL_CHARS);
  });
  return {
    take: async (bytes: Uint8Array): Promise<void> => {
      const fits = bytes.subarray(0, Math.max(0, most - bytesTaken));
      bytesTaken += fits.length;
      if (fits.length > 0) await file.write(fits);
    },
    last: () => feed.last(),
    tail: () => tail,
    close: () => file.close().finally(() => feed.end()),
  };
}

/** Writes one after the other, and noise together that comes meanwhile; what goes beyond `most` bytes is left out. A failed write is thrown by `drained`. */
function createQueue(write: (bytes: Uint8Array) => Promise<void>, most: number) {
  let [taken, waiting] = [0, 0];
  let noise: Uint8Array[] | undefined;
  let last = Promise.resolve();
  let failure: { readonly error: unknown } | undefined;
  const writeAll = async (entries: Uint8Array[]): Promise<void> => {
    if (noise === entries) noise = undefined;
    const bytes = Buffer.concat(entries);
    try {
      if (failure === undefined) await write(bytes);
    } catch (error) {
      failure = { error };
    } finally {
      waiting -= bytes.length;
    }
  };
  return {
    add(bytes: Uint8Array, isNoise: boolean): void {
      if (taken + bytes.length > most || failure !== undefined) return;
      taken += bytes.length;
      waiting += bytes.length;
      if (isNoise && noise) return void noise.push(bytes);
      const entries = [bytes];
      noise = isNoise ? entries : undefined;
      last = last.then(() => writeAll(entries));
    },
    async drained(toBytes: number): Promise<void> {
      if (waiting > toBytes) await last;
      if (failure !== undefined) throw failure.error;
    },
  };
}

type Speech = "message" | "thought";

/** Streamed text as lines; it comes in words, and one entry a word would be unreadable. */
function createSpeech(enter: (type: Speech, text: string) => void) {
  let [kind, held]: [Speech, string] = ["message", ""];
  const flush = (): void => {
    if (held.trim() !== "") enter(kind, held);
    held = "";
  };
  return {
    flush,
    say(now: Speech, text: string): void {
      if (now !== kind) flush();
      kind = now;
      held += text;
      for (let cut = cutAt(held); cut > 0; cut = cutAt(held)) {
        const line = held.slice(0, cut);
        held = held.slice(cut);
        if (line.trim() !== "") enter(kind, line.replace(/\n$/, ""));
      }
    },
  };
}

/** Where held text can be cut: after a newline; where it is too long, after a blank, so that no word (or key) is halved. */
function cutAt(held: string): number {
  const newline = held.indexOf("\n");
  if (newline >= 0 && newline < LONGEST) return newline + 1;
  if (held.length <= LONGEST) return 0;
  const blank = held.lastIndexOf(" ", LONGEST);
  return blank > 0 ? blank + 1 : LONGEST;
}

/** An entry in words for people; thoughts and noise are not shown. */
function shown(line: string): string | undefined {
  const entry = parseSafely(line);
  if (!isObject(entry)) return undefined;
  const text = textOf(entry["text"]) ?? "";
  switch (textOf(entry["type"]) ?? "") {
    case "message":
    case "tool":
    case "permission":
    case "file":
    case "submission":
    case "note":
      return text;
    default:
      return undefined;
  }
}
