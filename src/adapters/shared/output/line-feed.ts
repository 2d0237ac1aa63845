import { Buffer } from "node:buffer";
import { inert } from "../../../core/text.ts";

const LONGEST_LINE = 8 * 1024;
const LINES_A_CHUNK = 8;

export interface LineFeed {
  push(chunk: Uint8Array): void;
  /** The output is over: what came after the last newline is a line too. */
  end(): void;
  /** The last line with text in it, inert, at most 200 characters. */
  last(): string;
}

/** A line as people see it live: inert, at most 200 characters. */
export const shownLine = (text: string): string =>
  Array.from(inert(text.slice(0, 2_000)).replace(/\s+/g, " ").trim())
    .slice(0, 200)
    .join("");

/**
 * The latest line of a stream, for people to watch: at most one call a chunk, whatever is printed, and never more than
 * 16 KiB held. A line over 8 KiB is cut. `show` turns a raw line into what is shown (undefined: nothing); it is asked
 * from the newest backwards. Not for reading the answer: that is done from the file.
 */
export function createLineFeed(
  onLine: (line: string) => void,
  show: (line: string) => string | undefined = (line) => line,
): LineFeed {
  let rest: Uint8Array = Buffer.alloc(0);
  let last = "";
  let said = "";

  const consider = (bytes: Uint8Array): void => {
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
    const lines = text
      .split(/[\r\n]+/)
      .filter((line) => line.trim() !== "")
      .slice(-LINES_A_CHUNK)
      .toReversed();
    const newest = lines.map(shownLine).find((line) => line !== "");
    if (newest !== undefined) last = newest;
    for (const line of lines) {
      const shown = shownLine(show(line) ?? "");
      if (shown === "") continue;
      if (shown !== said) onLine(shown);
      said = shown;
      return;
    }
  };

  return {
    push(chunk) {
      const end = chunk.lastIndexOf(0x0a);
      if (end < 0) {
        const room = LONGEST_LINE - rest.length;
        if (room <= 0) return;
        rest = Buffer.concat([rest, chunk.subarray(0, room)]);
        if (rest.length === LONGEST_LINE) consider(rest);
        return;
      }
      const wasCut = rest.length === LONGEST_LINE;
      const complete = chunk.subarray(Math.max(0, end - LONGEST_LINE), end);
      consider(wasCut ? complete : Buffer.concat([rest, complete]));
      rest = Buffer.from(chunk.subarray(end + 1, end + 1 + LONGEST_LINE));
    },
    end() {
      if (rest.length > 0 && rest.length < LONGEST_LINE) consider(rest);
      rest = Buffer.alloc(0);
    },
    last: () => last,
  };
}
