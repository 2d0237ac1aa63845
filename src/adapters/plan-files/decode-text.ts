import { isUtf8 } from "node:buffer";
import { WavegateError } from "../../core/error.ts";
import { err, ok, type Result } from "../../core/result.ts";

/**
 * Bytes as text, without loss: what is not UTF-8 is refused, since writing it again would give other bytes. A byte order
 * mark stays in the text.
 */
export function decodeText(bytes: Buffer, file: string): Result<string, WavegateError> {
  const wide = wideEncodingOf(bytes);
  if (wide !== undefined)
    return err(
      new WavegateError("PLAN_UNREADABLE", `${file} is ${wide}.`, {
        hint: `Save it as UTF-8 (iconv -f ${wide} -t UTF-8).`,
        place: { file },
      }),
    );
  // Of a byte order mark `toString` takes nothing away, as `TextDecoder` would.
  if (isUtf8(bytes)) return ok(bytes.toString("utf8"));
  return err(
    new WavegateError("PLAN_UNREADABLE", `${file} is not UTF-8.`, {
      hint: "Save it as UTF-8. Changing it as it is would harm what is written there.",
      place: { file, ...firstWrong(bytes) },
    }),
  );
}

/** Enough of a text to see how wide its characters are. */
const LOOKED_AT = 512;

function wideEncodingOf(bytes: Buffer): string | undefined {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe)
    return bytes[2] === 0 && bytes[3] === 0 ? "UTF-32" : "UTF-16";
  if (first === 0xfe && second === 0xff) return "UTF-16";
  const start = bytes.subarray(0, LOOKED_AT);
  const zeros = [0, 0];
  for (const [at, byte] of start.entries())
    if (byte === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  const half = start.length / 2;
  if (odd > half / 2 && even === 0) return "UTF-16LE";
  return even > half / 2 && odd === 0 ? "UTF-16BE" : undefined;
}

const LF = 0x0a;
const CR = 0x0d;

function firstWrong(bytes: Buffer): { readonly line: number; readonly column: number } {
  let line = 1;
  for (let start = 0; start <= bytes.length; line++) {
    let end = start;
    while (end < bytes.length && bytes[end] !== LF && bytes[end] !== CR) end++;
    const whole = bytes.subarray(start, end);
    if (!isUtf8(whole)) return { line, column: columnOfWrong(whole) };
    start = end + (bytes[end] === CR && bytes[end + 1] === LF ? 2 : 1);
  }
  return { line: 1, column: 1 };
}

/** Characters that are right before the first that is not, and one. */
function columnOfWrong(line: Buffer): number {
  const text = line.toString("utf8");
  let at = 0;
  let column = 1;
  for (const character of text) {
    const size = Buffer.byteLength(character);
    if (!line.subarray(at, at + size).equals(Buffer.from(character))) return column;
    at += size;
    column += 1;
  }
  return column;
}
