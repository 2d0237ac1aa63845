import { createHash } from "node:crypto";

const MAX_SEGMENTS = 16;
const MAX_SEGMENT_BYTES = 120;
/** What file names of every system can hold, and a terminal can show. Starts with neither a dot nor a dash. */
const PLAIN = /^[\p{L}\p{N}_][\p{L}\p{N}._@+ -]*(?<![. ])$/u;

/**
 * A path inside a run's folder, as segments that can't lead out of it, whatever was asked for: names can come from an
 * agent's answer. Plain names stay as they are; others have their odd characters replaced and a hash of the original
 * added, so that two names never become one.
 */
export function runPath(path: string): readonly string[] {
  const asked = path.split("/").filter((segment) => segment !== "" && segment !== ".");
  if (asked.length === 0) return ["unnamed"];
  const kept = asked.slice(0, MAX_SEGMENTS - 1).map(safeSegment);
  return asked.length < MAX_SEGMENTS
    ? kept
    : [...kept, safeSegment(asked.slice(MAX_SEGMENTS - 1).join("/"))];
}

/** One file name that is nothing but a name. */
export function safeSegment(segment: string): string {
  if (Buffer.byteLength(segment) <= MAX_SEGMENT_BYTES && PLAIN.test(segment)) return segment;
  const plain = segment
    .slice(0, 60)
    .replace(/[^A-Za-z0-9._-]/g, "_")
    .replace(/^[.-]+/, "_");
  const hash = createHash("sha256").update(segment).digest("hex").slice(0, 8);
  return `${plain}~${hash}`;
}
