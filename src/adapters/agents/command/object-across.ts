import { Buffer } from "node:buffer";
import type { FileHandle } from "node:fs/promises";

const CHUNK = 64 * 1024;
/** How often braces that turn out to be chatter may make the scanner start over, in lengths of the file; keeps it linear. */
const RESTART_BUDGET = 4;

/** A file as the scanner reads it: a chunk at a time, the same one while it stays within. */
interface Bytes {
  /** The bytes from the offset to the end of a chunk; empty at the end of the file. */
  from(offset: number): Promise<Uint8Array>;
}

/** A JSON value that a cut goes through, in bytes. */
export interface Across {
  readonly start: number;
  /** Just after it; undefined when it never ends, or nobody can tell. */
  readonly end: number | undefined;
}

/**
 * The JSON object or list that begins before the cut and does not end there, of which what is found after the cut may be a
 * part. The same rules as of `findJson`: a brace that cannot start an object is chatter, and so is one after which a line
 * ends inside a string. Holds one chunk; linear, and undefined only if sure.
 */
export async function objectAcross(handle: FileHandle, cut: number): Promise<Across | undefined> {
  const bytes = chunksOf(handle);
  const list = await startOfList(bytes);
  if (list !== undefined) return { start: list, end: undefined };
  let budget = (await handle.stat()).size * RESTART_BUDGET;
  let brace = await nextBrace(bytes, 0, cut);
  while (brace !== undefined) {
    const { how, end } = await scanObject(bytes, brace);
    budget -= end - brace;
    if (how === "unclosed" || budget < 0) return { start: brace, end: undefined };
    if (how === "closed" && end > cut) return { start: brace, end };
    brace = await nextBrace(bytes, how === "closed" ? end : brace + 1, cut);
  }
  return undefined;
}

function chunksOf(handle: FileHandle): Bytes {
  const chunk = Buffer.alloc(CHUNK);
  let start = 0;
  let held = 0;
  return {
    async from(offset) {
      if (offset < start || offset >= start + held) {
        start = offset;
        ({ bytesRead: held } = await handle.read(chunk, 0, CHUNK, offset));
      }
      return chunk.subarray(offset - start, held);
    },
  };
}

/** A file that begins with a list of objects or of lists is that list, wherever it breaks off. */
async function startOfList(bytes: Bytes): Promise<number | undefined> {
  const text = Buffer.from((await bytes.from(0)).subarray(0, 1_000)).toString("latin1");
  const found = /^(?:ï»¿)?\s*(?=\[\s*[[{])/.exec(text);
  return found?.[0].length;
}

async function nextBrace(bytes: Bytes, start: number, end: number): Promise<number | undefined> {
  let at = start;
  while (at < end) {
    const chunk = await bytes.from(at);
    if (chunk.length === 0) return undefined;
    const found = chunk.indexOf(0x7b);
    if (found >= 0) return at + found < end ? at + found : undefined;
    at += chunk.length;
  }
  return undefined;
}

/** How the object that the brace may begin ends, and just after which byte. */
interface ObjectEnd {
  readonly how: "closed" | "unclosed" | "broken";
  readonly end: number;
}

async function scanObject(bytes: Bytes, brace: number): Promise<ObjectEnd> {
  const scanner = objectScanner();
  let at = brace;
  for (;;) {
    const chunk = await bytes.from(at);
    if (chunk.length === 0) return { how: "unclosed", end: at };
    for (let index = 0; index < chunk.length; index += 1) {
      const how = scanner(chunk[index] ?? 0);
      if (how !== undefined) return { how, end: at + index + 1 };
    }
    at += chunk.length;
  }
}

const isBlank = (byte: number): boolean => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);

/** Takes an object's bytes, its brace first, and tells when it is over. */
function objectScanner(): (byte: number) => "closed" | "broken" | undefined {
  let depth = 0;
  let begun = false;
  let inString = false;
  let escaped = false;
  return (byte) => {
    if (escaped) escaped = false;
    else if (inString) {
      if (byte === 0x5c) escaped = true;
      else if (byte === 0x22) inString = false;
      else if (byte === 0x0a) return "broken";
    } else if (depth > 0 && !begun && !isBlank(byte)) {
      begun = true;
      if (byte === 0x7d) return "closed";
      if (byte !== 0x22) return "broken";
      inString = true;
    } else if (byte === 0x22) inString = true;
    else if (byte === 0x7b) depth += 1;
    else if (byte === 0x7d && (depth -= 1) === 0) return "closed";
    return undefined;
  };
}
