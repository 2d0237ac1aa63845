import { Transform } from "node:stream";
import {
  LONGEST_PATTERN,
  secretFinder,
  withoutRanges,
  type Range,
} from "../../core/find-secrets.ts";

/** How much of what is already passed on is kept to look back at: patterns look at what stands before. */
const CONTEXT = 128;

/**
 * A filter for bytes. Text is handled as Latin-1, one character a byte, so that any bytes pass unharmed; needles must
 * be given the same way. What could be the beginning of a secret is held back: the last line, or, when a secret has
 * lines of its own or the line is long, at most twice as many bytes as the longest needle
 * or pattern has.
 */
export function createRedactingStream(needles: readonly string[], mark: string): Transform {
  const find = secretFinder(needles);
  const carry = Math.max(LONGEST_PATTERN, ...needles.map((needle) => needle.length)) - 1;
  const lineByLine = needles.every((needle) => !needle.includes("\n"));
  let text = "";
  let passed = 0;

  /** The end of what can be passed on: nothing that begins before it can still grow into a secret. */
  const safeEnd = (): number => {
    const long = text.length - passed > 2 * carry ? text.length - carry : 0;
    const line = lineByLine ? lineEndOutsideKey(text) : 0;
    return Math.max(long, line, passed);
  };

  const pass = (end: number, ranges: readonly Range[]): Buffer => {
    const mine = ranges
      .filter(([from, to]) => to > passed && from < end)
      .map(([from, to]): Range => [Math.max(from, passed) - passed, to - passed]);
    const out = withoutRanges(text.slice(passed, end), mine, mark);
    const keepFrom = Math.max(0, end - CONTEXT);
    text = text.slice(keepFrom);
    passed = end - keepFrom;
    return Buffer.from(out, "latin1");
  };

  return new Transform({
    transform(chunk: Buffer | string, _encoding, done) {
      text += (typeof chunk === "string" ? Buffer.from(chunk) : chunk).toString("latin1");
      let end = safeEnd();
      if (end === passed) return done();
      const ranges = find(text);
      const across = ranges.find(([from, to]) => from < end && to > end);
      if (across) end = Math.max(across[0], passed);
      done(null, pass(end, ranges));
    },
    flush(done) {
      done(null, pass(text.length, find(text)));
    },
  });
}

/** After the last line end, or before a private key that has begun and not yet ended. */
function lineEndOutsideKey(text: string): number {
  const lineEnd = text.lastIndexOf("\n") + 1;
  const begin = text.lastIndexOf("-----BEGIN ", lineEnd);
  if (begin === -1) return lineEnd;
  const end = text.indexOf("-----END ", begin);
  return end !== -1 && end < lineEnd ? lineEnd : begin;
}
