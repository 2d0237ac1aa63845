import type { FileHandle } from "node:fs/promises";
import { objectAcross, type Across } from "./object-across.ts";
import type { TranscriptFormat, Transcript } from "./transcripts/transcript.ts";
import { findJson, MAX_ANSWER } from "../shared/find-json.ts";
import { isThere, openRegular } from "../../shared/output/private-file.ts";
import { isObject, parseSafely } from "../../shared/safe-json.ts";
import { UNKNOWN_USAGE } from "../shared/usage.ts";
import { decodeStrict } from "../shared/utf8.ts";

/** What a program left behind, read back from disk. */
export type Reading =
  | { readonly ok: true; readonly transcript: Transcript }
  /** Why it cannot be read, as the end of a sentence that starts with the agent. */
  | { readonly ok: false; readonly reason: string; readonly transcript: Transcript };

const NOTHING: Transcript = { usage: UNKNOWN_USAGE };
const CHUNK = 64 * 1024;
/** What is read of a file that is too long to be an answer as a whole: an answer after a long log stands at its end. */
const TAIL = 1024 * 1024;

/** What cannot be read, and why. */
export const unreadable = (reason: string): Reading => ({
  ok: false,
  reason,
  transcript: NOTHING,
});

/**
 * Text of a file as an answer: all of it up to 8 MiB, else its last MiB without the end of a JSON value that began before
 * that; strictly UTF-8. Links, pipes and devices are refused, because the program may have put them there.
 */
export async function readTextAnswer(file: string): Promise<Reading> {
  const handle = await openRegular(file);
  if (handle === undefined)
    return unreadable(
      (await isThere(file))
        ? "left a folder, a link or something else that cannot be read in place of its answer file"
        : "wrote no answer file",
    );
  try {
    const { size } = await handle.stat();
    const cut = size <= MAX_ANSWER ? 0 : size - TAIL;
    const across = cut === 0 ? undefined : await objectAcross(handle, cut);
    if (across !== undefined && across.end === undefined) return unreadable(tooLong(across));
    const start = across?.end ?? cut;
    const bytes = Buffer.alloc(size - start);
    let filled = 0;
    while (filled < bytes.length) {
      const { bytesRead } = await handle.read(bytes, filled, bytes.length - filled, start + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    const skip = start === 0 ? 0 : charactersStart(bytes);
    const decoded = decodeStrict(bytes.subarray(skip, filled));
    if ("invalidAt" in decoded) return unreadable(invalidAt(start + skip + decoded.invalidAt));
    // What comes after a value that was cut may be the answer; the value itself would have been too long for one.
    if (across !== undefined && findJson(decoded.text).found === "nothing")
      return unreadable(tooLong(across));
    return { ok: true, transcript: { usage: UNKNOWN_USAGE, answer: { text: decoded.text } } };
  } finally {
    await handle.close();
  }
}

const invalidAt = (offset: number): string =>
  `wrote output that is not UTF-8: the first invalid byte is at offset ${offset}`;

const tooLong = ({ start }: Across): string =>
  `answered with more than ${MAX_ANSWER / 2 ** 20} MiB: of so long an output only the last ${TAIL / 2 ** 20} MiB is ` +
  `looked at, and the JSON value that begins at byte ${start} began before that`;

/** Where the first whole character starts after a cut. */
function charactersStart(bytes: Uint8Array): number {
  let at = 0;
  while (at < 3 && ((bytes[at] ?? 0) & 0xc0) === 0x80) at += 1;
  return at;
}

/**
 * Events of a file, one a line. Lines that are no JSON object are chatter; a line over 8 MiB, too. Held at once: one line.
 */
export async function readTranscript(file: string, format: TranscriptFormat): Promise<Reading> {
  const reader = format.reader();
  const handle = await openRegular(file);
  if (handle === undefined)
    return { ok: false, reason: "removed its own output", transcript: reader.end() };
  let invalid: number | undefined;
  try {
    await eachLine(handle, (line, offset) => {
      const decoded = decodeStrict(line);
      if ("invalidAt" in decoded) {
        invalid ??= offset + decoded.invalidAt;
        return;
      }
      const event = decoded.text.trimStart().startsWith("{")
        ? parseSafely(decoded.text)
        : undefined;
      if (isObject(event)) reader.take(event);
    });
  } finally {
    await handle.close();
  }
  const transcript = reader.end();
  return invalid === undefined
    ? { ok: true, transcript }
    : { ok: false, reason: invalidAt(invalid), transcript };
}

async function eachLine(
  handle: FileHandle,
  take: (line: Uint8Array, offset: number) => void,
): Promise<void> {
  const chunk = Buffer.alloc(CHUNK);
  let parts: Uint8Array[] = [];
  let held = 0;
  let lineStart = 0;
  let position = 0;
  const finish = (next: number): void => {
    if (held > 0 && held <= MAX_ANSWER) take(Buffer.concat(parts), lineStart);
    parts = [];
    held = 0;
    lineStart = next;
  };
  const hold = (bytes: Uint8Array): void => {
    held += bytes.length;
    if (held <= MAX_ANSWER) parts.push(Uint8Array.from(bytes));
    else parts = [];
  };
  for (;;) {
    const { bytesRead } = await handle.read(chunk, 0, CHUNK, position);
    if (bytesRead === 0) break;
    let from = 0;
    while (from < bytesRead) {
      const newline = chunk.subarray(0, bytesRead).indexOf(0x0a, from);
      hold(chunk.subarray(from, newline < 0 ? bytesRead : newline));
      if (newline < 0) break;
      finish(position + newline + 1);
      from = newline + 1;
    }
    position += bytesRead;
  }
  finish(position);
}
