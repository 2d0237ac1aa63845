import { closeSync, openSync, readSync, statSync } from "node:fs";
import { err, ok, type Result } from "../../core/result.ts";

/** The text of a plain file in UTF-8 of at most so many bytes, or why it can't be read. */
export function readTextFile(file: string, maxBytes: number): Result<string, string> {
  try {
    const found = statSync(file);
    if (!found.isFile()) return err("it is not a plain file");
    const bytes = readAtMost(file, maxBytes + 1);
    if (bytes.byteLength > maxBytes)
      return err(`it has ${Math.max(found.size, bytes.byteLength)} bytes, more than ${maxBytes}`);
    return ok(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    if (cause instanceof TypeError) return err("it is not UTF-8 text");
    return err(cause instanceof Error ? cause.message : String(cause));
  }
}

/** The beginning of a file, whatever size it says it has. */
function readAtMost(file: string, maxBytes: number): Uint8Array {
  const bytes = Buffer.alloc(maxBytes);
  const handle = openSync(file, "r");
  try {
    let filled = 0;
    for (let read = -1; read !== 0 && filled < maxBytes; filled += read)
      read = readSync(handle, bytes, filled, maxBytes - filled, null);
    return bytes.subarray(0, filled);
  } finally {
    closeSync(handle);
  }
}
